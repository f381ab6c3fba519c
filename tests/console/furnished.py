"""A made-up school in the middle of its day, in which every page of the console has something to show.

Made once and copied. Every pupil is where a teacher may find one: not begun, practising, at a question, held, finished,
stopped, out of time, with a restart, with two checks, with a reason, annulled, gone.
"""

import contextlib
import random
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.events import Cause, Device
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.script import Asking
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.office.password_hash import HASHING
from mtc_kiosk.school.accounts import AccountWanted
from mtc_kiosk.school.pupil import PupilDetails, Sex
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.classroom import enrolments, kiosks
from mtc_kiosk.store.classroom.enrolments import By
from mtc_kiosk.store.classroom.seen import pc_clock
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.devices import remember
from mtc_kiosk.store.school import accounts, register
from mtc_kiosk.store.school.notes import write_note
from mtc_kiosk.store.school.pin_cancel import cancel_pins
from mtc_kiosk.sync.certificate import desk_certificate
from tests.check.robot import Robot
from tests.school.made_up import upn
from tests.store.a_school import ASchool
from tests.store.kiosks_at_a_desk import join, public_key, say

AT = "2027-06-07T09:20:00Z"
"""The time at which the console looks at this school: 10:20 in London."""

KIOSKS = ("PC1", "PC2")
"""The PCs that are on."""

NAMES = (
    ("Abara", "Chidi", "4A"),
    ("Ćosić", "Łucja", "4A"),
    ("Dunne", "Órla Mae", "4A"),
    ("Evans", "Bo-Lin", "4A"),
    ("Featherstonehaugh-Cholmondeley", "Wilhelmina-Konstantina", "4A"),
    ("Ibáñez", "Zofia", "4A"),
    ("Khan", "Amy", "4A"),
    ("Khan", "Amy", "4B"),
    ("Łukasz", "Jan", "4B"),
    ("Ng", "Xi", "4B"),
    ("O'Brien", "Síle", "4B"),
    ("Őry", "Ágnes", "4B"),
    ("Popescu", "Ioana", "4B"),
    ("St. John", "Ada", ""),
    ("Testerly", "Tam", "4B"),
    ("Yılmaz", "Deniz", "4A"),
)


def furnish(root: Path) -> Home:
    """Make such a home."""
    home = open_made_up_home(root)
    open_database(home).close()
    with contextlib.closing(ASchool(home.database, durable=False)) as school:
        ids = [_pupil(school, number, *who) for number, who in enumerate(NAMES, 1)]
        _take_the_check(school, ids)
        _staff(school)
        _other_pcs(school)
    device_key(home)  # the first program that seals makes it
    desk_certificate(home, ("127.0.0.1",), datetime.fromisoformat(AT))  # and the first --lan this
    return home


def copied(home: Home, root: Path) -> Home:
    """The same home once more, in another folder."""
    shutil.copytree(home.root, root)
    return Home(root)


@contextlib.contextmanager
def kiosks_on(home: Home) -> Iterator[None]:
    """Let the PCs be on: their locks are held, as by a kiosk."""
    with contextlib.ExitStack() as locks:
        for name in KIOSKS:
            locks.enter_context(kiosk_lock(home, name))
        yield


def known(home: Home) -> Mapping[str, str | int]:
    """A value for each name in an address of the console."""
    with contextlib.closing(connect(home.database)) as db:
        session_id = _first(db, "select max(id) from session", 1)
        attempt = _first(db, "select id from attempt where outcome is null order by id", "none")
        code = _first(db, "select check_code from pin where used_at is null order by check_code", "none")
        return {
            "pupil_id": 4,
            "id": 4,
            "session_id": session_id,
            "attempt_id": attempt,
            "check_code": code,
            "account_id": 2,
            "kiosk": "PC1",
            "kiosk_id": _first(db, "select min(id) from kiosk where ended_at is null", 1),
            "device": _first(db, "select max(fingerprint) from device where accepted_at is not null", "0" * 64),
            "last": _first(db, "select max(id) from note", 1),
            "number": _first(db, "select max(sha256) from inbox", "0" * 64),
            "what": "results",
            "kind": "csv",
            "upload_id": "none",
            "ending": "csv",
            "name": "Andika-Regular.ttf",
            "filename": "console.css",
        }


def _first(db: Database, query: str, otherwise: str | int) -> str | int:
    """The first value that the home has, or one that it has not."""
    row = db.execute(query).fetchone()
    return otherwise if row is None or row[0] is None else row[0]


def _pupil(school: ASchool, number: int, surname: str, forename: str, group: str) -> int:
    """One more pupil on the register; two have the same name, and birthdays of their own."""
    details = PupilDetails(
        surname=surname,
        forename=forename,
        date_of_birth=date(2018, 1 + number % 8, 1 + number),
        sex=Sex.FEMALE if number % 2 else Sex.MALE,
        upn=upn(number),
        group_name=group,
        alias_forename="Ollie" if surname == "Dunne" else "",
    )
    return register.add_pupil(school.db, school.doing().stamp, school.rules.timetable, details).id


def _staff(school: ASchool) -> None:
    """The owner, and a teacher of one group."""
    hashed = HASHING.hashed("seven cups of tea")
    for name, wanted in (
        ("f.adeyemi", AccountWanted(frozenset({Role.OWNER, Role.HEAD}))),
        ("Niamh O'Shea", AccountWanted(frozenset({Role.TEACHER}), frozenset({"4A"}))),
    ):
        accounts.add_account(school.db, school.doing(), name, wanted, hashed)


def _other_pcs(school: ASchool) -> None:
    """Three kiosks of this desk: one keeps records and has a wrong clock, one was never heard of, one is revoked."""
    away, _, gone = (join(school.db, school.doing().stamp, name) for name in ("hall-1", "hall-2", "hall-3"))
    since = "2027-06-07T08:50:00.000Z"
    say(school.db, away, pc_clock() - timedelta(minutes=18), waiting=2, since=since, clock_ms=-250_000)
    say(school.db, gone, pc_clock() - timedelta(minutes=50), version="0.0.9", sound="none")
    kiosks.revoke(school.db, school.doing().stamp, gone)
    with change(school.db):
        enrolments.add(school.db, school.doing().stamp, By.CODE, "of nobody", 5)
        remember(school.db, public_key("library"), "library", school.doing().stamp.at)


def _take_the_check(school: ASchool, ids: list[int]) -> None:
    """What each of them has come to, in the order of the names."""
    done, slow, running, held, practising, waiting, out_of_time, stopped, restart, two, absent, annulled, left, *_ = ids
    school.reason(absent)
    pins = {one.pupil_id: one for one in school.start(ids[:-1]).pins}
    for number, pupil in enumerate((done, slow, restart, two, annulled)):
        school.take_with(pins[pupil], _whole(number))
    school.take(pins[out_of_time], outcome=Outcome.OUT_OF_TIME)
    school.take(pins[stopped], outcome=Outcome.STOPPED)
    _second_check(school, two)
    school.restart(restart)
    school.reason(annulled, "ANLLQ")
    school.later(minutes=15)
    register.set_left(school.db, school.doing().stamp, school.rules.timetable, [left], school.doing().stamp.at)
    school.practise(school.sign_in(pins[practising], "PC2"))
    school.take_with(pins[running], _until(7), "PC1")
    lost = _until(12)
    lost.lost(lost.now, Device.KEYBOARD)
    lost.failed(lost.now, Cause.KEYBOARD)
    school.take_with(pins[held], lost, "PC2")
    assert pins[waiting]
    write_note(school.db, school.doing(), waiting, "Likes to sit near the door.")


def _second_check(school: ASchool, pupil: int) -> None:
    """A practice lies on a PC that is off, while the restart that it was for is taken back; then it goes on there."""
    school.restart(pupil)
    (issued,) = school.start([pupil]).pins
    second = school.sign_in(issued, "PC2")
    cancel_pins(school.db, school.doing(), [pupil])
    school.running.discard("PC2")
    school.unrestart(pupil)
    school.running.add("PC2")
    school.begin(second)
    school.finish(second)


def _whole(seed: int) -> Robot:
    """A check of 25 questions, with a thought before each, some wrong answers and one void."""
    chance = random.Random(seed)
    robot = _begun(seed)
    while robot.machine.outcome is None:
        if isinstance(robot.step, Asking) and robot.machine.shown is None:
            robot.shown()
            robot.now += chance.randrange(400_000, 4_500_000)
            right = robot.question.item.product
            robot.answer(str(right if chance.random() < 0.85 else right + 1))
        else:
            robot.go_on()
    return robot


def _until(number: int) -> Robot:
    """A check in which this question is asked now."""
    robot = _begun(number)
    robot.reach(number)
    return robot


def _begun(seed: int) -> Robot:
    return Robot(Settings(), draw(random.Random(seed), FormRules()))
