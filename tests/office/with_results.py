"""Made-up homes whose pupils have taken checks that can be proven: with a score, with two checks, with a reason."""

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.store.db.times import instant_of, written
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.school import reasons
from mtc_kiosk.store.school.staff_context import StaffContext
from tests.check.robot import FORM, Robot
from tests.record.examples import WALL_MS
from tests.record.homes import SchoolHome, attempt, school_home
from tests.school.known import rules
from tests.store.a_school import HEAD

AFTERNOON = "2027-06-07T14:00:00Z"
OUT_OF = len(FORM.items)
MINUTES, DAYS = 60_000, 86_400_000


def scoring(right: Sequence[bool]) -> Robot:
    """A robot that has taken a whole check, with these answers right."""
    robot = Robot()
    for number, is_right in enumerate(right, start=1):
        robot.reach(number)
        robot.answer(str(robot.question.item.product) if is_right else "1")
    robot.reach_end()
    return robot


def points(right: int) -> Robot:
    """A robot that has taken a whole check, with so many answers right."""
    return scoring([number < right for number in range(OUT_OF)])


class WithResults:
    """A home. Pupils are numbered from 1; each pair of the given groups is in 4A, the next in 4B."""

    def __init__(self, root: Path, pupils: int = 4) -> None:
        self.root = root
        self.home: Home = open_made_up_home(root)
        with self.opened() as home:
            for number in range(1, pupils + 1):
                home.add_pupil(number)
                group = "4A" if number <= 2 else "4B"
                home.db.execute("update pupil set group_name = ? where id = ?", (group, number))
        self._taken = 0

    @classmethod
    def at(cls, root: Path, taken: int) -> "WithResults":
        """A copy of such a home, in which so many checks were taken."""
        found = cls.__new__(cls)
        found.root, found.home, found._taken = root, Home(root), taken
        return found

    def opened(self) -> contextlib.AbstractContextManager[SchoolHome]:
        """The home, open."""
        return school_home(self.root, made_up=True)

    def take(
        self, pupil_id: int, robot: Robot, kiosk: str = "hall-1", *, kind: Kind = Kind.OFFICIAL, days: int = 0
    ) -> str:
        """The pupil takes a check, ten minutes after the one before it, or so many days later; the attempt's id."""
        self._taken += 1
        with self.opened() as home:
            new = attempt(self._taken, pupil_id, robot, kiosk=kiosk, kind=kind)
            home.add_pin(f"code-{self._taken}", pupil_id, kind)
            taken = home.take(new, robot, started_ms=WALL_MS + self._taken * 10 * MINUTES + days * DAYS)
            home.seal(taken)
        return taken

    def in_group(self, group: str, pupils: Iterable[int]) -> None:
        """The pupils are in this group, "" for none."""
        with self.opened() as home:
            for pupil_id in pupils:
                home.db.execute("update pupil set group_name = ? where id = ?", (group, pupil_id))

    def reason(self, pupil_id: int, code: str = "ABSNT") -> None:
        """The pupil is given a reason."""
        with self.opened() as home:
            now = instant_of(WALL_MS)
            context = StaffContext(now=now, rules=rules(), running=frozenset(), staff=HEAD)
            reasons.set_reasons(home.db, context, [pupil_id], code, home.sealer)

    def audited(self, action: str) -> list[tuple[str, str, str]]:
        """Account, subject and what the row says, of every row of this action."""
        with self.opened() as home:
            query = "select account, subject, after from audit where action = ? order by id"
            return [tuple(row) for row in home.db.execute(query, (action,))]


def begun_at(number: int) -> str:
    """When the check of this number was started."""
    return written(instant_of(WALL_MS + number * 10 * MINUTES))


def two_groups(root: Path) -> WithResults:
    """Of two pupils in 4A one has all right and one took two checks; in 4B one has a reason, one has done nothing."""
    school = WithResults(root)
    school.take(1, points(4))
    school.take(2, points(3))
    school.take(2, points(1), "hall-2")
    school.reason(3)
    return school
