"""Access arrangements on pages: who has which, and a form for one pupil that writes the file."""

import contextlib
import re

import pytest

from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.office import arrangements
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.home.home import Home
from tests.console.desk import console_of, hidden
from tests.console.test_pupil_page import heading, press, strip, undo
from tests.office.acting import acting, write_arrangements
from tests.school.made_up import upn
from tests.store.a_school import ASchool

LIST, FORM = "/pupils/arrangements", "/pupils/1/arrangements"
OTHER = "/pupils/2/arrangements"
FILE = f"""# Notes.
school: {{typeface: atkinson}}
profiles:
  Reads: {{arrangements: [QNR]}}
pupils:
  {upn(2)}: Reads  # Bo
"""


@pytest.fixture
def home(home: Home) -> Home:
    """A home of two pupils."""
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
    return home


def written(home: Home) -> str:
    """What is in the file."""
    return (home.config_dir / ARRANGEMENTS).read_text(encoding="utf-8")


def shown(page: str) -> dict[str, str]:
    """What the form shows: its ticks and its choices."""
    ticks = re.findall(r'<input checked[^>]*name="(\w+)"', page)
    chosen = re.findall(r'<select[^>]*name="(\w+)">.*?<option selected value="([^"]*)"', page, re.DOTALL)
    return dict.fromkeys(ticks, "y") | dict(chosen)


def test_a_pupil_is_given_arrangements_and_the_change_is_undone(home: Home) -> None:
    """The file has them, with its notes; undone, the pupil has nothing again."""
    write_arrangements(home, FILE)
    visitor = console_of(home, Role.TEACHER)
    assert heading(visitor.get(FORM).text) == "Amy 1 Testerly has 1 thing set up"
    page = press(
        visitor, FORM, FORM, **{**shown(visitor.get(FORM).text), "ATA": "y", "colours": "BOP", "size": "choose"}
    )
    assert strip(page) == "Saved for Amy 1. It holds from the next time the pupil signs in."
    assert written(home) == FILE + f"  {upn(1)}:\n    arrangements: [ATA, FTS]\n    colours: BOP\n"
    assert {"ATA": "y", "colours": "BOP", "size": "choose", "typeface": "atkinson"}.items() <= shown(
        visitor.get(FORM).text
    ).items()
    page = undo(visitor, page)
    assert strip(page).startswith("Saved for Amy 1.")
    assert written(home) == FILE + f"  {upn(1)}: {{}}\n"


def test_what_is_saved_unchanged_changes_nothing(home: Home) -> None:
    """A form that was only opened and saved."""
    write_arrangements(home, FILE)
    visitor = console_of(home, Role.TEACHER)
    page = press(
        visitor, "/pupils/2/arrangements", "/pupils/2/arrangements", **shown(visitor.get("/pupils/2/arrangements").text)
    )
    assert strip(page) == "Nothing was changed for Amy 2."
    assert written(home) == FILE


def test_a_hand_edit_in_between_is_shown_and_not_overwritten(home: Home) -> None:
    """What was chosen is still in the form; saved once more, it holds."""
    write_arrangements(home, FILE)
    visitor = console_of(home, Role.TEACHER)
    form = {**hidden(visitor.get(FORM).text, FORM), "NBQ": "y", "typeface": "atkinson"}
    by_hand = FILE + f"  {upn(1)}: {{size: XXL}}  # by hand\n"
    write_arrangements(home, by_hand)
    answer = visitor.post(FORM, form)
    assert (answer.status_code, written(home)) == (422, by_hand)
    assert "The file says now" in answer.text
    assert "Text size: largest" in answer.text
    assert shown(answer.text)["NBQ"] == "y"
    again = visitor.post(FORM, {**hidden(answer.text, FORM), **shown(answer.text)})
    assert again.status_code == 303
    assert "NBQ" in written(home)
    assert "# by hand" in written(home)


def test_a_file_with_a_mistake_is_named_by_its_lines(home: Home) -> None:
    """On the form's own address; nothing can be saved, and the list says so, too."""
    write_arrangements(home, FILE)
    visitor = console_of(home, Role.TEACHER)
    form = hidden(visitor.get(FORM).text, FORM)
    wrong = FILE + "  R9: {size: XQ}\n  R8: {colours: BOX}\n"
    write_arrangements(home, wrong)
    for answer in (visitor.get(FORM), visitor.post(FORM, {**form, "ATA": "y"})):
        assert answer.status_code == 409
        assert f"{ARRANGEMENTS}:7: " in answer.text
        assert f"{ARRANGEMENTS}:8: " in answer.text
    assert written(home) == wrong
    assert visitor.get(LIST).status_code == 200


def test_values_that_no_form_offers_count_as_unchanged(home: Home) -> None:
    """A volume of 30 by hand stays; a text that is no choice is none."""
    write_arrangements(home, f"pupils:\n  {upn(1)}: {{volume_percent: 30, try_it_out_seconds: 12.5}}\n")
    visitor = console_of(home, Role.TEACHER)
    assert shown(visitor.get(FORM).text)["volume_percent"] == "30"
    press(visitor, FORM, FORM, RON="y", colours="<script>", volume_percent="9999999999", typeface="")
    assert "volume_percent: 30, try_it_out_seconds: 12.5, arrangements: [RON]" in written(home)


def test_sound_that_cannot_be_heard_is_refused_at_its_field(home: Home) -> None:
    """A volume of 0 that the file gives everybody."""
    write_arrangements(home, "school: {volume_percent: 0}\npupils:\n")
    visitor = console_of(home, Role.TEACHER)
    answer = visitor.send(FORM, {**shown(visitor.get(FORM).text), "QNR": "y"})
    assert answer.status_code == 422
    assert answer.text.count("cannot be heard at volume 0") == 2


def test_the_list_has_everybody_with_an_entry(home: Home) -> None:
    """With where it comes from; and a line of nobody's is named."""
    write_arrangements(home, FILE + "  X99: {}\n")
    visitor = console_of(home, Role.TEACHER)
    page = visitor.get(LIST).text
    assert heading(page) == "One pupil has something set up"
    assert "Audio version" in page
    assert "the set “Reads”" in page
    assert f"{ARRANGEMENTS}:7: " in page
    assert visitor.get(f"{LIST}?pupil=1").headers["Location"] == FORM
    assert visitor.get(f"{LIST}?pupil=x").status_code == 200
    assert "Change" not in console_of(home, Role.COVER).get(LIST).text
    assert "Choose what they need" in console_of(home, Role.SENCO).get(LIST).text


def test_that_nobody_needs_anything_is_kept(home: Home) -> None:
    """A button until it is settled."""
    visitor = console_of(home, Role.TEACHER)
    assert heading(visitor.get(LIST).text) == "Does any pupil need something in the check?"
    page = press(visitor, f"{LIST}/nobody", LIST)
    assert heading(page) == "No pupil has anything set up"
    assert "No pupil needs anything" not in page
    with acting(home) as office:
        assert arrangements.is_settled(office)
