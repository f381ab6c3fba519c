"""Groups on their pages: made, renamed, filled and emptied; undone; and safe in two tabs."""

import re

from werkzeug.test import TestResponse

from mtc_kiosk.office.groups import all_groups
from mtc_kiosk.store.home.home import Home
from tests.console.desk import Visitor, console_of, hidden
from tests.console.test_register_pages import ANN, heading
from tests.office.acting import acting

EDIT = "/pupils/groups/edit?group=4A"


def filled(home: Home) -> Visitor:
    """A console with three pupils: two in 4A, one in none."""
    visitor = console_of(home)
    for ref, group in (("1", "4A"), ("2", "4A"), ("3", "")):
        visitor.send("/pupils/add", {**ANN, "ref": ref, "group_name": group, "forename": f"Kim{ref}"})
    return visitor


def members(home: Home) -> dict[str, list[str]]:
    """The forenames in each group; "" for those in none."""
    with acting(home) as office:
        found = all_groups(office)
    named = {name: [pupil.forename for pupil in those] for name, those in found.members.items()}
    return {"": [pupil.forename for pupil in found.in_none], **named}


def ids(page: TestResponse) -> dict[str, str]:
    """The value of each pupil's box by forename."""
    found = re.findall(r'name="pupils" value="(\d+)"[^>]*> <span>Testerly, (\w+)', page.text)
    return {name: value for value, name in found}


def press(visitor: Visitor, page: str, do: str, **form: object) -> TestResponse:
    """Press the button of one of the page's forms."""
    shown = visitor.get(page)
    fields = {**hidden(shown.text, page), **form, "do": do}
    return visitor.post(page, fields)


def test_no_pupil_no_groups(home: Home) -> None:
    """The way to some is on the page."""
    page = console_of(home).get("/pupils/groups")
    assert heading(page) == "No pupil is on the register yet"
    assert "<table" not in page.text


def test_a_group_is_made_of_ticked_pupils(home: Home) -> None:
    """One who was in another leaves that one; the strip can undo it."""
    visitor = filled(home)
    assert heading(visitor.get("/pupils/groups")) == "One group, and one pupil in none"
    page = visitor.get("/pupils/groups/new")
    kims = ids(page)
    answer = visitor.post(
        "/pupils/groups/new",
        {**hidden(page.text, "/pupils/groups/new"), "name": " Oak ", "pupils": [kims["Kim1"], kims["Kim3"]]},
    )
    assert answer.headers["Location"] == "/pupils/groups"
    assert members(home) == {"": [], "4A": ["Kim2"], "Oak": ["Kim1", "Kim3"]}
    groups = visitor.get("/pupils/groups")
    assert "Group Oak has 2 pupils." in groups.text
    visitor.post("/pupils/groups/back", hidden(groups.text, "/pupils/groups/back"))
    assert members(home) == {"": ["Kim3"], "4A": ["Kim1", "Kim2"]}


def test_mistakes_are_at_their_field_and_ticks_stay(home: Home) -> None:
    """An empty name, one that is taken, nobody ticked."""
    visitor = filled(home)
    page = visitor.get("/pupils/groups/new")
    kims = ids(page)
    for name, said in (("", "Write a name"), ("4a", "There is a group 4A already"), ("x" * 36, "at most 35")):
        form = {**hidden(page.text, "/pupils/groups/new"), "name": name, "pupils": kims["Kim3"]}
        answer = visitor.post("/pupils/groups/new", form)
        assert (answer.status_code, 'id="name-err"' in answer.text) == (422, True)
        assert said in answer.text
        assert f'value="{kims["Kim3"]}" checked' in answer.text
    nobody = visitor.send("/pupils/groups/new", {"name": "Oak"})
    assert (nobody.status_code, "Choose at least one pupil" in nobody.text) == (422, True)
    assert 'value="Oak"' in nobody.text


def test_pupils_are_moved_in_and_out_and_the_group_renamed(home: Home) -> None:
    """Each by its own button."""
    visitor = filled(home)
    kims = ids(visitor.get(EDIT))
    press(visitor, EDIT, "in", pupils=kims["Kim3"])
    assert members(home) == {"": [], "4A": ["Kim1", "Kim2", "Kim3"]}
    press(visitor, EDIT, "out", pupils=[kims["Kim1"], kims["Kim2"]])
    assert members(home) == {"": ["Kim1", "Kim2"], "4A": ["Kim3"]}
    press(visitor, EDIT, "rename", name="Year 4 Ash")
    assert members(home) == {"": ["Kim1", "Kim2"], "Year 4 Ash": ["Kim3"]}
    assert visitor.get(EDIT).headers["Location"] == "/pupils/groups"
    assert "There is no such group now" in visitor.get("/pupils/groups").text


def test_the_second_of_two_tabs_moves_nobody_and_says_so(home: Home) -> None:
    """Ticks stay; pressed again, having seen it, it is done."""
    visitor = filled(home)
    shown = visitor.get(EDIT)
    kims = ids(shown)
    old = {**hidden(shown.text, EDIT), "do": "in", "pupils": kims["Kim3"]}
    press(visitor, EDIT, "out", pupils=kims["Kim1"])
    answer = visitor.post(EDIT, old)
    assert answer.status_code == 409
    assert "Somebody has changed the groups since you opened this page. Nothing was moved." in answer.text
    assert f'value="{kims["Kim3"]}" checked' in answer.text
    assert members(home) == {"": ["Kim1", "Kim3"], "4A": ["Kim2"]}
    assert visitor.post(EDIT, {**hidden(answer.text, EDIT), "do": "in", "pupils": kims["Kim3"]}).status_code == 303


def test_an_undo_that_is_no_longer_so_moves_nobody(home: Home) -> None:
    """Nor does one with anything else in it."""
    visitor = filled(home)
    kims = ids(visitor.get(EDIT))
    press(visitor, EDIT, "in", pupils=kims["Kim3"])
    page = visitor.get("/pupils/groups").text
    undo = hidden(page, "/pupils/groups/back")
    press(visitor, EDIT, "out", pupils=kims["Kim3"])
    assert visitor.post("/pupils/groups/back", undo).status_code == 409
    for odd in ("", "x y", "999999 4A", "999999", "\n\n", f"{kims['Kim1']} {'x' * 40}"):
        answer = visitor.post("/pupils/groups/back", {**undo, "was": odd, "once": f"o{odd}"})
        assert answer.status_code in (303, 409)
    assert members(home) == {"": ["Kim3"], "4A": ["Kim1", "Kim2"]}
