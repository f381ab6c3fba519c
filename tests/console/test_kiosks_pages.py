"""School > Kiosks and What waits where: what is listed, how PCs join, names, revoking, and devices withdrawn."""

import contextlib
import html
import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from mtc_kiosk.office import enrolments
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.waiting import what_waits
from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.school.staff import COMMAND_LINE, Role
from mtc_kiosk.store.classroom import kiosks
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.certificate import kept_certificate
from mtc_kiosk.sync.enrolment_file import read_enrolment_file
from mtc_kiosk.sync.room_code import read_room_code
from tests.console.desk import Visitor, console_of, hidden
from tests.console.furnished import AT
from tests.console.staff_desk import heading
from tests.office.acting import acting
from tests.office.enrolling import JoiningPc
from tests.store.kiosks_at_a_desk import public_key

KIOSKS, JOIN, CODE, FILE, CLOSE, AUTHORITY = (
    "/school/kiosks",
    "/school/kiosks/join",
    "/school/kiosks/code",
    "/school/kiosks/file",
    "/school/kiosks/close",
    "/school/kiosks/authority",
)
ADDRESS = "https://192.168.1.10:8426"


@pytest.fixture
def owner(furnished: Home) -> Visitor:
    """The owner, at a console that other PCs reach."""
    visitor = console_of(furnished, Role.OWNER, at=AT)
    visitor.desk.kiosk_addresses = (ADDRESS,)
    return visitor


def audited(home: Home) -> list[tuple[str, str]]:
    """What the owner did, in order."""
    with contextlib.closing(connect(home.database)) as db:
        rows = db.execute("select action, subject from audit where account = 'a.adeyemi' order by id").fetchall()
    return [tuple(row) for row in rows]


def send(visitor: Visitor, page: str, to: str, **form: str) -> str:
    """Send a form of a page, and follow where it leads: the page that is then shown."""
    answer = visitor.send(page, form, to)
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.headers["Location"]).text


def test_what_needs_a_person_comes_first(owner: Visitor) -> None:
    """The heading counts it; each thing says what it means and what to do."""
    answer = owner.get(KIOSKS)
    assert heading(answer) == "One kiosk needs a look"
    page = answer.text
    assert page.index("2 records wait on hall-1") < page.index("The clock of hall-1 is 4 minutes slow")
    assert re.search(r"Last heard of Monday 7 June, (?:10:0[0-2]|09:[45]\d)", page)  # 18 minutes, and the tests before
    assert "Not heard of yet" in page
    assert "hall-3" in page[page.index("Other devices that send records") :]
    assert "hall-3" not in page[: page.index("Other devices that send records")]


def test_today_says_which_kiosks_need_a_look(owner: Visitor) -> None:
    """With the way to what waits, and to the kiosks."""
    page = owner.get("/").text
    assert "2 records wait on hall-1" in page
    assert "The clock of hall-1 is 4 minutes slow" in page
    assert 'href="/school/waiting">See what waits' in page
    assert 'href="/school/kiosks">See the kiosks' in page


def test_who_may_not_change_kiosks_reads_who_may(furnished: Home) -> None:
    """And is offered nothing that would be refused."""
    page = console_of(furnished, Role.TEACHER, at=AT).get(KIOSKS).text
    assert "The owner can let kiosks join, name and revoke them." in page
    assert not re.findall(r'href="/school/(?:kiosks/|devices)', page)


def test_the_list_is_that_of_the_command_line(furnished: Home, owner: Visitor) -> None:
    """Each sentence of ``mtc-kiosk sync status`` is on the page."""
    with acting(furnished, COMMAND_LINE, AT) as office:
        sentences = [one.sentence for one in what_waits(office).places]
    page = html.unescape(owner.get("/school/waiting").text)
    assert len(sentences) == 4
    assert [one for one in sentences if one not in page] == []


def test_a_room_code_is_shown_large_and_lets_a_pc_join(furnished: Home, owner: Visitor) -> None:
    """With how long it lasts; the PC is listed as soon as it has joined, by a part that is asked for again."""
    page = send(owner, JOIN, CODE, kiosks="2")
    (shown,) = re.findall(r'<p class="room-code">(.+)</p>', page)
    shown = re.sub(r"<[^>]+>", "", shown)
    code, certificate = read_room_code(shown), kept_certificate(furnished)
    assert certificate is not None
    assert code.is_of(certificate.sha256)
    assert f"mtc-kiosk enrol {ADDRESS}" in page
    assert "<b>0 of 2 joined.</b> It works for 30 more minutes." in page
    poll = html.unescape(re.findall(r'hx-get="([^"]+)"', page)[0])
    assert owner.get(poll).status_code == 204
    _join(furnished, code.secret, certificate.sha256, "hall-8")
    news = owner.get(poll)
    assert news.status_code == 200
    assert "<b>1 of 2 joined.</b>" in news.text
    assert "hall-8" in news.text
    owner.at("2027-06-07T09:30:01Z")
    assert "It works for 20 more minutes" in owner.get(JOIN).text
    owner.at("2027-06-07T09:50:00Z")
    over = owner.get(JOIN).text
    assert "PCs can join now" not in over
    assert shown not in over
    assert "hx-get" not in over


def test_who_did_not_make_the_code_does_not_see_it(furnished: Home, owner: Visitor) -> None:
    """Another owner sees that there is one, and can close it."""
    send(owner, JOIN, CODE, kiosks="2")
    other = console_of(furnished, Role.OWNER, at=AT)
    page = other.get(JOIN).text
    assert "room-code" not in page
    assert "room-code" in send(other, JOIN, CODE, kiosks="3")
    assert "room-code" not in owner.get(JOIN).text  # it ended theirs
    assert "room-code" in other.get(JOIN).text
    assert "It was made by a.adeyemi" in page
    assert "No further PC can join now" in send(other, JOIN, CLOSE)
    assert "room-code" not in owner.get(JOIN).text
    before, *mine = [action for action, _ in audited(furnished)]
    assert (before, mine) == (
        "enrolment.closed",
        ["enrolment.opened", "enrolment.closed", "enrolment.opened", "enrolment.closed"],
    )


def test_a_room_code_that_somebody_guessed_at_says_so(furnished: Home, owner: Visitor) -> None:
    """The page that showed it is fetched anew; the sentence goes with the next code."""
    page = send(owner, JOIN, CODE, kiosks="2")
    poll = html.unescape(re.findall(r'hx-get="([^"]+)"', page)[0])
    for _ in range(10):
        with pytest.raises(OfficeRefused):
            _join(furnished, "0" * 64, "5e" * 32, "hall-8")
    answer = owner.get(poll)
    assert (answer.text, answer.headers["HX-Refresh"]) == ("", "true")
    assert "somebody on the network is guessing" in owner.get(JOIN).text
    assert "somebody on the network is guessing" not in send(owner, JOIN, CODE, kiosks="2")


def test_a_file_is_made_once_and_downloaded(furnished: Home, owner: Visitor, tmp_path: Path) -> None:
    """A second press makes no second one; after it was closed there is none."""
    form = {**hidden(owner.get(JOIN).text, CODE), "kiosks": "30"}
    assert [owner.post(FILE, form).status_code for _ in range(2)] == [303, 303]
    answer = owner.get(FILE)
    assert 'filename="join-this-desk.mtc-enrol"' in answer.headers["Content-Disposition"]
    (tmp_path / "file").write_bytes(answer.data)
    read = read_enrolment_file(tmp_path / "file")
    certificate = kept_certificate(furnished)
    assert certificate is not None
    assert (read.addresses, read.certificate) == ((ADDRESS,), certificate.pem)
    assert audited(furnished) == [("enrolment.opened", "2")]
    send(owner, JOIN, CLOSE)
    assert owner.get(FILE).status_code == 303


def test_a_tablet_gets_the_authority_and_no_key(furnished: Home, owner: Visitor) -> None:
    """One certificate: whoever vouches for the desk's. A school's own certificate has none to offer."""
    certificate = kept_certificate(furnished)
    assert certificate is not None
    assert AUTHORITY in owner.get(JOIN).text
    answer = owner.get(AUTHORITY)
    assert 'filename="desk-authority.crt"' in answer.headers["Content-Disposition"]
    assert answer.data.count(b"-----BEGIN ") == answer.data.count(b"-----BEGIN CERTIFICATE-----") == 1
    assert answer.text == certificate.authority != certificate.pem
    key_and_leaf = certificate.path.read_text().partition(answer.text.strip())[0]
    certificate.path.write_text(key_and_leaf)
    assert AUTHORITY not in owner.get(JOIN).text
    assert owner.get(AUTHORITY).status_code == 303


@pytest.mark.parametrize("number", ["", "0", "-1", "1001", "many", "1.5", "9" * 30])
def test_how_many_is_a_number_of_pcs(furnished: Home, owner: Visitor, number: str) -> None:
    """Else the field says what is allowed, and nothing is opened."""
    for way in (CODE, FILE):
        answer = owner.send(JOIN, {"kiosks": number}, way) if way == CODE else _post_file(owner, number)
        assert answer.status_code == 422
        assert "from 1 to 1000" in answer.text
    assert audited(furnished) == []


def test_a_desk_that_is_for_this_pc_alone_says_how_to_open_it(home: Home) -> None:
    """Nothing is made that no PC could use."""
    visitor = console_of(home, Role.OWNER, at=AT)
    assert "mtc-kiosk console --lan" in visitor.get(JOIN).text
    answer = visitor.send(JOIN, {"kiosks": "3"}, CODE)
    assert (answer.status_code, "not open to other PCs" in answer.text) == (422, True)


def test_a_kiosk_gets_another_name(owner: Visitor) -> None:
    """What is no name, or another's, is refused at its field with what was typed."""
    for typed, said in (("hall 1", "Write 1 to 32 letters"), ("HALL-2", "Another kiosk has the name HALL-2.")):
        refused = owner.send("/school/kiosks/1", {"name": typed})
        assert refused.status_code == 422
        assert said in refused.text
        assert f'value="{typed}"' in refused.text
    assert "hall-1 is now by-the-door." in send(owner, "/school/kiosks/1", "/school/kiosks/1", name=" by-the-door ")


def test_a_revoked_kiosk_says_before_what_will_be_so(furnished: Home, owner: Visitor) -> None:
    """On a page of its own. After it there is no such kiosk to change."""
    url = "/school/kiosks/1/revoke"
    page = owner.get(url).text
    assert "2 records wait there." in page
    assert "hall-1 no longer belongs to this desk" in send(owner, url, url)
    assert [owner.get(gone).status_code for gone in (url, "/school/kiosks/1")] == [404, 404]
    with contextlib.closing(connect(furnished.database)) as db:
        found = kiosks.kiosk_of_id(db, 1)
    assert found is not None
    assert (found.ended_by, str(found.why_ended)) == ("a.adeyemi", "revoked")


def test_a_device_is_withdrawn_and_accepted_again(furnished: Home, owner: Visitor) -> None:
    """The kiosk that it was is revoked with it; each step has its page with the fingerprint."""
    device = fingerprint(public_key("hall-2"))
    url = f"/school/devices/{device}/withdraw"
    assert device[:4] in owner.get(url).text
    page = send(owner, url, url)
    assert "is withdrawn. What it sends waits." in page
    assert "hall-2" not in page[: page.index("Other devices")]
    accept = f"/school/devices/{device}/accept"
    assert "is accepted." in send(owner, accept, accept)
    actions = [action for action, _ in audited(furnished)]
    assert actions == ["kiosk.revoked", "device.withdrawn", "device.accepted"]
    assert owner.get(f"/school/devices/{'0' * 64}/withdraw").status_code == 404


def _post_file(visitor: Visitor, number: str) -> TestResponse:
    return visitor.post(FILE, {**hidden(visitor.get(JOIN).text, CODE), "kiosks": number})


def _join(home: Home, secret: str, certificate: str, name: str) -> None:
    """A PC joins, as over the network."""
    with acting(home, COMMAND_LINE, AT) as office:
        enrolments.join(office, JoiningPc(name).asks(secret, certificate), certificate)
