"""The register on its pages: looked up, added to, changed by two at once, and left."""

import html
import re

import pytest
from werkzeug.test import TestResponse

from mtc_kiosk.office.pupils import listed
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.staff import Role, Staff
from mtc_kiosk.store.home.home import Home
from tests.console.desk import Visitor, console_of, hidden
from tests.office.acting import acting, audited, under_the_national_scheme
from tests.school.made_up import upn

ANN = {
    "surname": "Testerly",
    "forename": "Ann",
    "date_of_birth": "14/03/2018",
    "sex": "F",
    "ref": "12",
    "group_name": "4A",
}


def pupils(home: Home) -> list[Pupil]:
    """Everybody on the register, those who have left too."""
    with acting(home) as office:
        return list(listed(office, with_left=True))


def add(visitor: Visitor, **others: str) -> TestResponse:
    """Add Ann, or one like her."""
    return visitor.send("/pupils/add", {**ANN, **others})


def heading(answer: TestResponse) -> str:
    """The heading of a page."""
    found = re.search(r"<h1>(.*?)</h1>", answer.text, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def shown(answer: TestResponse) -> list[str]:
    """The pupils in the table, in its order."""
    return re.findall(r'<th scope="row"><a href="/pupils/\d+"><b>(.*?)</b>', answer.text)


def test_an_empty_register_says_what_will_be_here(home: Home) -> None:
    """With the way to it, and no empty table."""
    page = console_of(home).get("/pupils")
    assert heading(page) == "No pupil is on the register yet"
    assert "<table" not in page.text
    assert 'href="/pupils/upload"' in page.text


def test_a_pupil_is_added_and_the_row_marked(home: Home) -> None:
    """By who was signed in; the address names nobody."""
    visitor = console_of(home)
    answer = add(visitor)
    (ann,) = pupils(home)
    assert answer.headers["Location"] == f"/pupils?changed={ann.id}#p{ann.id}"
    page = visitor.get(answer.headers["Location"]).text
    assert "Testerly, Ann is on the register." in page
    assert f'<tr id="p{ann.id}" class="new">' in page
    with acting(home) as office:
        assert audited(office) == [("a.adeyemi", "pupil.added", str(ann.id))]


def test_each_mistake_is_at_its_field_and_on_top_and_what_was_typed_stays(home: Home) -> None:
    """With status 422, and nothing saved."""
    visitor = console_of(home)
    answer = add(
        visitor, surname="", forename="An?n", date_of_birth="31/02/2018", sex="X", upn="A12", group_name="x" * 36
    )
    assert answer.status_code == 422
    for field in ("surname", "forename", "date_of_birth", "sex", "upn", "group_name"):
        assert f'id="{field}-err"' in answer.text, field
        assert f'href="#{field}"' in answer.text, field
    assert 'value="An?n"' in answer.text
    assert pupils(home) == []


def test_a_number_that_another_pupil_has_is_a_mistake_at_the_number(home: Home) -> None:
    """Of somebody who has left, too."""
    visitor = console_of(home)
    add(visitor, upn=upn(5))
    for taken, field in (({"upn": upn(5), "ref": ""}, "upn"), ({"ref": "12"}, "ref"), ({"ref": "0012"}, "ref")):
        answer = add(visitor, **taken)
        assert answer.status_code == 422
        assert f'id="{field}-err"' in answer.text


def test_a_double_click_adds_one_pupil(home: Home) -> None:
    """The second is answered with the first one's redirect."""
    visitor = console_of(home)
    form = {**hidden(visitor.get("/pupils/add").text, "/pupils/add"), **ANN}
    assert {visitor.post("/pupils/add", form).status_code for _ in range(3)} == {303}
    assert len(pupils(home)) == 1


def test_an_edit_changes_what_was_typed(home: Home) -> None:
    """An alias and a group; nothing else."""
    visitor = console_of(home)
    add(visitor)
    (ann,) = pupils(home)
    page = f"/pupils/{ann.id}/edit"
    assert 'value="14/03/2018"' in visitor.get(page).text
    visitor.send(page, {**ANN, "alias_forename": "Annie", "group_name": "4B"})
    assert "Changed for Testerly, Ann: first name also known as and group." in visitor.get("/pupils").text
    (now,) = pupils(home)
    assert (now.called, now.group_name, now.ref) == ("Annie", "4B", "12")
    visitor.send(page, {**ANN, "alias_forename": "Annie", "group_name": "4B"})
    assert "Nothing was different." in visitor.get("/pupils").text


def test_the_second_teacher_is_told_and_sees_both(home: Home) -> None:
    """Nothing is overwritten until they press the button again, having seen it."""
    visitor = console_of(home)
    add(visitor)
    (ann,) = pupils(home)
    page = f"/pupils/{ann.id}/edit"
    second = hidden(visitor.get(page).text, page)
    visitor.send(page, {**ANN, "forename": "Anna"})
    answer = visitor.post(page, {**second, **ANN, "forename": "Anja"})
    assert (answer.status_code, heading(answer)) == (409, "Somebody else has changed Anna meanwhile")
    assert "<td>Anna</td><td>Anja</td>" in answer.text
    assert 'value="Anja"' in answer.text
    assert [pupil.forename for pupil in pupils(home)] == ["Anna"]
    again = visitor.post(page, {**hidden(answer.text, page), **ANN, "forename": "Anja"})
    assert again.status_code == 303
    assert [pupil.forename for pupil in pupils(home)] == ["Anja"]


def test_a_form_without_its_version_overwrites_nothing(home: Home) -> None:
    """A page that was not made from anything cannot be up to date."""
    visitor = console_of(home)
    add(visitor)
    (ann,) = pupils(home)
    page = f"/pupils/{ann.id}/edit"
    form = hidden(visitor.get(page).text, page)
    assert visitor.post(page, {**form, **ANN, "forename": "Eve", "version": ""}).status_code == 409


def test_a_pupil_leaves_and_comes_back(home: Home) -> None:
    """On a page of its own, with the day, and an undo on the strip."""
    visitor = console_of(home)
    add(visitor)
    (ann,) = pupils(home)
    page = f"/pupils/{ann.id}/leave"
    assert heading(visitor.get(page)) == "Has Ann Testerly left the school?"
    for day in ("tomorrow", "08/06/2027"):
        answer = visitor.send(page, {"day": day})
        assert (answer.status_code, 'id="day-err"' in answer.text) == (422, True)
    visitor.send(page, {"day": "01/06/2027"})
    register = visitor.get("/pupils")
    assert "Testerly, Ann is marked as having left." in register.text
    assert [pupil.left_at for pupil in pupils(home)] == ["2027-05-31T23:00:00.000Z"]
    assert shown(visitor.get("/pupils?left=1")) == ["Testerly"]
    undo = f"/pupils/{ann.id}/back"
    assert visitor.post(undo, hidden(register.text, undo)).status_code == 303
    assert [pupil.left_at for pupil in pupils(home)] == [None]


def test_somebody_who_left_is_brought_back_from_their_page(home: Home) -> None:
    """Where the strip with its undo is gone."""
    visitor = console_of(home)
    add(visitor)
    (ann,) = pupils(home)
    visitor.send(f"/pupils/{ann.id}/leave", {"day": ""})
    visitor.get("/pupils")
    page = visitor.get(f"/pupils/{ann.id}/leave")
    assert heading(page) == "Is Ann Testerly back?"
    visitor.send(f"/pupils/{ann.id}/leave", {}, to=f"/pupils/{ann.id}/back")
    assert heading(visitor.get("/pupils")) == "One pupil is on the register"


def test_the_register_is_searched_filtered_and_sorted_by_its_address(home: Home) -> None:
    """A form and links, which work without a script; the order is said to everybody."""
    visitor = console_of(home)
    for surname, ref, group in (("Abel", "3", "4B"), ("Łoś", "2", "4A"), ("Moss", "1", "4A")):
        add(visitor, surname=surname, ref=ref, group_name=group, forename=f"Kim{ref}")
    assert shown(visitor.get("/pupils")) == ["Abel", "Łoś", "Moss"]
    assert shown(visitor.get("/pupils?q=los")) == ["Łoś"]
    assert shown(visitor.get("/pupils?q=kim1")) == ["Moss"]
    assert shown(visitor.get("/pupils?group=4A")) == ["Łoś", "Moss"]
    page = visitor.get("/pupils?group=4A&order=ref")
    assert shown(page) == ["Moss", "Łoś"]
    assert re.findall(r'aria-sort="(\w+)"', page.text) == ["ascending"]
    link = html.unescape(re.findall(r'href="([^"]*order=ref[^"]*)"', page.text)[0])
    turned = visitor.get(link)
    assert (shown(turned), re.findall(r'aria-sort="(\w+)"', turned.text)) == (["Łoś", "Moss"], ["descending"])
    nobody = visitor.get("/pupils?q=zzz")
    assert (heading(nobody), "<table" in nobody.text) == ("No pupils found", False)
    assert visitor.get("/pupils?order=anything&changed=x").status_code == 200


def test_namesakes_have_their_birthdays_and_links_of_their_own(home: Home) -> None:
    """Also for somebody who hears the page."""
    visitor = console_of(home)
    add(visitor, forename="Jo", ref="1")
    add(visitor, forename="Jo", ref="2", date_of_birth="02/04/2018")
    page = visitor.get("/pupils").text
    assert "born 14 March 2018" in page
    assert 'aria-label="Change Jo Testerly, born 2 April 2018"' in page


def test_what_is_typed_is_shown_as_text(home: Home) -> None:
    """Never as part of the page."""
    visitor = console_of(home)
    add(visitor)
    page = visitor.get("/pupils?q=%3Cscript%3E%22x")
    assert "<script>" not in page.text
    assert "&lt;script&gt;&#34;x" in page.text


def test_a_teacher_of_some_groups_sees_no_other_pupil(home: Home) -> None:
    """Their pages are not there for them."""
    head = console_of(home)
    add(head)
    add(head, ref="13", group_name="4B", surname="Other")
    other = next(pupil for pupil in pupils(home) if pupil.group_name == "4B")
    teacher = console_of(home, staff=Staff("t.own", frozenset({Role.TEACHER}), frozenset({"4A"})))
    assert shown(teacher.get("/pupils")) == ["Testerly"]
    for page in ("edit", "leave"):
        assert teacher.get(f"/pupils/{other.id}/{page}").status_code == 404
    answer = teacher.send("/pupils/add", {**ANN, "ref": "14", "group_name": "4B"})
    assert (answer.status_code, 'id="group_name-err"' in answer.text) == (422, True)


def test_a_senco_looks_and_changes_nothing(home: Home) -> None:
    """The register is drawn without what they may not do."""
    add(console_of(home))
    senco = console_of(home, Role.SENCO)
    page = senco.get("/pupils").text
    assert "Testerly" in page
    assert "/edit" not in page
    assert "/pupils/upload" not in page
    assert [senco.get(url).status_code for url in ("/pupils/add", "/pupils/1/edit", "/pupils/upload")] == [403] * 3


def test_a_refusal_of_the_rules_is_on_the_form(home: Home) -> None:
    """The register is closed: what was typed is still there."""
    under_the_national_scheme(home)
    answer = add(console_of(home, at="2027-02-01T09:00:00Z"), upn=upn(1), ref="")
    assert answer.status_code == 422
    assert "The register opens on 1 March 2027" in answer.text
    assert 'value="Testerly"' in answer.text


@pytest.mark.parametrize("url", ["/pupils/999/edit", "/pupils/999/leave"])
def test_a_pupil_who_is_not_there_is_no_page(home: Home, url: str) -> None:
    """And no fault."""
    assert console_of(home).get(url).status_code == 404
