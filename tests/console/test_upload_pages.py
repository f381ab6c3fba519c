"""A class list on its pages: given, looked through, put right, saved all or nothing, and taken back."""

import html
import io
import re
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from mtc_kiosk.console.uploads import KEPT_FOR, LARGEST_UPLOAD, MOST_UPLOADS
from mtc_kiosk.office.pupils import listed
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from tests.check.profile import QUICK
from tests.console.desk import HOST, Visitor, console_of, hidden
from tests.console.staff_desk import Staffroom, press, sign_in
from tests.office.acting import acting, audited, under_the_national_scheme
from tests.school.made_up import AMY, BO, CY, HEADINGS, upn

LISTS = Path(__file__).parent.parent / "class_list"
WRONG_BO = BO.replace("02/09", "31/09")
START = "/pupils/upload"


def written(*lines: str) -> str:
    """A list of these lines."""
    return "\r\n".join((*lines, ""))


def give_file(visitor: Visitor, content: bytes, name: str = "4A.csv", **also: str) -> TestResponse:
    """Choose a file and send the form."""
    return post_file(visitor, {**hidden(visitor.get(START).text, START), **also}, content, name)


def post_file(visitor: Visitor, fields: Mapping[str, str], content: bytes, name: str = "4A.csv") -> TestResponse:
    """Send the form with a file as a browser does; Werkzeug's own client would write a large one to the disk."""
    edge = "----edge-of-a-part"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}' for key, text in fields.items()]
    quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n\r\n')
    head = "\r\n".join(parts).encode("utf-8", "replace")
    body = b"".join((head, content, f"\r\n--{edge}--\r\n".encode()))
    kind = f"multipart/form-data; boundary={edge}"
    return visitor.client.post(START, data=body, base_url=f"http://{HOST}", content_type=kind)


def paste(visitor: Visitor, *lines: str) -> str:
    """Paste a list; the address of its preview."""
    answer = visitor.send(START, {"text": written(*lines)})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def send(visitor: Visitor, page: str, **form: object) -> TestResponse:
    """The preview's form with what is on it and what is typed; names of cells have ``_`` for ``-``."""
    shown = visitor.get(page).text
    named = {name.replace("_", "-") if name.startswith("c_") else name: value for name, value in form.items()}
    lines = re.findall(r'<input type="hidden" name="line" value="(\d+)">', shown)
    ticked = dict(re.findall(r'<input type="checkbox" name="(\w+)" value="(\w+)" checked>', shown))
    return visitor.post(page, {**hidden(shown, page), "line": lines, **ticked, **named})


def heading(answer: TestResponse) -> str:
    """The heading of a page."""
    found = re.search(r"<h1>(.*?)</h1>", answer.text, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def names(home: Home) -> list[str]:
    """Who is on the register."""
    with acting(home) as office:
        return [pupil.forename for pupil in listed(office)]


def test_a_list_is_looked_through_put_right_and_saved(home: Home) -> None:
    """The whole way: one wrong cell, checked again, saved, with one audit row a pupil by who saved it."""
    visitor = console_of(home)
    page = paste(visitor, HEADINGS, AMY, WRONG_BO)
    shown = visitor.get(page)
    assert heading(shown) == "Correct one row, then two pupils can be saved"
    assert 'name="c-3-3" value="31/09/2017"' in shown.text
    assert "Date of birth is not in the calendar" in shown.text
    again = send(visitor, page, do="check", c_3_3="32/09/2017")
    assert (again.status_code, 'value="32/09/2017"' in again.text) == (422, True)
    assert send(visitor, page, do="check", c_3_3="02/09/2017").headers["Location"] == page
    assert heading(visitor.get(page)) == "Two pupils can be saved"
    assert names(home) == []
    assert send(visitor, page, do="save").headers["Location"] == "/pupils"
    register = visitor.get("/pupils")
    assert "The list is saved: 2 new." in register.text
    assert heading(register) == "Two pupils are on the register"
    with acting(home) as office:
        assert [row[:2] for row in audited(office)] == [("a.adeyemi", "pupil.added")] * 2


def test_saving_with_a_mistake_saves_nobody(home: Home) -> None:
    """Not even the rows that are right, whatever the form says."""
    visitor = console_of(home)
    page = paste(visitor, HEADINGS, AMY, WRONG_BO)
    assert send(visitor, page, do="save").status_code == 409
    assert names(home) == []


def test_the_undo_of_the_strip_takes_a_list_back(home: Home) -> None:
    """Those it added are marked as having left; pressed twice it does it once."""
    visitor = console_of(home)
    send(visitor, paste(visitor, HEADINGS, AMY, BO), do="save")
    register = visitor.get("/pupils").text
    (undo,) = re.findall(r'action="(/pupils/upload/[^"]+/undo)"', register)
    form = hidden(register, undo)
    first = visitor.post(undo, form)
    assert (first.status_code, first.headers["Location"]) == (303, "/pupils")
    assert "2 pupils marked as having left" in visitor.get("/pupils?left=1").text
    assert names(home) == []
    assert visitor.post(undo, form).status_code == 303
    assert visitor.post(undo, {**form, "once": "another"}).status_code == 303
    assert "can no longer be undone here" in visitor.get("/pupils").text


def test_a_second_press_on_save_saves_once(home: Home) -> None:
    """And so does the back button with another press."""
    visitor = console_of(home)
    page = paste(visitor, HEADINGS, AMY)
    form = {**hidden(visitor.get(page).text, page), "do": "save"}
    assert [visitor.post(page, form).headers["Location"] for _ in range(2)] == ["/pupils", "/pupils"]
    with acting(home) as office:
        assert len(audited(office)) == 1
    assert visitor.get(page).headers["Location"] == "/pupils"
    assert visitor.post(page, {**form, "once": "new"}).headers["Location"] == START


def test_a_list_that_changed_in_another_tab_is_looked_at_once_more(home: Home) -> None:
    """What this tab shows is not what would be saved."""
    visitor = console_of(home)
    page = paste(visitor, HEADINGS, AMY, BO)
    old = {**hidden(visitor.get(page).text, page), "do": "save"}
    assert send(visitor, page, do="check", c_2_1="Amanda").status_code == 303
    answer = visitor.post(page, old)
    assert answer.status_code == 409
    assert "Nothing was saved. Look at it once more." in answer.text
    assert names(home) == []


def test_a_register_that_changed_meanwhile_is_looked_at_once_more(home: Home) -> None:
    """Another teacher has added one of the pupils."""
    visitor = console_of(home)
    page = paste(visitor, HEADINGS, AMY)
    old = {**hidden(visitor.get(page).text, page), "do": "save"}
    other = paste(visitor, HEADINGS, AMY.replace("Amy", "Amanda"))
    send(visitor, other, do="save")
    assert visitor.post(page, old).status_code == 409
    assert "Forename: Amanda becomes Amy." in visitor.get(page).text
    assert names(home) == ["Amanda"]


def test_any_row_can_be_typed_in(home: Home) -> None:
    """Also one that is not wrong, such as a name that was misspelt in the file."""
    visitor = console_of(home)
    page = paste(visitor, HEADINGS, AMY, BO)
    assert 'name="c-2-1"' not in visitor.get(page).text
    assert 'name="c-2-1" value="Amy"' in visitor.get(f"{page}?open=2").text
    send(visitor, page, do="check", c_2_1="Amélie")
    send(visitor, page, do="save")
    assert names(home) == ["Bo-Lin", "Amélie"]


def test_a_row_is_left_out_and_put_back(home: Home) -> None:
    """A total below the list is no pupil."""
    visitor = console_of(home)
    page = paste(visitor, HEADINGS, AMY, "1 pupil,,,,,")
    assert send(visitor, page, do="check", out="3").status_code == 303
    shown = visitor.get(page)
    assert heading(shown) == "One pupil can be saved"
    assert "Rows left out" in shown.text
    form = {**hidden(shown.text, page), "line": "3", "do": "check"}
    assert visitor.post(page, form).status_code == 422


def test_names_that_look_wrong_are_read_in_another_way(home: Home) -> None:
    """The three with the most accents are shown; nothing typed is lost."""
    visitor = console_of(home)
    polish = written(HEADINGS, CY.replace("Samplé", "Łoś"), WRONG_BO).encode("cp1250")
    page = give_file(visitor, polish).headers["Location"]
    first = visitor.get(page).text
    assert "Do these names look right?" in first
    assert "£oœ" in first
    assert "Windows, western Europe (as now)" in first
    send(visitor, page, do="check", encoding="windows-1250", c_3_3="02/09/2017")
    again = visitor.get(page).text
    assert "Cy Łoś" in again
    assert 'value="02/09/2017"' in again


def test_columns_that_are_not_understood_are_chosen(home: Home) -> None:
    """What is in them is guessed; a list without headings keeps its first pupil."""
    visitor = console_of(home)
    page = paste(visitor, "Nachname,Vorname,Geb,G,Nr", f"Testerly,Amy,14/03/2018,F,{upn(1)}")
    shown = visitor.get(page)
    assert heading(shown) == "Say which column is which"
    assert "--map" not in shown.text
    chosen = re.findall(r'id="(col-\d)".*?<option value="([a-z_]+)" selected>', shown.text)
    assert chosen == [("col-2", "date_of_birth"), ("col-3", "sex"), ("col-4", "upn")]
    form = {**dict(chosen), "col-0": "surname", "col-1": "forename"}
    assert send(visitor, page, do="check", **form).status_code == 303
    assert heading(visitor.get(page)) == "One pupil can be saved"
    bare = paste(visitor, AMY, BO)
    fields = ("surname", "forename", "middle_names", "date_of_birth", "sex", "upn")
    form = {f"col-{place}": field for place, field in enumerate(fields)}
    assert send(visitor, bare, do="check", headings_at="0", **form).status_code == 303
    assert heading(visitor.get(bare)) == "Two pupils can be saved"


def test_pupils_without_numbers_can_be_given_refs(home: Home) -> None:
    """A choice on the page, and none under the national scheme."""
    visitor = console_of(home)
    page = paste(visitor, "Surname,Forename,Date of birth,Sex", "Testerly,Amy,14/03/2018,F")
    assert "Give a pupil ref to each pupil without a number" in visitor.get(page).text
    send(visitor, page, do="check", number="1", **{"number-on-page": "1"})
    assert "given when saved" in visitor.get(page).text
    send(visitor, page, do="save")
    assert "1 pupil got a pupil ref." in visitor.get("/pupils").text
    under_the_national_scheme(home)
    national = console_of(home)
    page = paste(national, "Surname,Forename,Date of birth,Sex", "Testerly,Amy,14/03/2018,F")
    assert "Give a pupil ref" not in national.get(page).text


def test_hidden_rows_and_sheets_are_chosen_on_the_page(home: Home) -> None:
    """Each as a choice; the sentence names no option of the command line."""
    visitor = console_of(home)
    content = (LISTS / "workbooks" / "hidden_row.xlsx").read_bytes()
    page = give_file(visitor, content, "c.xlsx").headers["Location"]
    shown = visitor.get(page)
    assert heading(shown) == "Say what is meant, then the list can be read"
    assert "--hidden" not in shown.text
    send(visitor, page, do="check", hidden="skip")
    assert "can be saved" in heading(visitor.get(page))


def test_another_sheet_is_chosen_by_its_title(home: Home) -> None:
    """Whatever spaces are in it; what was typed in the first is not taken for cells of the second."""
    workbook = openpyxl.Workbook()
    for title, pupil in (("4A", AMY), (" 4B  old ", BO)):
        sheet = workbook.create_sheet(title)
        for line in (HEADINGS, pupil):
            sheet.append(line.split(","))
    del workbook["Sheet"]
    content = io.BytesIO()
    workbook.save(content)
    visitor = console_of(home)
    page = give_file(visitor, content.getvalue(), "c.xlsx").headers["Location"]
    assert "You can choose another below." in visitor.get(page).text
    send(visitor, page, do="check", c_2_1="Amanda")
    send(visitor, page, do="check", sheet=" 4B  old ")
    shown = visitor.get(page).text
    assert '<option value=" 4B  old " selected>' in shown
    assert "Amanda" not in shown
    assert "Bo-Lin" in shown


def test_a_pupil_who_changes_comes_back_or_is_named_twice_is_shown_so(home: Home) -> None:
    """Before anything is saved."""
    visitor = console_of(home)
    send(visitor, paste(visitor, f"{HEADINGS},Group", f"{AMY},3A", f"{BO},3A"), do="save")
    with acting(home) as office:
        ids = {pupil.forename: pupil.id for pupil in listed(office)}
    visitor.send(f"/pupils/{ids['Bo-Lin']}/leave", {"day": ""})
    twin = AMY.replace("G201100120001", upn(9))
    text = visitor.get(paste(visitor, f"{HEADINGS},Group", f"{AMY},4A", f"{BO},3A", f"{twin},4A")).text
    assert "Group: 3A becomes 4A." in text
    assert "Has left; comes back." in text
    assert "Line 2 has the same names and date of birth" in text
    assert "Look at 3" in text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7 ...", "list.csv", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n0000", "list.xlsx", "This is a picture"),
        (b"PK\x03\x04cut off", "list.xlsx", "The file is damaged"),
        (b'Surname,Forename\r\n"Test', "list.csv", "quotation mark"),
        (b"\r\n\r\n", "list.csv", "The file is empty"),
        (b"<html><table>", "list.xls", "This is a web page"),
    ],
)
def test_a_file_of_the_wrong_kind_is_named_for_what_it_is(home: Home, content: bytes, name: str, said: str) -> None:
    """On the list's page, with the way to another file."""
    visitor = console_of(home)
    page = give_file(visitor, content, name).headers["Location"]
    shown = visitor.get(page)
    assert (shown.status_code, heading(shown)) == (200, "This list cannot be read")
    assert said in html.unescape(shown.text)
    assert "Nothing was saved." in shown.text
    assert "Choose another file" in shown.text
    assert visitor.post(page, {**hidden(shown.text, page), "do": "save"}).status_code == 409
    assert names(home) == []


def test_a_workbook_that_unpacks_to_far_more_is_refused(home: Home) -> None:
    """Before it is unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 70_000_000)
    visitor = console_of(home)
    answer = give_file(visitor, packed.getvalue(), "bomb.xlsx")
    assert "The workbook is too large" in visitor.get(answer.headers["Location"]).text


@pytest.mark.parametrize("form", [{}, {"text": " \n "}])
def test_neither_a_file_nor_a_list_is_a_mistake_at_the_field(home: Home, form: dict[str, str]) -> None:
    """The page stays usable."""
    answer = console_of(home).send(START, form)
    assert answer.status_code == 422
    assert "Choose a file, or paste the list below" in answer.text


@pytest.mark.parametrize("size", [LARGEST_UPLOAD + 1, LARGEST_UPLOAD + 2_000_000])
def test_a_file_that_is_too_large_is_answered_with_the_limit_on_the_page(home: Home, size: int) -> None:
    """Whether the request itself is refused or only its file; another can be chosen at once."""
    visitor = console_of(home)
    answer = give_file(visitor, b"x" * size)
    assert answer.status_code == 413
    assert "larger than 5 MB" in answer.text
    assert 'type="file"' in answer.text
    again = visitor.post(START, {**hidden(answer.text, START), "text": written(HEADINGS, AMY)})
    assert again.status_code == 303


def test_a_file_of_just_the_limit_is_taken(home: Home) -> None:
    """5 MB, with the form around it."""
    content = written(HEADINGS, AMY).encode()
    answer = give_file(console_of(home), content + b"\r\n" * ((LARGEST_UPLOAD - len(content)) // 2))
    assert answer.status_code == 303


def test_nothing_of_an_upload_is_ever_written_to_the_disk(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for temporary files that refuses would be noticed."""
    visitor = console_of(home)
    form = hidden(visitor.get(START).text, START)

    def refuse(*_: object, **__: object) -> object:
        raise AssertionError("a temporary file was opened")

    for opener in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, opener, refuse)
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent")
    content = written(HEADINGS, AMY).encode() + b"\r\n" * 900_000
    answer = post_file(visitor, form, content)
    assert answer.status_code == 303
    assert "Testerly" in visitor.get(answer.headers["Location"]).text


def test_a_fourth_list_is_refused_until_one_is_dropped(home: Home) -> None:
    """The others are there to carry on with."""
    visitor = console_of(home)
    pages = [paste(visitor, HEADINGS, AMY) for _ in range(MOST_UPLOADS)]
    answer = visitor.send(START, {"text": written(HEADINGS, AMY)})
    assert answer.status_code == 422
    assert "At most 3 lists can be open at a time" in answer.text
    assert heading(answer) == "Three lists are not saved yet"
    visitor.send(START, {}, to=f"{pages[0]}/drop")
    assert visitor.get(pages[0]).headers["Location"] == START
    assert visitor.send(START, {"text": written(HEADINGS, AMY)}).status_code == 303


def test_a_list_is_gone_after_an_hour_or_a_restart_and_the_page_says_so(home: Home) -> None:
    """Whatever is sent to it."""
    visitor = console_of(home)
    page = paste(visitor, HEADINGS, AMY)
    form = {**hidden(visitor.get(page).text, page), "do": "save"}
    start = visitor.desk.now()
    visitor.at((start + KEPT_FOR).isoformat())
    assert visitor.post(page, form).headers["Location"] == START
    assert "Choose the file again" in visitor.get(START).text
    restarted = console_of(home)
    assert restarted.get(page).headers["Location"] == START
    visitor.at((start + KEPT_FOR - timedelta(seconds=1)).isoformat())


def test_another_account_cannot_see_a_list(home: Home) -> None:
    """Not even with its address."""
    visitor = console_of(home)
    page = paste(visitor, HEADINGS, AMY)
    visitor.desk.signed_in_as = staff_of("b.other", Role.HEAD)
    assert visitor.get(page).headers["Location"] == START
    visitor.desk.signed_in_as = staff_of("a.adeyemi", Role.HEAD)
    assert visitor.get(page).status_code == 200


def test_signing_out_forgets_a_list_and_locking_keeps_it(home: Home) -> None:
    """A teacher who unlocks carries on; whoever signs in after them finds nothing."""
    staffroom = Staffroom(home)
    for name in ("a.head", "b.head"):
        staffroom.account(name, Role.HEAD)
    visitor = staffroom.signed_in("a.head")
    page = paste(visitor, HEADINGS, AMY)
    press(visitor, START, "/lock")
    sign_in(visitor, "a.head")
    assert visitor.get(page).status_code == 200
    press(visitor, START, "/lock")
    sign_in(visitor, "b.head")
    assert visitor.get(page).status_code == 303
    assert staffroom.desk.uploads.of("a.head") == ()
    again = paste(visitor, HEADINGS, AMY)
    press(visitor, START, "/sign-out")
    sign_in(visitor, "b.head")
    assert visitor.get(again).headers["Location"] == START


def test_a_teacher_of_some_groups_saves_no_other(home: Home) -> None:
    """The row says whom to ask, and can be left out."""
    visitor = console_of(home, staff=Staff("t.own", frozenset({Role.TEACHER}), frozenset({"4A"})))
    page = paste(visitor, f"{HEADINGS},Group", f"{AMY},4A", f"{BO},4B")
    assert "This pupil is not in one of your groups" in visitor.get(page).text
    assert send(visitor, page, do="save").status_code == 409
    send(visitor, page, do="check", out="3")
    send(visitor, page, do="save")
    assert names(home) == ["Amy"]


def test_no_list_is_saved_while_the_register_is_closed(home: Home) -> None:
    """The page says from when it is open."""
    under_the_national_scheme(home)
    visitor = console_of(home, at="2027-02-01T09:00:00Z")
    page = paste(visitor, HEADINGS, AMY)
    shown = visitor.get(page)
    assert heading(shown) == "The list cannot be saved now"
    assert "The register opens on 1 March 2027" in shown.text
    assert send(visitor, page, do="save").status_code == 409


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_list_comes_back_as_a_list_without_pupils(home: Home, kind: str) -> None:
    """Its headings are understood; its name names nobody."""
    visitor = console_of(home)
    answer = visitor.get(f"/pupils/template.{kind}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"Class list.{kind}" in answer.headers["Content-Disposition"]
    page = give_file(visitor, answer.data, f"e.{kind}").headers["Location"]
    assert heading(visitor.get(page)) == "There is no pupil in this list"
    assert visitor.get("/pupils/template.exe").status_code == 404


@pytest.fixture(scope="module")
def console_once(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """One console for many lists: none is saved."""
    made = open_made_up_home(tmp_path_factory.mktemp("once") / "home")
    open_database(made).close()
    return console_of(made)


@settings(QUICK, max_examples=40)
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(alphabet='Surname,Forenxe;\t\n"é0123/MF<&', max_size=200).map(lambda text: text.encode()),
    ),
    name=st.text(max_size=12),
    form=st.dictionaries(
        st.sampled_from(
            ("encoding", "sheet", "hidden", "number", "headings_at", "out", "line", "do", "col-0", "c-2-1")
        ),
        st.text(max_size=6) | st.sampled_from(("save", "utf-8", "skip", "0", "2", "surname", "-")),
        max_size=6,
    ),
)
def test_any_bytes_and_any_form_are_a_page(
    console_once: Visitor, content: bytes, name: str, form: dict[str, str]
) -> None:
    """Never a fault of the program, never a change of the register."""
    answer = give_file(console_once, content, name)
    if answer.status_code == 303:
        page = answer.headers["Location"]
        assert console_once.get(page).status_code == 200
        assert send(console_once, page, **form).status_code in (303, 409, 422)
        assert console_once.get(f"{page}?open=2&show=wrong").status_code == 200
        console_once.send(page, {}, to=f"{page}/drop")
    else:
        assert answer.status_code == 422
    assert not console_once.desk.home.faults_log.exists()
    with acting(console_once.desk.home) as office:
        assert audited(office) == []
