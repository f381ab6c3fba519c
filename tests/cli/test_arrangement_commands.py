"""``mtc-kiosk arrangements`` and ``assistant``, and what a session and ``config check`` say of unknown pupils."""

import contextlib
import json
from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Chosen, Colours, Size
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS
from mtc_kiosk.school.names import LONGEST_NAME
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school import preferences

from .test_school_commands import ONE, THREE, TWO, Typing, content, home, take, typed

__all__ = ["home", "typed"]  # fixtures of the neighbour: the same made-up school

GRANTS = f"""school:
  typeface: atkinson
profiles:
  Reads with help:
    arrangements: [QNR, NBQ]
pupils:
  {ONE}:
    profile: Reads with help
    arrangements: [ATA, CCT]
    size: XLG
  {TWO}: Reads with help
"""


def grant(home: Home, text: str) -> None:
    """Write the settings file."""
    (home.config_dir / ARRANGEMENTS).write_text(text, encoding="utf-8")


@pytest.fixture
def completed(home: Home, typed: Typing) -> Home:
    """The first pupil has completed the check."""
    typed("session", "start", "--kind", "official", ONE, TWO)
    take(home, typed, outcome=Outcome.COMPLETE)
    return home


# -- arrangements show and list


def test_what_a_pupil_will_get_with_every_line(home: Home, typed: Typing) -> None:
    """Each arrangement in words, with its code and its line in the file."""
    grant(home, GRANTS)
    assert typed("arrangements", "show", ONE.lower()).out.splitlines() == [
        f"(made-up pupils) Testerly, Amy 1 ({ONE})",
        f"  Audible time alert (ATA)  ({ARRANGEMENTS}:9, the pupil's own)",
        f"  Audio version (QNR)  ({ARRANGEMENTS}:5, profile Reads with help)",
        f"  Next button between questions (NBQ)  ({ARRANGEMENTS}:5, profile Reads with help)",
        f"  Colours (CCT): the pupil chooses  ({ARRANGEMENTS}:9, the pupil's own)",
        f"  Text size (FTS): very large, XLG  ({ARRANGEMENTS}:10, the pupil's own)",
        f"  Typeface: atkinson  ({ARRANGEMENTS}:2, for everybody)",
        "  Last choice of colours: none yet",
    ]


def test_what_a_pupil_will_get_as_data(home: Home, typed: Typing) -> None:
    """With the pupil's last choice of what is theirs to choose, and of nothing else."""
    grant(home, GRANTS)
    typed("session", "start", "--kind", "official", ONE)
    take(home, typed)
    with contextlib.closing(open_database(home)) as db:
        (attempt_id,) = db.execute("select id from attempt").fetchone()
        with change(db):
            preferences.keep(db, attempt_id, "2027-06-07T09:00:00.000Z", Chosen(Colours.BOP, Size.XXL))
    data = typed("arrangements", "show", ONE, "--json").data
    assert data["arrangements"] == ["ATA", "QNR", "CCT", "FTS", "NBQ"]
    assert data["last_choice"] == {"colours": "BOP", "size": None}
    assert data["gets"][1] == {
        "what": "QNR",
        "value": "QNR",
        "file": ARRANGEMENTS,
        "line": 5,
        "from": "profile",
        "profile": "Reads with help",
    }
    assert "Last choice of colours: black on peach" in typed("arrangements", "show", ONE).out


def test_a_pupil_who_is_not_named_gets_what_everybody_gets(home: Home, typed: Typing) -> None:
    """Or nothing; a pupil on no register is refused."""
    assert "  No arrangements: the standard check." in typed("arrangements", "show", THREE).out
    grant(home, GRANTS)
    assert [got["what"] for got in typed("arrangements", "show", THREE, "--json").data["gets"]] == ["typeface"]
    assert typed("arrangements", "show", "nobody").code == 1


def test_who_has_what(home: Home, typed: Typing) -> None:
    """One line a pupil, and a warning for each line of an unknown pupil."""
    grant(home, GRANTS + "  X9: {arrangements: [ATA]}\n")
    listed = typed("arrangements", "list")
    assert listed.out.splitlines() == [
        f"(made-up pupils) 2 pupils in {home.config_dir / ARRANGEMENTS}",
        f"  Testerly, Amy 1 ({ONE}): ATA, QNR, NBQ, colours choose, size XLG, typeface atkinson",
        f"  Testerly, Amy 2 ({TWO}): QNR, NBQ, typeface atkinson",
        "Everybody else: typeface atkinson",
    ]
    assert listed.err.startswith(f"Warning: {ARRANGEMENTS}:12: 'X9' is not the UPN or ref of a pupil")
    data = typed("arrangements", "list", "--json").data
    assert [one["upn"] for one in data["pupils"]] == [ONE, TWO]
    assert [(one["line"], one["code"]) for one in data["warnings"]] == [(12, "unknown_pupil")]


# -- unknown pupils


def test_no_session_starts_while_the_file_names_a_pupil_nobody_knows(home: Home, typed: Typing) -> None:
    """Nothing is made until staff acknowledge it; the audit has who and which lines, and no number."""
    grant(home, "pupils:\n  X9: {arrangements: [ATA]}\n  Y9: {}\n")
    before = content(home)
    refused = typed("session", "start", "--kind", "official")
    assert refused.code == 1
    assert [line.split(" ")[0] for line in refused.err.splitlines()[:2]] == [f"{ARRANGEMENTS}:{n}:" for n in (2, 3)]
    assert "--acknowledge-unknown" in refused.err
    assert content(home) == before
    started = typed("session", "start", "--kind", "official", "--acknowledge-unknown")
    assert (started.code, started.err.count("Warning: ")) == (0, 2)
    with contextlib.closing(open_database(home)) as db:
        rows = db.execute("select account, subject, after from audit where action like 'arrangements.%'").fetchall()
    assert rows == [("cli", "1", '{"lines":[2,3]}')]


def test_a_refused_session_as_data(home: Home, typed: Typing) -> None:
    """Each line with its code; acknowledged, the lines are in the data."""
    grant(home, "pupils:\n  X9: {}\n")
    report = typed("session", "start", "--kind", "try", "--json").report
    assert [(error["code"], error["line"]) for error in report["errors"]] == [
        ("unknown_pupil", 2),
        ("not_acknowledged", None),
    ]
    data = typed("session", "start", "--kind", "try", "--acknowledge-unknown", "--json").data
    assert data["acknowledged_lines"] == [2]


@pytest.mark.parametrize("count", [100, 101])
def test_of_very_many_unknown_pupils_the_first_are_named_and_all_are_counted(
    home: Home, typed: Typing, count: int
) -> None:
    """By a session's start and by ``config check``, in words and as data; all are acknowledged together."""
    grant(home, "pupils:\n" + "".join(f"  X{number}: {{}}\n" for number in range(count)))
    more = [f"The first 100 of {count} lines are named."] if count > 100 else []
    assert typed("session", "start", "--kind", "official").err.splitlines()[100:-1] == more
    assert typed("config", "check").err.splitlines()[100:] == [f"Warning: {said}" for said in more]
    warnings = typed("config", "check", "--json").data["warnings"]
    assert [one["message"] for one in warnings[100:]] == more
    data = typed("session", "start", "--kind", "official", "--acknowledge-unknown", "--json").data
    assert len(data["acknowledged_lines"]) == count


def test_one_who_left_is_known(home: Home, typed: Typing) -> None:
    """A line about them is no slip of the pen."""
    grant(home, f"pupils:\n  {ONE}: {{arrangements: [ATA]}}\n")
    typed("pupils", "leave", ONE)
    assert typed("session", "start", "--kind", "official").code == 0


def test_a_pupil_named_by_upn_and_by_ref_is_a_mistake(home: Home, typed: Typing) -> None:
    """No acknowledgement helps: which of the two is meant, only staff can say."""
    with contextlib.closing(open_database(home)) as db:
        db.execute("update pupil set ref = 'R1' where id = 1")
    grant(home, f"pupils:\n  {ONE}: {{arrangements: [ATA]}}\n  r1: {{arrangements: [RON]}}\n")
    before = content(home)
    for command in (("session", "start", "--kind", "official", "--acknowledge-unknown"), ("config", "check")):
        refused = typed(*command)
        assert refused.code == 1
        assert f"{ARRANGEMENTS}:3: 'r1' is the same pupil as '{ONE}' on line 2, by UPN and by ref." in refused.err
    assert content(home) == before


def test_config_check_warns_of_unknown_pupils(home: Home, typed: Typing) -> None:
    """It is a warning: the file itself has no mistake."""
    grant(home, "pupils:\n  X9: {}\n")
    checked = typed("config", "check")
    assert (checked.code, checked.err.count("Warning: ")) == (0, 1)
    assert [one["line"] for one in typed("config", "check", "--json").data["warnings"]] == [2]


def test_config_check_needs_no_database(tmp_path: Path, home: Home, typed: Typing) -> None:
    """One that is not there, or cannot be read, is for other commands to tell."""
    grant(home, "pupils:\n  X9: {}\n")
    home.database.rename(tmp_path / "elsewhere.db")
    assert typed("config", "check", "--json").data["warnings"] == []
    home.database.write_bytes(b"no database" * 200)
    assert typed("config", "check").code == 0


# -- assistant


def add(typed: Typing, number: str = ONE, forename: str = "Zoë Mae", surname: str = "O\u2019Made-up 2", why: str = "x"):  # type: ignore[no-untyped-def]  # as typed
    """Name an assistant."""
    return typed("assistant", "add", number, "--forename", forename, "--surname", surname, "--why", why)


def test_an_assistant_is_named_after_the_check_and_taken_back(completed: Home, typed: Typing) -> None:
    """Listed with who named them, when and why; sealed both times; no name in the audit or the signed bytes."""
    assert add(typed, why="Her hand was in plaster.").out == (
        "(made-up pupils) The assistant of Testerly, Amy 1 is recorded.\n"
    )
    listed = typed("assistant", "list")
    assert listed.out.splitlines()[1] == (
        f"  Testerly, Amy 1 ({ONE}): Zoë Mae O'Made-up 2, named at the command line on 7 June 2027 at 10:00:"
        " Her hand was in plaster."
    )
    (one,) = typed("assistant", "list", "--json").data["assistants"]
    assert (one["pupil_id"], one["code"], one["forename"]) == (1, "later", "Zoë Mae")
    assert typed("assistant", "remove", ONE).code == 0
    assert typed("assistant", "list", "--json").data["assistants"] == []
    assert typed("assistant", "remove", ONE).err == (f"Testerly, Amy 1 ({ONE}) has no assistant that staff added.\n")
    with contextlib.closing(open_database(completed)) as db:
        audited = db.execute("select action, subject, before, after from audit where action like 'ass%'").fetchall()
        bodies = db.execute("select body, detail from inbox where type = 'assistant' order by at, record_id").fetchall()
    assert [row[:2] for row in audited] == [("assistant.added", "1"), ("assistant.removed", "1")]
    assert len(bodies) == 2
    for text in (json.dumps(audited), *(body.decode() for body, _ in bodies)):
        assert not any(name in text for name in ("Zo", "Made-up 2", "plaster"))
    assert sum("plaster" in detail for _, detail in bodies) == 1


def test_for_whom_no_assistant_can_be_named(completed: Home, typed: Typing) -> None:
    """Not complete; a reason; a second one; a restart that waits: and nothing is changed."""
    before = content(completed)
    assert add(typed, TWO).err == f"Testerly, Amy 2 ({TWO}) has not completed the check.\n"
    assert add(typed, "nobody").code == 1
    assert content(completed) == before
    add(typed)
    assert "already has an assistant for this check" in add(typed).err
    typed("assistant", "remove", ONE)
    assert add(typed).code == 0
    typed("restart", "give", ONE, "--reason", "ITI")
    assert "has a restart that is not used yet" in add(typed).err
    typed("reason", "set", "ANLLQ", ONE)
    assert "has a reason for not taking the check" in add(typed).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"forename": " "}, "First name is missing."),
        ({"surname": "x" * (LONGEST_NAME + 1)}, "Last name must have at most 128 characters."),
        (
            {"forename": "A_B", "surname": ""},
            "First name can have only letters, digits, spaces, hyphens and apostrophes",
        ),
        ({"surname": "B."}, "Last name can have only letters"),
        ({"why": "  "}, "Say why the assistant was not set up before, in at most 1000 characters."),
        ({"why": "x" * 1001}, "Say why the assistant was not set up before"),
    ],
)
def test_names_and_reasons_that_cannot_be(completed: Home, typed: Typing, words: dict[str, str], said: str) -> None:
    """Are refused in words that do not repeat them, and nothing is changed."""
    before = content(completed)
    refused = add(typed, **words)
    assert (refused.code, content(completed)) == (1, before)
    assert refused.err.startswith(said)
    assert not any(value in refused.err for value in words.values() if len(value) > 2)
