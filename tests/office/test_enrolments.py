"""Kiosks join the desk with a room code or a file: who may, until when, how many, and what is said of a PC reset."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from mtc_kiosk.office import enrolments, known_kiosks
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.staff import Role, staff_of
from mtc_kiosk.store.classroom import kiosks
from mtc_kiosk.store.classroom.enrolments import MOST_WRONG, By
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import lock_file
from mtc_kiosk.store.records.devices import devices, is_accepted, withdraw
from mtc_kiosk.sync.room_code import certificate_part
from mtc_kiosk.sync.wire import Enrolled
from tests.office.acting import MORNING, acting
from tests.office.enrolling import CERTIFICATE, JoiningPc

OWNER = staff_of("o.owner", Role.OWNER)
KIOSK = staff_of("kiosk")
OTHER = "a7" * 32


def code_for(home: Home, count: int, at: str = MORNING) -> str:
    """The secret of a new room code, made by an owner."""
    with acting(home, OWNER, at) as office:
        return enrolments.make_code(office, count, CERTIFICATE).secret


def joins(home: Home, pc: JoiningPc, secret: str, at: str = MORNING, waiting: int = 0) -> Enrolled:
    """A PC joins."""
    with acting(home, KIOSK, at) as office:
        return enrolments.join(office, pc.asks(secret, waiting=waiting), CERTIFICATE)


def refused(home: Home, pc: JoiningPc, secret: str, at: str = MORNING) -> str:
    """The code of the refusal of a PC that asks to join."""
    with pytest.raises(OfficeRefused) as caught:
        joins(home, pc, secret, at)
    (problem,) = caught.value.problems
    assert secret not in problem.message
    return problem.code


def heard(office: OpenHome, kiosk: int, ago: timedelta, waiting: int) -> None:
    """The desk heard of a kiosk so long ago."""
    row = (kiosk, written(datetime.now(UTC) - ago), "0.1.0", 0, waiting, None, "tried", "")
    with change(office.db):
        office.db.execute("insert into kiosk_seen values (?, ?, ?, ?, ?, ?, ?, ?)", row)


def test_a_pc_joins_with_the_room_code_and_is_known_by_its_token(home: Home) -> None:
    """With its own name; its device's records are accepted on the word of who made the code."""
    pc, secret = JoiningPc("hall-1"), code_for(home, 1)
    joined = joins(home, pc, secret)
    assert (joined.name, joined.said, joined.made_up) == ("hall-1", (), True)
    with acting(home) as office:
        kiosk = known_kiosks.kiosk_of_token(office, joined.token)
        assert (kiosk.id, kiosk.name, kiosk.public_key) == (joined.kiosk, "hall-1", pc.key.public)
        assert (kiosk.enrolled_by, is_accepted(office.db, pc.key.fingerprint)) == ("o.owner", True)
        assert devices(office.db)[0].accepted_by == "o.owner"


def test_no_secret_is_kept_in_the_database(home: Home) -> None:
    """Neither a code's nor a token: who reads a backup cannot join or act as a kiosk."""
    secret = code_for(home, 1)
    token = joins(home, JoiningPc(), secret).token
    with acting(home) as office:
        dump = "\n".join(office.db.conn.iterdump())
    assert token not in dump
    assert f"'{secret}'" not in dump


def test_a_room_code_begins_with_the_certificate_that_the_desk_shows(home: Home) -> None:
    """So that a kiosk can compare before it sends anything."""
    with acting(home, OWNER) as office:
        code = enrolments.make_code(office, 30, CERTIFICATE)
    assert code.certificate == certificate_part(CERTIFICATE)
    assert code.is_of(CERTIFICATE)


def test_as_many_join_as_was_stated_and_no_more(home: Home) -> None:
    """Each is counted as it joins."""
    secret = code_for(home, 2)
    joins(home, JoiningPc("a"), secret)
    joins(home, JoiningPc("b"), secret)
    assert refused(home, JoiningPc("c"), secret) == "code_full"
    with acting(home) as office:
        (found,) = enrolments.open_now(office)
        assert (found.by, found.kiosks, found.joined, found.left) == (By.CODE, 2, 2, 0)
        assert [each.name for each in kiosks.kiosks(office.db)] == ["a", "b"]


@pytest.mark.parametrize(
    ("at", "fits"),
    [
        ("2027-06-07T09:00:00Z", True),
        ("2027-06-07T09:29:59.999Z", True),
        ("2027-06-07T09:30:00Z", False),
        ("2027-06-07T08:59:59Z", False),
    ],
)
def test_a_code_lasts_30_minutes(home: Home, at: str, fits: bool) -> None:
    """Half open; and not while the clock shows a time before it was made, as its age is then unknown."""
    secret = code_for(home, 1)
    if fits:
        assert joins(home, JoiningPc(), secret, at).name == "pc-1"
    else:
        assert refused(home, JoiningPc(), secret, at) == "wrong_code"


def test_a_code_ends_after_few_wrong_tries(home: Home) -> None:
    """The last one that it bears is the ninth; after the tenth the right secret is as wrong as any other."""
    secret = code_for(home, 3)
    for _ in range(MOST_WRONG - 1):
        assert refused(home, JoiningPc(), "0000" if secret != "0000" else "1111") == "wrong_code"
    joins(home, JoiningPc("a"), secret)
    assert refused(home, JoiningPc(), "0000" if secret != "0000" else "1111") == "wrong_code"
    assert refused(home, JoiningPc("late"), secret) == "wrong_code"
    with acting(home) as office:
        assert enrolments.open_now(office) == ()


def test_wrong_tries_do_not_end_a_file(home: Home) -> None:
    """Its secret has 256 bits; a pupil who guesses must not stop the technician."""
    with acting(home, OWNER) as office:
        secret = json.loads(enrolments.make_file(office, 1, ["https://10.0.0.1:8426"], "PEM"))["secret"]
    for _ in range(MOST_WRONG + 1):
        refused(home, JoiningPc(), "0000")
    assert joins(home, JoiningPc(), secret).name == "pc-1"


def test_a_new_code_ends_the_earlier_one_and_leaves_the_file(home: Home) -> None:
    """Only one code is on a screen."""
    first = code_for(home, 5)
    with acting(home, OWNER) as office:
        of_file = json.loads(enrolments.make_file(office, 1, ["https://10.0.0.1:8426"], "PEM"))["secret"]
    second = code_for(home, 5)
    assert refused(home, JoiningPc("a"), first) == "wrong_code"
    assert joins(home, JoiningPc("b"), second).name == "b"
    assert joins(home, JoiningPc("c"), of_file).name == "c"


def test_staff_end_every_code_and_file(home: Home) -> None:
    """At once."""
    secret = code_for(home, 5)
    with acting(home, OWNER) as office:
        enrolments.close(office)
    assert refused(home, JoiningPc(), secret) == "wrong_code"


@pytest.mark.parametrize("wrong", ["other key", "other desk", "other secret"])
def test_a_pc_that_cannot_prove_its_key_at_this_desk_does_not_join(home: Home, wrong: str) -> None:
    """Nor does a wish that a stranger passes on from another desk; the code stays as it was."""
    pc, secret = JoiningPc(), code_for(home, 1)
    asked = pc.asks(secret, OTHER if wrong == "other desk" else CERTIFICATE)
    if wrong == "other key":
        asked = asked.model_copy(update={"key": JoiningPc().key.public.hex()})
    elif wrong == "other secret":
        asked = asked.model_copy(update={"proof": pc.asks("1234").proof})
    with acting(home, KIOSK) as office:
        with pytest.raises(OfficeRefused) as caught:
            enrolments.join(office, asked, CERTIFICATE)
        assert caught.value.problems[0].code == "bad_proof"
        assert kiosks.kiosks(office.db) == ()
    assert joins(home, pc, secret).name == "pc-1"


def test_asking_again_because_the_answer_was_lost_counts_once(home: Home) -> None:
    """The same PC, with the same code: it has a new token, and the lost one is of no use to whoever found it."""
    pc, secret = JoiningPc("hall-1"), code_for(home, 1)
    lost, joined = joins(home, pc, secret), joins(home, pc, secret)
    assert joined.name == lost.name == "hall-1"
    with acting(home) as office:
        assert known_kiosks.kiosk_of_token(office, joined.token).name == "hall-1"
        with pytest.raises(OfficeRefused, match="a second time"):
            known_kiosks.kiosk_of_token(office, lost.token)
        assert enrolments.open_now(office)[0].joined == 1


def test_a_pc_that_is_enrolled_again_keeps_its_name_and_counts(home: Home) -> None:
    """With a later code; what waits on it is mentioned, and that another PC may be a copy of it."""
    pc = JoiningPc("hall-1")
    joins(home, pc, code_for(home, 1))
    secret = code_for(home, 1, "2027-06-08T09:00:00Z")
    joined = joins(home, pc, secret, "2027-06-08T09:01:00Z", waiting=3)
    assert joined.name == "hall-1"
    copied, waits = joined.said
    assert copied.startswith("This PC was the kiosk hall-1 already. If hall-1 is another PC, this one is a copy of it:")
    assert waits == "3 records on this PC will now be delivered to the desk."
    assert refused(home, JoiningPc("b"), secret, "2027-06-08T09:02:00Z") == "code_full"


def test_a_pc_that_was_reset_takes_its_name_over_and_is_told_what_was_on_it(home: Home) -> None:
    """The key is another one, and the old kiosk was last heard of yesterday, with two checks not delivered."""
    old = joins(home, JoiningPc("PC-07"), code_for(home, 1))
    with acting(home) as office:
        heard(office, old.kiosk, timedelta(minutes=11), 2)
    today = "2027-06-08T09:00:00Z"
    new = joins(home, JoiningPc("pc-07"), code_for(home, 1, today), today)
    assert new.name == "pc-07"
    (said,) = new.said
    assert "This PC was reset, or it replaces another" in said
    assert "Then 2 records had not been delivered" in said
    with acting(home) as office, pytest.raises(OfficeRefused) as caught:
        known_kiosks.kiosk_of_token(office, old.token)
    assert caught.value.problems[0].code == "enrolled_again"


def test_a_second_pc_of_the_same_name_has_a_number_while_the_first_is_on(home: Home) -> None:
    """kiosk.yaml was copied to a whole room; no PC that works is cut off."""
    first = joins(home, JoiningPc("room"), code_for(home, 1))
    with acting(home) as office:
        heard(office, first.kiosk, timedelta(minutes=9), 0)
    second = joins(home, JoiningPc("room"), code_for(home, 1, "2027-06-08T09:00:00Z"), "2027-06-08T09:00:00Z")
    assert second.name == "room-2"
    assert any("Another PC called room was connected minutes ago" in each for each in second.said)
    with acting(home) as office:
        assert known_kiosks.kiosk_of_token(office, first.token).name == "room"


def test_pcs_of_one_image_that_join_with_one_code_do_not_end_each_other(home: Home) -> None:
    """They have one name, and none was started before the next one joined."""
    secret = code_for(home, 3)
    joined = [joins(home, JoiningPc("room"), secret) for _ in range(3)]
    assert [one.name for one in joined] == ["room", "room-2", "room-3"]
    assert any("Another PC called room has joined just before" in each for each in joined[1].said)
    with acting(home) as office:
        assert [known_kiosks.kiosk_of_token(office, one.token).name for one in joined] == ["room", "room-2", "room-3"]


def test_no_kiosk_has_the_name_of_one_on_the_desk_itself(home: Home) -> None:
    """Started here, even if it has given no check: each would take the other's commands."""
    lock_file(home, "hall").touch()
    assert joins(home, JoiningPc("Hall"), code_for(home, 1)).name == "Hall-2"


def test_no_kiosk_has_the_desks_own_name(home: Home) -> None:
    """Nor one under which this PC gave checks: each check says where it was taken."""
    with acting(home) as office:
        own = office.configuration.kiosk.name
    secret = code_for(home, 2)
    joined = joins(home, JoiningPc(own.upper()), secret)
    assert joined.name == f"{own.upper()[:30]}-2"
    long = "x" * 32
    assert joins(home, JoiningPc(long), secret).name == long


def test_a_revoked_kiosk_is_refused_in_words_and_its_records_stay(home: Home) -> None:
    """What it has delivered counts; its device stays accepted until staff withdraw it."""
    pc = JoiningPc()
    joined = joins(home, pc, code_for(home, 1))
    with acting(home, OWNER) as office:
        assert kiosks.revoke(office.db, office.stamp, joined.kiosk) is not None
        assert kiosks.revoke(office.db, office.stamp, joined.kiosk) is None
        with pytest.raises(OfficeRefused, match="removed this PC") as caught:
            known_kiosks.kiosk_of_token(office, joined.token)
        assert caught.value.problems[0].code == "revoked"
        assert is_accepted(office.db, pc.key.fingerprint)
        withdraw(office.db, devices(office.db)[0], office.stamp)
        assert not is_accepted(office.db, pc.key.fingerprint)
    joins(home, pc, code_for(home, 1))
    with acting(home) as office:
        assert is_accepted(office.db, pc.key.fingerprint)


def test_a_stranger_is_refused_in_words(home: Home) -> None:
    """A desk restored from an older backup may not know a kiosk; its checks are kept there."""
    with acting(home) as office, pytest.raises(OfficeRefused, match="does not know this PC") as caught:
        known_kiosks.kiosk_of_token(office, "x" * 43)
    assert caught.value.problems[0].code == "not_enrolled"


def test_a_kiosk_is_renamed_unless_another_has_the_name(home: Home) -> None:
    """In capitals or not."""
    secret = code_for(home, 2)
    one, two = joins(home, JoiningPc("a"), secret), joins(home, JoiningPc("b"), secret)
    with acting(home, OWNER) as office:
        assert not kiosks.rename(office.db, office.stamp, two.kiosk, "A")
        assert kiosks.rename(office.db, office.stamp, one.kiosk, "A")
        assert kiosks.rename(office.db, office.stamp, two.kiosk, "hall-2")
        assert [each.name for each in kiosks.kiosks(office.db)] == ["A", "hall-2"]


@pytest.mark.parametrize(("count", "fits"), [(0, False), (1, True), (1000, True), (1001, False), (-1, False)])
def test_the_number_of_kiosks_is_bounded(home: Home, count: int, fits: bool) -> None:
    """A code for any number would serve whoever sees it."""
    with acting(home, OWNER) as office:
        if fits:
            enrolments.make_code(office, count, CERTIFICATE)
            return
        with pytest.raises(OfficeRefused, match="from 1 to 1000"):
            enrolments.make_code(office, count, CERTIFICATE)
        assert enrolments.open_now(office) == ()


def test_who_did_what_is_in_the_audit(home: Home) -> None:
    """Who made the code, each kiosk that joined by it, and the end."""
    pc, secret = JoiningPc("a"), code_for(home, 1)
    joins(home, pc, secret)
    with acting(home, OWNER) as office:
        enrolments.close(office)
        rows = office.db.execute("select account, action from audit where account <> 'cli' order by id").fetchall()
    assert [tuple(row) for row in rows] == [
        ("o.owner", "enrolment.opened"),
        ("o.owner", "device.accepted"),
        ("o.owner", "kiosk.enrolled"),
        ("o.owner", "enrolment.closed"),
    ]
