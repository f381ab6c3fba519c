"""A made-up school after its check, with results from which there is something to learn.

Class 4A has 30 pupils: one who has lost the 7s, one who froze, one who types slowly, one who adds, one who took two
checks, one with a reason, one who is still to take it, and many who went well. Class 4B has 14 pupils, of whom three
are girls, so that figures of so few are kept back. All of 4A tried it out before, signed in.
"""

import contextlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Asking
from mtc_kiosk.check.settings import SECOND, Settings
from mtc_kiosk.config.settings import SCHOOL
from mtc_kiosk.school.pupil import PupilDetails, Sex
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.proofs import prove_missing
from mtc_kiosk.store.school import register
from mtc_kiosk.store.school.notes import write_note
from mtc_kiosk.store.school.pin_cancel import cancel_pins
from mtc_kiosk.store.school.sessions import IssuedPin
from tests.check.robot import Robot
from tests.school.made_up import upn
from tests.store.a_school import ASchool

AT, LAST_DAY = "2027-06-11T13:30:00Z", "2027-06-10T13:30:00Z"
"""When one looks at this school: 14:30 in London on the day after the last day of the check, and on that day."""

FIRST_TRY, SECOND_TRY, CHECK = "2027-05-14T09:00:00Z", "2027-05-28T09:00:00Z", "2027-06-09T08:40:00Z"
SCHOOL_FILE = "name: Juniper Row Primary School\nwindow: {check_closes: 2027-06-10}\n"
_LIMIT, _MS = 6 * SECOND, 1_000


@dataclass(frozen=True)
class Made:
    """A made-up pupil. ``knows`` is the chance of a right answer to a middling fact; times are in milliseconds.

    ``way`` is what is particular: "sevens", "freezes", "adds", "two", "reason", "later", "noted" or nothing.
    """

    surname: str
    forename: str
    sex: str
    knows: float
    thinks: int = 1500
    gap: int = 320
    way: str = ""


CLASS_4A = (
    Made("Abara", "Chidi", "M", 0.97, 1000),
    Made("Achterberg", "Nell", "F", 0.5, way="reason"),
    Made("Ahmed", "Yusuf", "M", 1.0, 1100),
    Made("Begum", "Safiya", "F", 0.94, 1300),
    Made("Bielak", "Oskar", "M", 0.93, 1800, way="adds"),
    Made("Campbell", "Isla", "F", 1.0, 1400),
    Made("Chowdhury", "Rafi", "M", 0.99, 1300),
    Made("Davies", "Siân", "F", 0.78, 2200),
    Made("Dunne", "Órla", "F", 0.96, 1500),
    Made("Edwards", "Tobi", "M", 0.55, 1100),
    Made("Evans", "Tom", "M", 0.97, 1900, 480, way="sevens"),
    Made("Farrow", "Jess", "F", 0.9, 1500),
    Made("Green", "Harvey", "M", 0.9, 2300, way="freezes"),
    Made("Hussain", "Zara", "F", 1.0, 1500),
    Made("Ibáñez Ruiz", "Sofía", "F", 0.93, 1500),
    Made("Jones", "Ffion", "F", 0.86, 2000),
    Made("Kaur", "Simran", "F", 1.0, 1600),
    Made("Khan", "Amina", "F", 0.75, 1600),
    Made("Łukaszewska", "Zofia", "F", 0.97, 1400),
    Made("Marsh", "Leo", "M", 0.95, 3100, 1450),
    Made("Ng", "Wei", "M", 1.0, 1100),
    Made("O'Brien-Featherstonehaugh", "Maximiliana", "F", 0.88, 1500),
    Made("Okoro", "Daniel", "M", 0.42, 2600),
    Made("Patel", "Dev", "M", 0.97, 1400),
    Made("Quill", "Rosie", "F", 0.84, 1500, way="noted"),
    Made("Reid", "Callum", "M", 0.9, way="later"),
    Made("Smith", "Jo", "F", 0.88, 1600),
    Made("Smith", "Jo", "F", 0.93, 1600),
    Made("Thompson", "Grace", "F", 0.95, 1700, way="two"),
    Made("Walker", "Ben", "M", 0.3, 2700),
)
CLASS_4B = (
    Made("Adeyemi", "Tola", "F", 0.9),
    Made("Baker", "Finn", "M", 0.8),
    Made("Costa", "Rui", "M", 0.95),
    Made("Doyle", "Sam", "M", 0.7, 2100),
    Made("Ekwueme", "Ada", "F", 0.85),
    Made("Fox", "Theo", "M", 0.9),
    Made("Gill", "Arjan", "M", 0.98),
    Made("Hall", "Max", "M", 0.6, 2400),
    Made("Iqbal", "Bilal", "M", 0.92),
    Made("Jansen", "Mila", "F", 0.97),
    Made("Kelly", "Ronan", "M", 0.88),
    Made("Lee", "Jun", "M", 1.0, 1200),
    Made("Moore", "Alfie", "M", 0.75),
    Made("Novak", "Petr", "M", 0.93),
)
PUPIL = {one.surname: number for number, one in enumerate(CLASS_4A, 1) if one.surname != "Smith"}
"""The id of each pupil of 4A by surname."""


def after_the_check(root: Path) -> Home:
    """Make such a home."""
    home = open_made_up_home(root)
    open_database(home).close()
    (home.config_dir / SCHOOL).write_text(SCHOOL_FILE, encoding="utf-8")
    with contextlib.closing(ASchool(home.database, durable=False)) as school:
        school.now = datetime.fromisoformat(FIRST_TRY) - timedelta(days=30)
        everybody = (*((one, "4A") for one in CLASS_4A), *((one, "4B") for one in CLASS_4B))
        ids = [_pupil(school, number, one, group) for number, (one, group) in enumerate(everybody, 1)]
        first = list(zip(ids, CLASS_4A, strict=False))
        _try_it_out(school, first, FIRST_TRY, better=0.72)
        _try_it_out(school, first[::2], SECOND_TRY, better=0.88)
        _take_the_check(school, list(zip(ids, (one for one, _ in everybody), strict=True)))
    with contextlib.closing(open_database(home)) as db:
        prove_missing(db, device_key(home))  # as they are proven one by one on a day of checks
    return home


def _pupil(school: ASchool, number: int, one: Made, group: str) -> int:
    details = PupilDetails(
        surname=one.surname,
        forename=one.forename,
        date_of_birth=date(2018, 1 + number % 8, 1 + number % 28),
        sex=Sex(one.sex),
        upn=upn(number),
        group_name=group,
    )
    return register.add_pupil(school.db, school.doing().stamp, school.rules.timetable, details).id


def _try_it_out(school: ASchool, pupils: Sequence[tuple[int, Made]], at: str, better: float) -> None:
    """A signed-in go of everybody who comes to the check later, when they knew less."""
    school.now = datetime.fromisoformat(at)
    there = [(pupil, one) for pupil, one in pupils if one.way not in ("reason", "later")]
    pins = _pins(school.start([pupil for pupil, _ in there], Kind.TRY).pins)
    for pupil, one in there:
        chance = random.Random(f"{at} {pupil}")
        school.take_with(pins[pupil], taken(one, chance, one.knows * better))
    school.end()


def _take_the_check(school: ASchool, pupils: Sequence[tuple[int, Made]]) -> None:
    """Everybody takes it in two groups of the morning; one twice, one not at all, one has a reason."""
    school.now = datetime.fromisoformat(CHECK)
    for pupil, one in pupils:
        if one.way == "reason":
            school.reason(pupil, "BLSTD")
    coming = [(pupil, one) for pupil, one in pupils if one.way != "reason"]
    pins = _pins(school.start([pupil for pupil, _ in coming]).pins)
    for number, (pupil, one) in enumerate(coming):
        if number == len(coming) // 2:
            school.later(minutes=20)
        if one.way != "later":
            school.take_with(pins[pupil], taken(one, random.Random(f"check {pupil}"), one.knows), f"PC{number % 15}")
        if one.way == "noted":
            write_note(school.db, school.doing(), pupil, "Had a headache that morning.")
    (twice,) = (pupil for pupil, one in coming if one.way == "two")
    _second_check(school, twice)
    school.end()


def _second_check(school: ASchool, pupil: int) -> None:
    """A practice lies on a PC that is off while its restart is taken back; then it goes on there."""
    school.restart(pupil)
    (issued,) = school.start([pupil]).pins
    second = school.sign_in(issued, "PC2")
    cancel_pins(school.db, school.doing(), [pupil])
    school.running.discard("PC2")
    school.unrestart(pupil)
    school.running.add("PC2")
    school.begin(second)
    school.finish(second)


def _pins(issued: Sequence[IssuedPin]) -> dict[int, IssuedPin]:
    return {one.pupil_id: one for one in issued}


def taken(one: Made, chance: random.Random, knows: float) -> Robot:
    """A whole check as this pupil takes it."""
    robot = Robot(Settings(), draw(chance, FormRules()))
    while robot.machine.outcome is None:
        if isinstance(robot.step, Asking) and robot.machine.shown is None:
            _ask(robot, one, chance, knows)
        else:
            robot.go_on()
    return robot


def _ask(robot: Robot, one: Made, chance: random.Random, knows: float) -> None:
    """One question: a thought, digits one by one, Enter; or as far as six seconds go."""
    question, shown = robot.question, robot.shown()
    hard = _hardness(question.item)
    said, slower = _said(question.item, question.number if not question.practice else 0, one, chance, knows)
    at = shown + round(one.thinks * _MS * (0.6 + hard * 0.7) * slower * chance.uniform(0.75, 1.3))
    for digit in said:
        if at >= shown + _LIMIT:
            break
        robot.key(digit, at)
        at += round(one.gap * _MS * chance.uniform(0.8, 1.3))
    if said and at < shown + _LIMIT:
        robot.key("Enter", at)
    else:
        robot.woke(shown + _LIMIT)


def _said(item: Item, number: int, one: Made, chance: random.Random, knows: float) -> tuple[str, float]:
    """What the pupil means to type, and how much slower than usual they are."""
    if one.way == "freezes" and number > 13:
        return "", 1.0
    if one.way == "sevens" and 7 in (item.factor1, item.factor2) and chance.random() < 0.9:
        return str(item.product + chance.choice((-7, 7, -6, 6))), 1.8
    if one.way == "adds" and chance.random() < 0.18:
        return str(item.factor1 + item.factor2), 0.8
    if chance.random() < knows ** (0.3 + 2 * _hardness(item)):
        return str(item.product), 1.0
    near = (item.product + item.factor1, item.product - item.factor2, item.product + 1, item.product + 10)
    return (str(chance.choice(near)) if chance.random() < 0.75 else ""), 1.5


def _hardness(item: Item) -> float:
    """From 0 to 1."""
    easy = {1: 0.0, 2: 0.1, 10: 0.05, 5: 0.15, 11: 0.3, 3: 0.35, 4: 0.45, 9: 0.65, 6: 0.7, 8: 0.85, 12: 0.9, 7: 0.9}
    return min(1.0, (easy[item.factor1] + easy[item.factor2]) / 1.6)
