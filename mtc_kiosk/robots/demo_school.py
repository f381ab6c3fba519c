"""A made-up school of 30 pupils for a demonstration, and what each of their robots does.

It has names with accents, two pupils with one name, two groups, access arrangements, a reason for not taking the check,
a note, a restart, a slip that is not used, and a check that stays held until a person lets it go on.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.check.kind import Kind as SessionKind
from mtc_kiosk.office import class_list, notes, pupils, reasons, restarts, school_settings, sessions
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.robots.kinds import Kind
from mtc_kiosk.school.selection import ById, one
from mtc_kiosk.store.home.whole_files import write_whole

SCHOOL = "Made-up Primary School"
REF = "DEMO-{:03}"
_HEADINGS = ("Surname", "Forename", "Middle names", "Date of birth", "Sex", "Group", "Pupil ref")
_USUAL_END, _LATEST_END = time(16), time(23, 59)
_LASTS = timedelta(hours=2)


@dataclass(frozen=True)
class Plan:
    """A made-up pupil and their robot. ``born`` is the day of the school year, from 1 September.

    ``knows`` is the share of easy facts that the robot knows. ``turn`` orders who sits down first. ``loses_power`` is
    the question in which the power fails, after which no robot lets the check go on.
    """

    surname: str
    forename: str
    sex: str
    born: int
    group: str
    kind: Kind = Kind.CAREFUL
    knows: float = 0.9
    codes: tuple[Code, ...] = ()
    turn: int = 1
    comes: bool = True
    starts_again: bool = False
    reason: str = ""
    note: str = ""
    loses_power: int | None = None


_Q, _C, _B, _T, _M = Kind.QUICK, Kind.CAREFUL, Kind.BACKSPACER, Kind.TOUCH_ONLY, Kind.MOUSE_ONLY

CLASS = (
    Plan("Abara", "Chidi", "M", 12, "4A", _Q, 0.98),
    Plan("Ahmed", "Zaynab", "F", 301, "4A", _C, 0.93),
    Plan("Bianchi", "Sofia", "F", 44, "4A", _Q, 0.97, loses_power=14),
    Plan("Brown", "Amara", "F", 120, "4A", _B, 0.85),
    Plan("Chen", "Jun", "M", 200, "4A", _Q, 0.99),
    Plan("Çelik", "Defne", "F", 260, "4A", _C, 0.9, codes=(Code.ATA,)),
    Plan("Davies", "Llŷr", "M", 77, "4A", _T, 0.88),
    Plan("D'Souza", "Anika", "F", 15, "4A", _C, 0.95),
    Plan("Evans", "Ffion", "F", 150, "4A", _Q, 0.92, turn=0, starts_again=True),
    Plan("Fernández", "Íñigo", "M", 333, "4A", _C, 0.72, codes=(Code.NBQ, Code.FTS)),
    Plan("Green", "Isla", "F", 181, "4A", _M, 0.9),
    Plan("Hughes", "Noah", "M", 95, "4A", _C, 0.8, note="Likes to sit near the door."),
    Plan("Jones", "Mia", "F", 64, "4A", _Q, 0.96),
    Plan("Kowalska", "Łucja", "F", 222, "4A", _C, 0.86, codes=(Code.CCT,)),
    Plan("Lewis", "Theo", "M", 310, "4A", _B, 0.6),
    Plan("Māhoe", "Tāne", "M", 8, "4B", _C, 0.94),
    Plan("Nguyễn", "Minh", "M", 140, "4B", _Q, 0.99),
    Plan("O'Brien", "Róisín", "F", 275, "4B", _C, 0.91),
    Plan("Okafor", "Adaeze", "F", 33, "4B", _Q, 0.9),
    Plan("Patel", "Arjun", "M", 190, "4B", _C, 0.97),
    Plan("Robinson", "Ella", "F", 244, "4B", _T, 0.76),
    Plan("Sample", "Oliver", "M", 58, "4B", _C, 0.89),
    Plan("Sample", "Oliver", "M", 321, "4B", _Q, 0.68),
    Plan("Smith-Jørgensen", "Freja", "F", 105, "4B", _C, 0.93),
    Plan("Taylor", "Zoë", "F", 212, "4B", _C, 0.55, codes=(Code.QNR, Code.NBQ)),
    Plan("Thomas", "Harry", "M", 288, "4B", reason="JSTAR"),
    Plan("Walker", "Grace", "F", 81, "4B", _M, 0.84),
    Plan("Williams", "Elis", "M", 164, "4B", _C, 0.9, comes=False),
    Plan("Wójcik", "Zofia", "F", 19, "4B", _Q, 0.95),
    Plan("Young", "Ben", "M", 350, "4B", _C, 0.45, codes=(Code.ITA,)),
)


FINISHED = sum(1 + plan.starts_again for plan in CLASS if plan.comes and not plan.reason and plan.loses_power is None)
"""How many checks the robots finish by themselves."""


def make(home: OpenHome) -> None:
    """Make the school in an empty home, and start today's session of the check."""
    written = school_settings.details(home)
    made_from = written.made_from
    school_settings.save(home, school_settings.SchoolDetails(SCHOOL, written.scheme, written.dates, made_from))
    class_list.import_bytes(home, _as_csv(home.today), "the made-up class")
    _arrange(home)
    for pupil_id, plan in plans(home).items():
        if plan.reason:
            reasons.give(home, ById((pupil_id,)), plan.reason)
        if plan.note:
            notes.add(home, pupil_id, plan.note)
    start_session(home)


def start_session(home: OpenHome, who: ById | None = None) -> None:
    """Start a session of the check for these pupils, or everybody. Late in the day it lasts until midnight."""
    local = home.now.astimezone(home.timetable.zone)
    ends_soon = datetime.combine(local.date(), _USUAL_END, local.tzinfo) - local < _LASTS
    wanted = sessions.SessionWanted(SessionKind.OFFICIAL, until=_LATEST_END if ends_soon else None)
    sessions.start(home, wanted if who is None else sessions.SessionWanted(wanted.kind, who, until=wanted.until))


def let_start_again(home: OpenHome, pupil_id: int) -> None:
    """Give a pupil a restart after a check that was disturbed, and a PIN for it."""
    restarts.give(home, one(pupil_id), "CLD")
    start_session(home, ById((pupil_id,)))


def plans(home: OpenHome) -> dict[int, Plan]:
    """The plan of each pupil of the made-up school, by their id; empty in any other school."""
    by_ref = {REF.format(number): plan for number, plan in enumerate(CLASS, 1)}
    return {pupil.id: by_ref[pupil.ref] for pupil in pupils.listed(home) if pupil.ref in by_ref}


def _as_csv(today: date) -> bytes:
    """The class list, for pupils who are in year 4 now."""
    september = date(today.year if today.month >= 9 else today.year - 1, 9, 1)
    first = september.replace(year=september.year - 9)
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(_HEADINGS)
    for number, plan in enumerate(CLASS, 1):
        born = f"{first + timedelta(days=plan.born):%d/%m/%Y}"
        rows.writerow((plan.surname, plan.forename, "", born, plan.sex, plan.group, REF.format(number)))
    return text.getvalue().encode("utf-8-sig")


def _arrange(home: OpenHome) -> None:
    """Write the arrangements below the file's own explanations."""
    path = home.home.config_dir / "access_arrangements.yaml"
    lines = [
        f"  {REF.format(number)}:\n    arrangements: [{', '.join(map(str, plan.codes))}]\n"
        for number, plan in enumerate(CLASS, 1)
        if plan.codes
    ]
    write_whole(path, (path.read_text(encoding="utf-8").rstrip() + "\n" + "".join(lines)).encode())
