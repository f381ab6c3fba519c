"""What pupils get in the check, and from which line of the file."""

import pytest

from mtc_kiosk.check.arrangements import Chosen, Code, Colours, Size
from mtc_kiosk.office.arrangement_words import choice_sentences, line, short
from mtc_kiosk.office.arrangements import of_pupil, of_school
from mtc_kiosk.office.which_pupil import NotOnePupil
from mtc_kiosk.store.home.home import Home
from tests.office.acting import ONE, THREE, TWO, acting, audited, write_arrangements
from tests.office.as_staff import TEACHER

FILE = f"""school:
  typeface: atkinson
profiles:
  Reads with help:
    arrangements: [QNR, NBQ]
pupils:
  {ONE}:
    profile: Reads with help
    arrangements: [ATA, CCT]
    size: XLG
  X9: {{}}
"""


def keep_choice(home: Home, colours: Colours, size: Size) -> None:
    """What the first pupil chose in a check."""
    with acting(home) as office:
        columns = ("id", "pupil_id", "kind", "form", "settings", "kiosk", "started_at")
        values = ("a1", 1, "try", "{}", "{}", "PC1", "2027-06-07T08:00:00.000Z")
        marks = ", ".join("?" * len(columns))
        office.db.execute(f"insert into attempt ({', '.join(columns)}) values ({marks})", values)
        office.db.execute(
            "insert into preference (pupil_id, attempt_id, at, colours, size) values (1, 'a1', ?, ?, ?)",
            ("2027-06-07T08:00:00.000Z", colours, size),
        )


def test_what_a_pupil_gets_and_why(home: Home) -> None:
    """Each thing with its line; and in a teacher's words."""
    write_arrangements(home, FILE)
    with acting(home, TEACHER) as office:
        found = of_pupil(office, ONE.lower())
    assert found.granted.codes == (Code.ATA, Code.QNR, Code.CCT, Code.FTS, Code.NBQ)
    assert [(each.what, each.line, str(each.source)) for each in found.sources] == [
        ("ATA", 9, "pupil"),
        ("QNR", 5, "profile"),
        ("NBQ", 5, "profile"),
        ("colours", 9, "pupil"),
        ("size", 10, "pupil"),
        ("typeface", 2, "school"),
    ]
    assert line(found.sources[1]) == "Audio version (QNR)  (access_arrangements.yaml:5, profile Reads with help)"
    assert line(found.sources[4]).startswith("Text size (FTS): very large, XLG  (")
    assert short(found.sources) == "ATA, QNR, NBQ, colours choose, size XLG, typeface atkinson"
    assert list(choice_sentences(found)) == ["Last choice of colours: none yet"]


def test_a_last_choice_is_only_of_what_the_pupil_may_choose(home: Home) -> None:
    """A size that staff have fixed is not the pupil's choice, whatever they chose before."""
    keep_choice(home, Colours.BOP, Size.XXL)
    write_arrangements(home, FILE)
    with acting(home) as office:
        found = of_pupil(office, ONE)
        assert found.last_choice == Chosen(Colours.BOP, None)
        assert list(choice_sentences(found)) == ["Last choice of colours: black on peach"]
    write_arrangements(home, f"pupils:\n  {ONE}: {{arrangements: [FTS]}}\n")
    with acting(home) as office:
        found = of_pupil(office, ONE)
        assert found.last_choice == Chosen(None, Size.XXL)
        assert list(choice_sentences(found)) == ["Last choice of size: largest"]


def test_a_pupil_without_an_entry_gets_what_everybody_gets(home: Home) -> None:
    """One who is on no register gets nothing: that is a refusal."""
    write_arrangements(home, FILE)
    with acting(home) as office:
        assert [each.what for each in of_pupil(office, THREE).sources] == ["typeface"]
        with pytest.raises(NotOnePupil):
            of_pupil(office, "X9")


def test_who_gets_what_and_what_to_look_at(home: Home) -> None:
    """Only those with an entry who are still here; stray files come first. Looking changes nothing."""
    write_arrangements(home, f"{FILE}  {TWO}: Reads with help\n")
    (home.config_dir / "kiosk (1).yaml").write_text("", encoding="utf-8")
    with acting(home) as office:
        office.db.execute("update pupil set left_at = '2027-06-01T08:00:00.000Z' where id = 2")
        found = of_school(office)
        assert [each.pupil.upn for each in found.pupils] == [ONE]
        assert found.pupils[0].sources == of_pupil(office, ONE).sources
        assert short(found.everybody) == "typeface atkinson"
        assert [(each.code, each.line) for each in found.warnings] == [("stray_file", None), ("unknown_pupil", 11)]
        assert audited(office) == []
