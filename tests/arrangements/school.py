"""A school with one made-up pupil, whose kiosk stands on the bench and whose arrangements are in the school's file.

Nothing is mocked: the file is read, the PIN is issued and the attempt is prepared as ``mtc-kiosk run`` does it.
"""

import contextlib
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mtc_kiosk.check.arrangements import Chosen
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS
from mtc_kiosk.config.configuration import KIOSK as KIOSK_FILE
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.kiosk.school.assemble import hooks_of, staff_room_of
from mtc_kiosk.kiosk.school.sign_in import SchoolSignIn
from mtc_kiosk.kiosk.staff.port import StaffRoom
from mtc_kiosk.kiosk.system.clock import utc
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.office.open import configuration_of
from mtc_kiosk.robots import keyboard
from mtc_kiosk.school.pupil import PupilDetails, Sex
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.sealer import Sealer
from mtc_kiosk.store.school import register, sessions
from mtc_kiosk.store.school.preferences import chosen_by
from mtc_kiosk.store.school.rules import rules_of
from mtc_kiosk.store.school.staff_context import StaffContext
from mtc_kiosk.store.school.statuses import statuses
from tests.kiosk.virtual import KIOSK, Bench

REF = "kite-7"
"""What the pupil is called in the file."""

NOW = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)
"""When the bench's clock begins."""


class School:
    """``desk`` is the kiosk. ``told`` is what staff were told of the file of arrangements.

    With ``survives`` the kiosk goes on from any exception, and has its staff menu, as ``mtc-kiosk run`` does.
    ``waiting`` is how many checks wait for a desk.
    """

    def __init__(self, home: Home, arrangements: str, kiosk: str = "", *, survives: bool = False) -> None:
        self.home = home
        open_database(home).close()
        self.write(arrangements)
        if kiosk:
            (home.config_dir / KIOSK_FILE).write_text(kiosk, encoding="utf-8")
        self.configuration = configuration_of(home)
        self.db = connect(home.database)
        self.told: list[str] = []
        self.displays, self.waiting = 1, 0
        details = PupilDetails(
            upn=None,
            ref=REF,
            surname="Testerly",
            forename="Amy",
            middle_names="",
            date_of_birth=date(2018, 3, 14),
            sex=Sex("F"),
            alias_forename="",
            alias_surname="",
            group_name="",
        )
        doing = self._doing()
        self.pupil = register.add_pupil(self.db, doing.stamp, doing.rules.timetable, details)
        self._beside = connect(home.database)
        self.desk = Bench(
            home,
            passcode="chalk",
            reception=self._reception,
            hooks=hooks_of(home, self.configuration),
            survives=survives,
            staff_room=self._staff_room if survives else None,
            waiting_checks=lambda: self.waiting,
        )

    def close(self) -> None:
        """Shut the school."""
        self.desk.close()
        self.db.close()
        self._beside.close()

    def write(self, arrangements: str) -> None:
        """Write the pupil's part of the file."""
        text = f"pupils:\n  {REF}:\n" + "".join(f"    {line}\n" for line in arrangements.splitlines())
        (self.home.config_dir / ARRANGEMENTS).write_text(text, encoding="utf-8")

    def start(self, kind: Kind = Kind.OFFICIAL, acknowledged: tuple[int, ...] = ()) -> None:
        """Start a session for the pupil; staff acknowledged these lines of the file of arrangements."""
        wanted = sessions.Wanted(kind, (self.pupil.id,), acknowledged=acknowledged)
        started = sessions.start_session(self.db, self._doing(), wanted, random.Random(3))
        self.password, self.pin = started.session.password, started.pins[0].pin

    def sign_in(self, kind: Kind | None = Kind.OFFICIAL) -> None:
        """Start a session where one is asked for, and type its password and the PIN."""
        if kind is not None:
            self.start(kind)
        self.desk.pass_ms(1_500)
        self.type_password()
        self.type_pin()

    def type_password(self) -> None:
        """Type the session's password."""
        self.desk.tap(*(_key(character) for character in self.password), keyboard.ENTER)

    def type_pin(self) -> None:
        """Type the pupil's PIN."""
        self.desk.tap(*(_key(character) for character in self.pin), keyboard.ENTER)

    def confirm(self) -> None:
        """Say that it is they."""
        self.desk.point(Button.THATS_ME)
        (row,) = self.rows("select id from attempt where outcome is null")
        self.desk.ids.append(str(row[0]))

    @property
    def sealer(self) -> Sealer:
        """What makes the home's records."""
        return hooks_of(self.home, self.configuration).sealer

    def leave(self) -> None:
        """End the check that is on the screen, as a teacher would, and leave the kiosk."""
        with contextlib.suppress(AssertionError):
            self.desk.point(Button.LEAVE)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds in the database, once everything is on the disk."""
        self.desk.flush()
        return self._beside.execute(query, values).fetchall()

    @property
    def chosen(self) -> Chosen:
        """The pupil's own last choice, as it is kept."""
        self.desk.flush()
        return chosen_by(self._beside, self.pupil.id)

    @property
    def status(self) -> str:
        """What staff read about the pupil, once everything is on the disk."""
        self.desk.flush()
        doing = replace(self._doing(), now=self._now())
        ((_, status),) = statuses(self.db, doing).pupils
        return status.label

    def _reception(self, bench: Bench) -> SignInService:
        return SchoolSignIn(
            self.home,
            self.configuration,
            KIOSK,
            self.db,
            utc(bench.clock),
            tell=self.told.extend,
            displays=lambda: self.displays,
        )

    def _staff_room(self, bench: Bench) -> StaffRoom:
        return staff_room_of(self.home, self.configuration, KIOSK, self.db, utc(bench.clock))

    def _now(self) -> datetime:
        return utc(self.desk.clock)()

    def _doing(self) -> StaffContext:
        return StaffContext(now=NOW, rules=rules_of(self.configuration), running=frozenset({KIOSK}), staff=COMMAND_LINE)


def _key(character: str) -> keyboard.Key:
    return keyboard.top_row(character) if character.isdigit() else keyboard.letter(character)
