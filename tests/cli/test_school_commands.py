"""``mtc-kiosk session``, ``pins``, ``status``, ``restart`` and ``reason``, as they are typed."""

import contextlib
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli import main
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.school.sessions import IssuedPin
from tests.school.made_up import upn
from tests.store.a_school import ASchool

NOW = "2027-06-07T09:00:00Z"
ONE, TWO, THREE = (upn(number) for number in (1, 2, 3))


@dataclass(frozen=True)
class Typed:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The object of ``--json``."""
        report: dict[str, Any] = json.loads(self.out)
        return report

    @property
    def data(self) -> dict[str, Any]:
        """Its data."""
        data: dict[str, Any] = self.report["data"]
        return data


Typing = Callable[..., Typed]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of three made-up pupils, one of them in 4B, on a morning in June."""
    monkeypatch.setenv("MTC_KIOSK_NOW", NOW)
    home = open_made_up_home(tmp_path / "home")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
        school.pupils(1, "4B")
    return home


@pytest.fixture
def typed(home: Home, capsys: pytest.CaptureFixture[str]) -> Typing:
    """Type words behind ``mtc-kiosk``."""

    def type_in(*words: object) -> Typed:
        with pytest.raises(SystemExit) as left:
            main([*map(str, words), "--home", str(home.root)])
        assert isinstance(left.value.code, int)
        return Typed(left.value.code, *capsys.readouterr())

    return type_in


def take(home: Home, typed: Typing, *, outcome: Outcome = Outcome.STOPPED, pupil_id: int = 1) -> None:
    """A pupil takes a whole check with the PIN that is listed."""
    (found,) = [one for one in typed("pins", "list", "--json").data["pins"] if one["pupil_id"] == pupil_id]
    issued = IssuedPin(
        found["check_code"], 1, Kind(found["kind"]), pupil_id, found["pin"], instant(found["expires_at"])
    )
    with contextlib.closing(ASchool(home.database)) as school:
        school.running = {"PC1"}
        school.take(issued, outcome=outcome)


def content(home: Home) -> str:
    """What the database holds, as one hash."""
    with contextlib.closing(open_database(home)) as db:
        return hashlib.sha256("\n".join(db.iterdump()).encode()).hexdigest()


# -- session


def test_a_session_takes_the_whole_register(typed: Typing) -> None:
    """Everybody gets a PIN, and the next step is named."""
    started = typed("session", "start", "--kind", "official")
    assert started.code == 0
    assert re.search(
        r"Session 1 \(official check\), 7 June 2027, 10:00 to 16:00\. School password: [a-z]{3}\d\d[a-z]{3}",
        started.out,
    )
    assert "3 PINs made. Print the slips with: mtc-kiosk pins slips --out slips.html" in started.out


def test_a_session_for_a_group(typed: Typing) -> None:
    """Whatever its capitals; a group that is none is refused with the ones there are."""
    assert typed("session", "start", "--kind", "official", "--group", "4b", "--json").data["session"]["group"] == "4B"
    none = typed("session", "start", "--kind", "official", "--group", "4C")
    assert (none.code, none.err) == (1, "There is no group '4C'. There are: 4A, 4B.\n")


def test_a_session_for_pupils_by_upn(typed: Typing) -> None:
    """Small letters work; all unknown UPNs are named, and nothing is changed."""
    data = typed("session", "start", "--kind", "try", ONE.lower(), TWO, "--json").data
    assert [pin["upn"] for pin in data["pins"]] == [ONE, TWO]
    unknown = typed("session", "start", "--kind", "official", "X1", ONE, "X2")
    assert unknown.code == 1
    assert [number in unknown.err for number in ("'X1'", ONE, "'X2'")] == [True, False, True]


def test_a_name_of_several_pupils_lists_them_below_the_sentence(home: Home, typed: Typing) -> None:
    """And in JSON beside it; neither the log nor the audit has what was typed."""
    refused = typed("session", "start", "--kind", "official", "Testerly")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[:2] == [
        "3 pupils are called 'Testerly'. Give the UPN or pupil ref of the one you mean.",
        f"  Testerly, Amy 1  4A  {ONE}",
    ]
    (error,) = typed("session", "start", "--kind", "official", "Testerly", "--json").report["errors"]
    assert error["code"] == "several_pupils"
    assert [each["pupil_id"] for each in error["candidates"]] == [1, 2, 3]
    done = typed("session", "start", "--kind", "official", "amy 1 testerly")
    assert f"  Testerly, Amy 1 ({ONE})" in done.out.splitlines()
    assert not any("testerly" in path.read_text(encoding="utf-8").casefold() for path in home.root.rglob("*.log"))
    with contextlib.closing(open_database(home)) as db:
        audit = str(db.execute("select * from audit").fetchall())
    assert "session.started" in audit
    assert "testerly" not in audit.casefold()


def test_named_pupils_who_get_no_pin_are_partly_done(typed: Typing) -> None:
    """The others get theirs, and the exit code is 1; for the whole register it is 0."""
    typed("reason", "set", "ABSNT", TWO)
    partly = typed("session", "start", "--kind", "official", ONE, TWO)
    assert partly.code == 1
    assert (
        f"Testerly, Amy 2 ({TWO}) does not take the check (Absent during check window). Take back the reason first."
        in partly.err
    )
    assert "1 PIN made" in partly.out
    everybody = typed("session", "start", "--kind", "official", "--json")
    assert everybody.code == 0
    assert [one["code"] for one in everybody.data["without_pin"]] == ["has_pin", "has_reason"]
    assert everybody.report["ok"] is True


def test_partly_done_in_json(typed: Typing) -> None:
    """Data and errors both."""
    typed("reason", "set", "ABSNT", TWO)
    report = typed("session", "start", "--kind", "official", ONE, TWO, "--json").report
    assert report["ok"] is False
    assert len(report["data"]["pins"]) == 1
    assert [error["code"] for error in report["errors"]] == ["has_reason"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--kind", "exam"), 2, "'exam' is not one of"),
        ((), 2, "--kind"),
        (("--kind", "official", "--group", "4A", ONE), 2, "not both"),
        (("--kind", "official", "--date", "6/6/2027"), 1, "6 June 2027 is past"),
        (
            ("--kind", "official", "--date", "soon"),
            2,
            "'soon' is not a date. Write day/month/year, such as 07/06/2027.",
        ),
        (("--kind", "official", "--date", "2027-06-31"), 2, "'2027-06-31' is not a date"),
        (("--kind", "official", "--date", "2027-06-06"), 1, "6 June 2027 is past"),
        (("--kind", "official", "--until", "4pm"), 2, "Did you mean 16:00?"),
        (
            ("--kind", "official", "--until", "09:30"),
            1,
            "A session that opens at 10:00 cannot end at 09:30. Choose a later end.",
        ),
    ],
)
def test_what_is_no_session_is_refused(home: Home, typed: Typing, words: tuple[str, ...], code: int, said: str) -> None:
    """In words, and nothing is changed."""
    before = content(home)
    refused = typed("session", "start", *words)
    assert refused.code == code
    assert said in refused.err
    assert content(home) == before


def test_an_empty_register_has_no_session(tmp_path: Path, typed: Typing, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says what to do first."""
    with pytest.raises(SystemExit):
        main(["session", "start", "--kind", "official", "--home", str(tmp_path / "another")])
    assert "mtc-kiosk pupils import" in capsys.readouterr().err


def test_a_session_ends_and_is_listed(typed: Typing) -> None:
    """By itself or by its number; a second end is refused."""
    assert "There is no session yet" in typed("session", "list").out
    typed("session", "start", "--kind", "official", ONE)
    typed("session", "start", "--kind", "official", TWO, "--date", "2027-06-08")
    (ended,) = typed("session", "end", "--json").data["sessions"]
    assert (ended["id"], ended["closed_at"]) == (1, "2027-06-07T09:00:00.000Z")
    assert typed("session", "end").err == "No session is open. Look at the list of sessions: mtc-kiosk session list\n"
    listed = typed("session", "list").out
    assert "Session 1 (official check), 7 June 2027, 10:00 to 10:00: ended, 1 PIN, 0 used" in listed
    assert "Session 2 (official check), 8 June 2027, 00:00 to 16:00: to come, 1 PIN, 0 used" in listed
    assert typed("session", "end", 2).code == 0
    assert typed("session", "list", "--json").data["sessions"][1]["state"] == "closed"
    assert "Session 2 (official check), 8 June 2027, 00:00 to 16:00: ended" in typed("session", "list").out


# -- pins


def test_the_pins_as_data(typed: Typing) -> None:
    """One password, and a PIN for each pupil with all that a kiosk or a robot needs."""
    assert typed("pins", "list", "--json").data == {"made_up_pupils": True, "password": None, "pins": []}
    started = typed("session", "start", "--kind", "official", "--json").data
    data = typed("pins", "list", "--json").data
    assert data["password"] == started["password"]
    assert data["pins"] == started["pins"]
    assert set(data["pins"][0]) == {"check_code", "pupil_id", "upn", "ref", "pin", "expires_at", "kind"}
    assert data["pins"][0]["expires_at"] == "2027-06-07T15:00:00.000Z"


def test_the_pins_as_a_list(typed: Typing) -> None:
    """By group and name, trying it out marked as such."""
    typed("session", "start", "--kind", "official", "--group", "4A")
    typed("session", "start", "--kind", "try", "--group", "4B")
    lines = typed("pins", "list").out.splitlines()
    assert lines[0].startswith("(made-up pupils) School password: ")
    assert [re.sub("[2-9]{4}", "PIN", line) for line in lines[1:]] == [
        "PIN  Testerly, Amy 1  4A",
        "PIN  Testerly, Amy 2  4A",
        "PIN  Testerly, Amy 3  4B  try it out",
    ]


def test_slips_are_a_page_to_print(tmp_path: Path, typed: Typing) -> None:
    """Of all the pupils, of a group, or of one kind; where there is nothing to print no file is made."""
    out = tmp_path / "slips.html"
    assert typed("pins", "slips", "--out", out).code == 1
    assert not out.exists()
    typed("session", "start", "--kind", "official")
    assert "3 slips written to" in typed("pins", "slips", "--out", out).out
    assert out.read_text(encoding="utf-8").count("<article") == 3
    assert typed("pins", "slips", "--out", out, "--group", "4a", "--json").data["slips"] == 2
    assert (
        "There are PINs, but none for this group and kind." in typed("pins", "slips", "--out", out, "--kind", "try").err
    )
    assert out.read_text(encoding="utf-8").count("<article") == 2


def test_slips_go_into_a_folder_as_exports_do(tmp_path: Path, typed: Typing) -> None:
    """A folder is enough; one that is not there is refused in the words of an export."""
    typed("session", "start", "--kind", "official")
    assert typed("pins", "slips", "--out", tmp_path, "--json").data["file"] == str(tmp_path / "slips.html")
    assert (tmp_path / "slips.html").is_file()
    gone = tmp_path / "gone" / "one.file"
    slips, reasons = typed("pins", "slips", "--out", gone), typed("export", "reasons", "--out", gone)
    assert (slips.code, slips.err) == (reasons.code, reasons.err)


def test_pins_are_cancelled_by_name(home: Home, typed: Typing) -> None:
    """Several at once, with the command for new ones; all or none, and why in a sentence."""
    typed("session", "start", "--kind", "official", ONE, TWO)
    cancelled = typed("pins", "cancel", ONE.lower(), TWO)
    assert cancelled.code == 0
    assert cancelled.out.splitlines() == [
        f"(made-up pupils) The PIN of Testerly, Amy 1 ({ONE}) is cancelled.",
        f"(made-up pupils) The PIN of Testerly, Amy 2 ({TWO}) is cancelled.",
        f"Make new PINs with: mtc-kiosk session start --kind official {ONE} {TWO}",
    ]
    typed("session", "start", "--kind", "official", ONE, TWO)
    take(home, typed)
    before = content(home)
    refused = typed("pins", "cancel", ONE, TWO, THREE, "--json")
    assert refused.code == 1
    assert [error["code"] for error in refused.report["errors"]] == ["has_begun", "no_pin"]
    assert "has taken the check with this PIN, so there is nothing to cancel" in refused.report["errors"][0]["message"]
    assert content(home) == before
    (one,) = typed("pins", "cancel", TWO, "--json").data["cancelled"]
    assert set(one) == {"pupil_id", "check_code", "kind", "pin", "signed_in_on"}
    assert (one["pupil_id"], one["kind"], one["signed_in_on"]) == (2, "official", None)


def test_what_makes_a_cancelled_pin_anew_is_of_its_kind_and_day(typed: Typing) -> None:
    """The command that is named, typed as it is, gives the pupil what was cancelled."""
    typed("session", "start", "--kind", "try", ONE)
    typed("session", "start", "--kind", "official", "--date", "2027-06-08", ONE, TWO)
    commands = [line.partition(": mtc-kiosk ")[2] for line in typed("pins", "cancel", ONE, TWO).out.splitlines()[3:]]
    assert commands == [
        f"session start --kind official --date 08/06/2027 {ONE} {TWO}",
        f"session start --kind try {ONE}",
    ]
    assert [typed(*command.split()).code for command in commands] == [0, 0]


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path, typed: Typing) -> None:
    """In a sentence."""
    typed("session", "start", "--kind", "official")
    refused = typed("pins", "slips", "--out", tmp_path / "nowhere" / "slips.html")
    assert refused.code == 1
    why = "It cannot be written: its folder is missing. Nothing was changed."
    assert refused.err == f"{tmp_path / 'nowhere' / 'slips.html'}: {why}\n"


# -- status


def test_the_status_in_five_groups(home: Home, typed: Typing) -> None:
    """Their counts sum to the register."""
    typed("session", "start", "--kind", "official", ONE, TWO)
    take(home, typed)
    lines = typed("status").out.splitlines()
    assert lines == [
        "(made-up pupils) 3 pupils on the register",
        "Needs attention: 1 of 3",
        "  Testerly, Amy 1: Stopped",
        "In progress: 0 of 3",
        "Not started: 2 of 3",
        "  Testerly, Amy 2: PIN generated",
        "  Testerly, Amy 3: Not started",
        "Completed: 0 of 3",
        "Not taking the check: 0 of 3",
    ]
    data = typed("status", "--json").data
    assert data["counts"] == {"completed": 0, "in_progress": 0, "not_started": 2, "action": 1, "not_taking": 0}
    assert data["total"] == 3
    assert [one["status"] for one in data["pupils"]] == ["stopped", "pin", "not_started"]


# -- restart


def test_a_restart_and_back(home: Home, typed: Typing) -> None:
    """With the command that makes the new PIN."""
    typed("session", "start", "--kind", "official")
    take(home, typed, outcome=Outcome.COMPLETE)
    given = typed("restart", "give", ONE.lower(), "--reason", "iti")
    assert given.code == 0
    assert f"mtc-kiosk session start --kind official {ONE}" in given.out
    assert typed("status", "--json").data["pupils"][0]["status"] == "restart"
    assert typed("restart", "remove", ONE).out == "(made-up pupils) The restart of Testerly, Amy 1 is taken back.\n"
    assert typed("status", "--json").data["pupils"][0]["status"] == "complete"


def test_a_restart_is_refused_by_name(home: Home, typed: Typing) -> None:
    """Each pupil who may not have one, with the reason; nothing is changed."""
    before = content(home)
    refused = typed("restart", "give", ONE, TWO, "--reason", "LOI")
    assert refused.code == 1
    assert refused.err.splitlines() == [
        f"Testerly, Amy {n} ({upn(n)}) has not begun the check, so no restart is needed. Use the PIN they have,"
        " or make a new one."
        for n in (1, 2)
    ]
    assert typed("restart", "give", ONE, "--reason", "XXX").err.splitlines()[:2] == [
        "There is no restart reason 'XXX'. Choose from:",
        "  LOI  Loss of internet",
    ]
    assert typed("restart", "remove", ONE).err == f"Testerly, Amy 1 ({ONE}) has no restart.\n"
    assert typed("restart", "give", "--reason", "LOI").code == 2
    assert typed("restart", "give", ONE).code == 2
    assert content(home) == before


# -- reason


def test_a_reason_and_back(typed: Typing) -> None:
    """It is listed with who gave it and when, by the school's clocks."""
    assert typed("reason", "set", "absnt", ONE, TWO).out.splitlines() == [
        "(made-up pupils) 2 pupils: Absent during check window.",
        f"  Testerly, Amy 1 ({ONE})",
        f"  Testerly, Amy 2 ({TWO})",
    ]
    listed = typed("reason", "list").out
    said = "Absent during check window, given at the command line on 7 June 2027 at 10:00"
    assert f"  Testerly, Amy 1 ({ONE}): {said}" in listed
    assert "NOABA  Not able to administer (only a head)" in listed
    assert typed("reason", "remove", ONE).code == 0
    data = typed("reason", "list", "--json").data
    assert [(one["upn"], one["reason_code"], one["set_by"]) for one in data["pupils"]] == [(TWO, "ABSNT", "cli")]
    assert len(data["reasons"]) == 9


def test_a_reason_for_one_absent_child_cancels_the_pin_and_says_so(typed: Typing) -> None:
    """The others' session goes on; taken back, the command for a new PIN is named, and it works."""
    typed("session", "start", "--kind", "official")
    given = typed("reason", "set", "ABSNT", TWO)
    assert given.out.splitlines() == [
        "(made-up pupils) 1 pupil: Absent during check window.",
        f"  Testerly, Amy 2 ({TWO})",
        "The unused PIN of Testerly, Amy 2 is cancelled.",
    ]
    assert len(typed("pins", "list", "--json").data["pins"]) == 2
    assert typed("reason", "set", "ABSNT", ONE, "--json").data["pins_cancelled"] == [1]
    command = f"mtc-kiosk session start --kind official {TWO}"
    assert typed("reason", "remove", TWO).out.splitlines()[-1] == f"Make a new PIN with: {command}"
    assert typed(*command.split()[1:]).code == 0
    assert typed("reason", "remove", ONE, "--json").data["needs_pin"] is True


def test_a_reason_is_refused_by_name(home: Home, typed: Typing) -> None:
    """And nothing is changed."""
    typed("session", "start", "--kind", "official", ONE)
    take(home, typed, outcome=Outcome.COMPLETE)
    before = content(home)
    assert typed("reason", "set", "ABSNT", ONE, TWO).err == (f"Testerly, Amy 1 ({ONE}) has completed the check.\n")
    assert typed("reason", "set", "XXX", ONE).err.splitlines()[:2] == [
        "There is no reason 'XXX'. Choose from:",
        "  ABSNT  Absent during check window",
    ]
    assert typed("reason", "remove", ONE).err == f"Testerly, Amy 1 ({ONE}) has no reason.\n"
    assert typed("reason", "set", "ABSNT").code == 2
    assert content(home) == before


def test_a_ref_serves_where_there_is_no_upn(home: Home, typed: Typing) -> None:
    """Wherever a command says UPN."""
    with contextlib.closing(open_database(home)) as db:
        db.execute("update pupil set upn = null, ref = 'Pupil 7' where id = 1")
    assert typed("reason", "set", "LEFTT", "pupil 7").code == 0
    assert typed("reason", "list", "--json").data["pupils"][0]["ref"] == "Pupil 7"


def test_everything_is_audited_as_the_command_line(home: Home, typed: Typing) -> None:
    """Each change with one row."""
    typed("session", "start", "--kind", "official", ONE)
    take(home, typed)
    typed("session", "end")
    typed("restart", "give", ONE, "--reason", "CLD")
    typed("restart", "remove", ONE)
    typed("reason", "set", "ABSNT", TWO)
    typed("reason", "remove", TWO)
    with contextlib.closing(ASchool(home.database)) as school:
        assert [(account, action) for account, action, _ in school.audited()] == [
            ("cli", action)
            for action in (
                "session.started",
                "session.ended",
                "restart.given",
                "restart.removed",
                "reason.set",
                "reason.removed",
            )
        ]
