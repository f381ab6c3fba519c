"""Which pupil a written name is the name of: every usual way of writing it, and never another pupil's."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.alphabet import folded
from mtc_kiosk.school.naming import bearers, is_one_and_other_name, near
from mtc_kiosk.school.pupil import Pupil
from tests.check.profile import QUICK
from tests.school.made_up import pupil

ZOE = pupil(1, surname="Łukaszewicz", forename="Zoë", middle_names="Ann Jo", alias_forename="Zo")
BO = pupil(2, surname="O'Brien-Smith", forename="Bo Lin")
DI = pupil(3, surname="van der Berg", forename="Di", alias_surname="Berg")
THOMAS = pupil(4, surname="James", forename="Thomas")
JAMES = pupil(5, surname="Thomas", forename="James")
ALL = (ZOE, BO, DI, THOMAS, JAMES)


@pytest.mark.parametrize(
    ("written", "whose"),
    [
        *((text, ZOE) for text in ("Zoë Łukaszewicz", "zoe lukaszewicz", "ŁUKASZEWICZ, ZOË", "Lukaszewicz Zoe", "Zoe")),
        *(
            (text, ZOE)
            for text in (" Zo  Lukaszewicz ", "Lukaszewicz,Zo", "lukaszewicz", "Zo", "Zoe\u0308 Łukaszewicz")
        ),
        *((text, ZOE) for text in ("Zoe Ann Jo Lukaszewicz", "Lukaszewicz, Zoë Ann Jo", "zoe ann-jo", "Zo Ann Jo")),
        *((text, BO) for text in ("Bo-Lin O\u2019Brien-Smith", "bo lin obrien smith", "O`Brien\u2011Smith, Bo Lin")),
        *((text, BO) for text in ("O'Brien\u2013Smith", "Bo-lin", "OBRIEN SMITH BO LIN")),
        *((text, DI) for text in ("Di van der Berg", "van der Berg, Di", "Berg, Di", "Di Berg", "berg", "DI")),
        ("James, Thomas", THOMAS),
        ("Thomas, James", JAMES),
    ],
)
def test_a_name_is_found_however_it_is_written(written: str, whose: Pupil) -> None:
    """Either order, with a comma or without, either name alone, the name a pupil goes by, middle names or none."""
    assert bearers(ALL, written) == (whose,)


@pytest.mark.parametrize("written", ["Thomas", "james", "Thomas James", "James Thomas"])
def test_a_name_that_two_pupils_have_is_both_of_them(written: str) -> None:
    """The first name of one may be the last name of another."""
    assert bearers(ALL, written) == (THOMAS, JAMES)


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", ",", "Zoe,", ", Zoe", "Zoe, Lukaszewicz, Ann", "Z", "Zoe L", "Lukasz", "Smith", "Brien", "van der"),
        *("Zoe Ann Lukaszewicz", "Zoe Mary Lukaszewicz", "Ann Jo", "Zoe, Lukaszewicz", "Bolin", "Zoe Zo", "Berg Berg"),
    ],
)
def test_a_part_of_a_name_or_another_middle_name_is_no_pupils(written: str) -> None:
    """A wrong guess would act on another child."""
    assert bearers(ALL, written) == ()


NAMES = st.sampled_from(
    [
        "Amy",
        "amy",
        "Ámy",
        "Ann",
        "Ann-Marie",
        "Ann Marie",
        "Marie",
        "O'Brien",
        "OBrien",
        "Łuk",
        "Luk",
        "Amy Ann",
        "St. J",
    ]
)
PUPILS = st.builds(
    dict, surname=NAMES, forename=NAMES, middle_names=NAMES | st.just(""), alias_forename=NAMES | st.just("")
)
REGISTERS = st.lists(PUPILS, max_size=5).map(lambda them: tuple(pupil(n, **one) for n, one in enumerate(them, start=1)))
WRITTEN = st.one_of(
    NAMES, st.lists(NAMES, min_size=2, max_size=3).map(" ".join), st.tuples(NAMES, NAMES).map(", ".join)
)


def _bears(one: Pupil, written: str) -> bool:
    """Said otherwise than the program says it: the words, in this order, are made up of names of this pupil."""
    firsts = [name for name in (one.forename, one.alias_forename) if name]
    firsts += [f"{name} {one.middle_names}" for name in firsts]
    lasts = [name for name in (one.surname, one.alias_surname) if name]
    pairs = [(last, first) for last in lasts for first in firsts]
    if "," in written:
        ways = [f"{folded(last)}|{folded(first)}" for last, first in pairs]
        return "|".join(folded(part) for part in written.split(",")) in ways
    whole = [" ".join(both) for pair in pairs for both in permutations(pair)]
    return folded(written) in {folded(way) for way in (*whole, *firsts, *lasts)}


@given(REGISTERS, WRITTEN)
@QUICK
def test_whoever_is_found_bears_the_name_and_whoever_bears_it_is_found(
    register: tuple[Pupil, ...], written: str
) -> None:
    """In any register: so a name that finds one pupil is that pupil's and no other's."""
    assert bearers(register, written) == tuple(one for one in register if _bears(one, written))


@given(REGISTERS)
@QUICK
def test_every_pupil_is_among_those_found_by_their_name(register: tuple[Pupil, ...]) -> None:
    """As a list has it and as the pupil goes by it."""
    for one in register:
        assert one in bearers(register, one.listed)
        assert one in bearers(register, one.called_in_full)


@pytest.mark.parametrize(
    ("written", "close"),
    [
        ("Zoe Lukasewicz", (ZOE,)),
        ("lukaszewitz", (ZOE,)),
        ("Lukaszewicz, Zoey", (ZOE,)),
        ("OBrien Smit", (BO,)),
        ("Tomas", (JAMES, THOMAS)),
        ("Jame", (THOMAS, JAMES)),
        ("van der Burg", (DI,)),
        ("Li", ()),
        ("Wojciech", ()),
        ("Zora", ()),
        ("Dirk", ()),
        ("G201100120001", ()),
        ("4A/17", ()),
    ],
)
def test_a_mistyped_name_has_near_ones(written: str, close: tuple[Pupil, ...]) -> None:
    """One or two letters wrong, or the beginning alone; a number is near to nobody's."""
    assert set(near(ALL, written, 5)) == set(close)


def test_of_many_near_names_the_closest_are_told() -> None:
    """The closest first, and of those that are equally close in the order of lists."""
    surnames = ("Testy", "Testers", "Tester", "Testeri")
    many = [pupil(number, surname=surname, forename="Al") for number, surname in enumerate(surnames, start=1)]
    assert [one.surname for one in near(many, "Testery", 3)] == ["Tester", "Testeri", "Testers"]


def test_a_first_name_beside_a_last_name_may_be_one_pupil() -> None:
    """Whichever comes first; two first names are two pupils."""
    assert is_one_and_other_name((ZOE, "zoe"), (DI, "Berg"))
    assert is_one_and_other_name((DI, "Berg"), (ZOE, "Zo"))
    assert not is_one_and_other_name((ZOE, "Zoe"), (DI, "Di"))
    assert not is_one_and_other_name((ZOE, "Lukaszewicz"), (DI, "Berg"))
