"""A name serves wherever a UPN does, where it is one pupil's; where it is not, staff choose from the candidates."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import arrangements, assistants, conflicts, pins, pupils, reasons, restarts, sessions
from mtc_kiosk.office.chosen import leavers_selected, pupils_selected
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.office.which_pupil import NotOnePupil, pupils_written
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.naming import bearers
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.rivals import NotSettled
from mtc_kiosk.school.selection import AsWritten, ById, InGroup
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.school.register import pupils as pupils_of
from tests.check.profile import QUICK
from tests.office.acting import ONE, acting, audited
from tests.school.made_up import upn


def _name(office: OpenHome, pupil_id: int, forename: str, surname: str, born: str = "2018-03-14") -> None:
    values = (forename, surname, born, pupil_id)
    office.db.execute("update pupil set forename = ?, surname = ?, date_of_birth = ? where id = ?", values)


@contextlib.contextmanager
def a_class(home: Home) -> Iterator[OpenHome]:
    """Zoë Łukaszewicz and an Amy Testerly in 4A, another Amy Testerly in 4B."""
    with acting(home) as office:
        _name(office, 1, "Zoë", "Łukaszewicz")
        _name(office, 2, "Amy", "Testerly")
        _name(office, 3, "Amy", "Testerly", "2017-09-01")
        yield office


def refused(office: OpenHome, *texts: str, left: bool = False) -> tuple[Problem, ...]:
    """What is wrong with these texts; nothing of them is in the exception's own text."""
    with pytest.raises(NotOnePupil) as problem:
        pupils_written(office.db, texts, left=left)
    assert not any(text.strip() and text in str(problem.value) for text in texts)
    return problem.value.problems


ACTS: dict[str, Callable[[OpenHome, str], object]] = {
    "pupils edit": lambda home, who: pupils.edit(home, who, {Field.GROUP: "4C"}),
    "pupils leave": lambda home, who: pupils.leave(home, AsWritten((who,))),
    "session start": lambda home, who: sessions.start(home, SessionWanted(Kind.OFFICIAL, AsWritten((who,)))),
    "pins cancel": lambda home, who: pins.cancel(home, AsWritten((who,))),
    "restart give": lambda home, who: restarts.give(home, AsWritten((who,)), "ITI"),
    "restart remove": restarts.remove,
    "reason set": lambda home, who: reasons.give(home, AsWritten((who,)), "ABSNT"),
    "reason remove": reasons.remove,
    "arrangements show": arrangements.of_pupil,
    "assistant add": lambda home, who: assistants.add(home, who, "Ann", "Example", "ill"),
    "assistant remove": assistants.remove,
    "conflicts undo": lambda home, who: conflicts.undo(home, who, "because"),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_everything_that_is_done_to_a_pupil_takes_a_name(
    home: Home, tmp_path: Path, act: Callable[[OpenHome, str], object]
) -> None:
    """The same comes of it as of the UPN, be it done or refused; of a name that two pupils have nothing is done."""
    other = Home(Path(shutil.copytree(home.root, tmp_path / "other")))
    outcomes = []
    for there, who in ((home, ONE), (other, "zoe lukaszewicz")):
        with a_class(there) as office:
            try:
                act(office, who)
                outcomes.append("done")
            except (Refused, NotSettled) as problem:
                outcomes.append(str(problem))
            outcomes.append(str(audited(office)))
            with pytest.raises(NotOnePupil):
                act(office, "Amy Testerly")
            outcomes.append(str(audited(office)))
    assert outcomes[:3] == outcomes[3:]
    assert outcomes[1] == outcomes[2]


def test_a_name_of_two_pupils_lists_both_and_how_to_name_one(home: Home) -> None:
    """Group and UPN; a date of birth only where the rest is the same."""
    with a_class(home) as office:
        (problem,) = refused(office, "Testerly, Amy")
        assert (problem.code, problem.message) == (
            "several_pupils",
            "2 pupils are called 'Testerly, Amy'. Give the UPN or pupil ref of the one you mean.",
        )
        assert [str(each) for each in problem.candidates] == [
            f"Testerly, Amy  4B  {upn(3)}",
            f"Testerly, Amy  4A  {upn(2)}",
        ]
        shown = problem.to_json()["candidates"]
        assert isinstance(shown, list)
        assert shown[0] == {
            "pupil_id": 3,
            "upn": upn(3),
            "ref": None,
            "surname": "Testerly",
            "forename": "Amy",
            "group": "4B",
            "date_of_birth": None,
            "left": False,
        }
        office.db.execute("update pupil set group_name = '4A'")
        (problem,) = refused(office, "amy")
    assert [str(each) for each in problem.candidates] == [
        f"Testerly, Amy  4A  {upn(3)}  born 01/09/2017",
        f"Testerly, Amy  4A  {upn(2)}  born 14/03/2018",
    ]


def test_a_upn_or_ref_always_wins(home: Home) -> None:
    """Also where it reads like the name of other pupils."""
    with a_class(home) as office:
        office.db.execute("update pupil set ref = 'Amy' where id = 1")
        assert [each.id for each in pupils_written(office.db, ["AMY", ONE])] == [1]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_done(home: Home) -> None:
    """Of a list the right ones are not taken either."""
    with a_class(home) as office:
        problems = refused(office, ONE, "Amy Testerly", "Zoe Lukasewicz", "Nobody Here", "4a", upn(9))
        assert [(each.code, len(each.candidates)) for each in problems] == [
            ("several_pupils", 2),
            ("not_on_the_register", 1),
            ("not_on_the_register", 0),
            ("not_on_the_register", 0),
            ("not_on_the_register", 0),
            ("nothing_done", 0),
        ]
        messages = [each.message for each in problems]
    assert messages[1:5] == [
        "No pupil on the register has the UPN, pupil ref or name 'Zoe Lukasewicz'. Did you mean this pupil?",
        "No pupil on the register has the UPN, pupil ref or name 'Nobody Here'. Look at the names on the register.",
        "No pupil on the register has the UPN, pupil ref or name '4a'. That is a group. Name its pupils.",
        f"No pupil on the register has the UPN '{upn(9)}'. Look at the names on the register.",
    ]


def test_a_pupil_who_has_left_counts_only_where_leavers_are_meant(home: Home) -> None:
    """Then the name alone finds the one who is here; a leaver's own name says that they left, and a UPN finds them."""
    with a_class(home) as office:
        pupils.leave(office, ById((1, 2)))
        assert [each.id for each in pupils_written(office.db, ["Amy Testerly"])] == [3]
        (gone,) = refused(office, "Zoë")
        assert (gone.code, [str(each) for each in gone.candidates]) == (
            "left",
            [f"Łukaszewicz, Zoë  4A  {ONE}  left"],
        )
        assert [each.id for each in pupils_written(office.db, [ONE])] == [1]
        assert [each.id for each in pupils_written(office.db, ["amy testerly", "zoe"], left=True)] == [2, 1]
        back = pupils.come_back(office, AsWritten(("Amy Testerly",)))
        assert [each.id for each in back.pupils] == [2]
        (here,) = refused(office, "Amy Testerly", left=True)
        assert here.code == "not_left"
        (unknown,) = refused(office, "Nobody", left=True)
    assert unknown.message.startswith("No pupil who has left has the UPN, pupil ref or name 'Nobody'.")


def test_a_name_without_its_quotes_is_not_taken_for_two_pupils(home: Home) -> None:
    """Bo Brown is on no register; Bo of one family and a Brown of another must not be done something to."""
    with a_class(home) as office:
        _name(office, 2, "Bo", "Green")
        _name(office, 3, "Amy", "Brown")
        split, nothing = refused(office, "Bo", "Brown")
        assert (split.code, nothing.code) == ("one_or_two", "nothing_done")
        assert split.message == 'Is this one pupil or two? Put a name of several words in quotes: "Bo Brown".'
        assert [each.id for each in pupils_written(office.db, ["Bo", "Amy"])] == [2, 3]
        assert [each.id for each in pupils_written(office.db, ["Amy", "Brown"])] == [3]
        _name(office, 3, "Amy", "Brown Jones")
        assert [each.id for each in pupils_written(office.db, ["Bo", "Brown Jones"])] == [2, 3]
        _name(office, 3, "Amy", "Brown")
        _name(office, 2, "Amy", "Green")
        several, split, nothing = refused(office, "Amy", "Brown")
    assert (several.code, split.code, nothing.code) == ("several_pupils", "one_or_two", "nothing_done")


NAMES = st.sampled_from(["Amy", "Ámy", "amy jo", "Jo", "Łuk", "Luk", "O'Brien", "OBrien"])
REGISTER = st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=6)
_INSERT = (
    "insert into pupil (id, upn, surname, forename, middle_names, date_of_birth, sex, alias_forename, alias_surname,"
    " group_name, left_at) values (?, ?, ?, ?, '', '2018-03-14', 'F', '', '', '', ?)"
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database without pupils."""
    home = open_made_up_home(tmp_path_factory.mktemp("empty") / "home")
    with contextlib.closing(open_database(home)) as db:
        yield db


@given(register=REGISTER, text=NAMES | st.tuples(NAMES, NAMES).map(" ".join), left=st.booleans())
@QUICK
def test_whoever_is_found_is_the_only_one_of_that_name(
    empty: Database, register: list[tuple[str, str, bool]], text: str, left: bool
) -> None:
    """In any register; else everybody of that name, and nobody else, is a candidate."""
    empty.execute("begin")
    try:
        for number, (forename, surname, has_left) in enumerate(register, start=1):
            left_at = "2027-06-01T08:00:00.000Z" if has_left else None
            empty.execute(_INSERT, (number, upn(number), surname, forename, left_at))
        named = bearers((one for one in pupils_of(empty, with_left=True) if one.has_left is left), text)
        if len(named) == 1:
            assert pupils_written(empty, [text], left=left) == named
            return
        with pytest.raises(NotOnePupil) as problem:
            pupils_written(empty, [text], left=left)
        told = [each.data["pupil_id"] for each in problem.value.problems[0].candidates]
        assert not named or told == [one.id for one in named]
    finally:
        empty.execute("rollback")


@pytest.mark.parametrize(
    ("group", "shown"), [("O'Hara", "'O'Hara'"), ("4\x07A", "'4?A'"), ("A" * 200, f"'{'A' * 37}...'")]
)
def test_a_group_that_is_not_there_is_quoted_like_a_name(home: Home, group: str, shown: str) -> None:
    """One kind of quotes, no code of a character, and not so long that it buries the sentence."""
    with acting(home) as office:
        for chosen in (pupils_selected, leavers_selected):
            with pytest.raises(OfficeRefused) as refused:
                chosen(office.db, InGroup(group))
            assert f" group {shown}" in str(refused.value)
