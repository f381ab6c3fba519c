"""A kiosk of a made-up school in this process, and robot pupils of every look one after another.

``python -m benchmarks.pupils_day PUPILS`` prints a line of JSON for each measurement; ``benchmarks.memory`` starts it
and reads them. Window, pictures, mixer, recordings, journal, sign-in and database are the real ones. The clock is
virtual and keys are added to SDL's queue: a check of eight minutes takes a second.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pygame

from benchmarks.footprint import Footprint, footprint, pss_mb
from mtc_kiosk.check.arrangements import Code, Colours, Rate, Size, Typeface
from mtc_kiosk.check.kind import Kind as SessionKind
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS
from mtc_kiosk.kiosk.app import Kiosk
from mtc_kiosk.kiosk.audio.speaker import SdlSpeaker
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.input.events import InputEvent
from mtc_kiosk.kiosk.school.assemble import hooks_of, staff_room_of
from mtc_kiosk.kiosk.school.sign_in import SchoolSignIn
from mtc_kiosk.kiosk.system.clock import utc
from mtc_kiosk.kiosk.system.window import SdlWindow
from mtc_kiosk.office.open import configuration_of
from mtc_kiosk.robots.clock import SECOND, VirtualClock
from mtc_kiosk.robots.eyes import see
from mtc_kiosk.robots.kinds import KINDS, Kind
from mtc_kiosk.robots.pc import LONGEST_SITTING_MS, Nobody, RobotStuck
from mtc_kiosk.robots.pupil import Pupil, Slip
from mtc_kiosk.robots.settled_journal import SettledJournal
from mtc_kiosk.robots.window import RobotWindow
from mtc_kiosk.school.pupil import PupilDetails, Sex
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.spare_memory import keep_little
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.school import register, sessions
from mtc_kiosk.store.school.rules import rules_of
from mtc_kiosk.store.school.staff_context import StaffContext

NAME = "pc-1"
EARLY = 10
_DAY_NS = 24 * 3600 * SECOND
LOOKS = tuple((colours, size) for colours in (None, *Colours) for size in Size)
"""The kiosk's own colours and the five schemes, each in six sizes: as many pupils as come on one day."""

_WEIGHED_EVERY = 128  # passes of the loop
_SOUND = (Code.QNR, Code.ATA)
_OTHERS = (Code.NBQ, Code.ITA, Code.RON)
_TYPISTS = (Kind.QUICK, Kind.CAREFUL, Kind.SILENT, Kind.BACKSPACER)


class ShownWindow(RobotWindow):
    """The robots' window on a real one: they see its marks, and its surface goes to a real screen."""

    def __init__(self, clock: VirtualClock, real: SdlWindow) -> None:
        super().__init__(clock, Nobody(), size=real.surface.get_size())
        self.surface, self.about, self._real = real.surface, real.about, real

    def wait(self, until_ns: int, *, exactly: bool) -> Sequence[InputEvent]:
        """Let virtual time run, and read what the real window's queue holds, as a kiosk does."""
        self._real.wait(0, exactly=False)
        return super().wait(until_ns, exactly=exactly)

    def show(self, dirty: Sequence[pygame.Rect]) -> None:
        """Bring the painted areas to the screen, then let the robot look."""
        self._real.show(dirty)
        super().show(dirty)


class Day:
    """The kiosk, its school and its pupils. ``weigh`` may be called between pupils."""

    def __init__(self, folder: Path, pupils: int) -> None:
        self._home = open_made_up_home(folder / "home")
        open_database(self._home).close()
        self._chance = random.Random(1)
        self._turns, self._most_mb = 0, 0.0
        (self._home.config_dir / ARRANGEMENTS).write_text(_arrangements(pupils), encoding="utf-8")
        self._configuration = configuration_of(self._home)
        self._db = connect(self._home.database)
        self._clock = VirtualClock()
        self._pupils = [
            register.add_pupil(self._db, self._doing().stamp, self._doing().rules.timetable, _details(n)).id
            for n in range(pupils)
        ]
        self._open()

    def _open(self) -> None:
        """Assemble what ``mtc-kiosk run`` does, except for the clock and who presses keys."""
        self._real = SdlWindow()
        keep_little()
        self._window = ShownWindow(self._clock, self._real)
        hooks = hooks_of(self._home, self._configuration)
        self._journal = SettledJournal(self._home, wake=self._window.wake, now_ns=self._clock.now_ns, hooks=hooks)
        self.picture = PictureOfScene(self._window.surface, 15.6)
        self._window.marks = lambda: self.picture.marks
        self.speaker = SdlSpeaker()
        orders = KioskSetup(
            prepare=_nobody_walks_up,
            passcode_matches=lambda _: False,
            loops=True,
            about=self._window.about,
            sign_in=SchoolSignIn(
                self._home, self._configuration, NAME, self._db, utc(self._clock), displays=self._real.displays
            ),
            staff_room=staff_room_of(self._home, self._configuration, NAME, self._db, utc(self._clock)),
        )
        self._kiosk = Kiosk(
            self._window,
            self._clock,
            self._journal,
            orders=orders,
            picture=self.picture,
            met=_stop,
            speaker=self.speaker,
        )
        self._kiosk.start(None)

    def run(self, weigh: Sequence[int]) -> None:
        """Let everybody take the check, and print measurements after these numbers of pupils."""
        for number, slip in enumerate(self._slips(), start=1):
            pupil = KINDS[_TYPISTS[number % len(_TYPISTS)]](random.Random(self._chance.getrandbits(64)))
            pupil.slip = slip
            self._sit(pupil)
            if number in weigh:
                print(json.dumps({"pupils": number, **asdict(self.weighed())}), flush=True)

    def weighed(self) -> Footprint:
        """What the process uses now."""
        most_mb, self._most_mb = self._most_mb, 0.0
        return footprint(self.picture, most_mb)

    def close(self) -> None:
        """Shut the PC down cleanly."""
        self._journal.close()
        self.speaker.close()
        self._real.close()
        self._db.close()

    def _sit(self, pupil: Pupil) -> None:
        self._window.robot = pupil
        pupil.look(see(self.picture.marks), self._clock.now_ns())
        until_ms = self._clock.wall_ms() + LONGEST_SITTING_MS
        while not pupil.gone:
            self._kiosk.turn()
            self._turns += 1
            if self._turns % _WEIGHED_EVERY == 0:
                self._most_mb = max(self._most_mb, pss_mb())
            if self._clock.wall_ms() > until_ms:
                raise RobotStuck(f"A robot pupil got no further than: {' / '.join(pupil.sees)}.")
        if pupil.turned_away or pupil.surprises:
            raise RobotStuck(f"A robot pupil met: {pupil.surprises or pupil.sees}")
        self._window.robot = Nobody()
        self._journal.settle()

    def _slips(self) -> Iterator[Slip]:
        """Each morning a session for one class, in which every look comes once."""
        for first in range(0, len(self._pupils), len(LOOKS)):
            wanted = sessions.Wanted(SessionKind.OFFICIAL, tuple(self._pupils[first : first + len(LOOKS)]))
            morning_ns = self._clock.now_ns()
            started = sessions.start_session(self._db, self._doing(), wanted, self._chance)
            pins = {pin.pupil_id: pin.pin for pin in started.pins}
            self._kiosk.turn()
            self._clock.pass_by(2 * SECOND)
            self._kiosk.turn()
            self._kiosk.turn()
            for pupil in wanted.pupil_ids:
                yield Slip(started.session.password, pins[pupil])
            self._clock.move_to(morning_ns + _DAY_NS)

    def _doing(self) -> StaffContext:
        return StaffContext(
            now=utc(self._clock)(), rules=rules_of(self._configuration), running=frozenset({NAME}), staff=COMMAND_LINE
        )


def _nobody_walks_up() -> PreparedAttempt:
    raise AssertionError("Everybody signs in.")


def _stop(problem: Exception) -> None:
    raise problem


def _arrangements(pupils: int) -> str:
    """Each look in turn; two in three with sound, at each rate; the other arrangements and typefaces in turn."""
    lines = ["pupils:"]
    for number in range(pupils):
        colours, size = LOOKS[number % len(LOOKS)]
        codes = [Code.FTS, *([Code.CCT] if colours else []), *(_SOUND if number % 3 else ())]
        codes += [code for place, code in enumerate(_OTHERS) if number >> place & 1 and number % 5 == place]
        lines += [
            f"  robot-{number}:",
            f"    arrangements: [{', '.join(codes)}]",
            f"    size: {size}",
            *([f"    colours: {colours}"] if colours else []),
            f"    typeface: {tuple(Typeface)[number // len(LOOKS) % 3]}",
            f"    speech_rate: {tuple(Rate)[number % 3]}",
        ]
    return "\n".join(lines) + "\n"


def _details(number: int) -> PupilDetails:
    return PupilDetails(
        upn=None,
        ref=f"robot-{number}",
        surname=f"Made-Up {number}",
        forename=f"Robot {number}",
        middle_names="",
        date_of_birth=date(2018, 3, 14),
        sex=Sex("F"),
        alias_forename="",
        alias_surname="",
        group_name="",
    )


def main() -> None:
    """Take so many checks, measuring in between."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pupils", type=int)
    wanted = parser.parse_args()
    weigh = {0, EARLY, wanted.pupils, *range(len(LOOKS), wanted.pupils, len(LOOKS))}
    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder), wanted.pupils)
        print(json.dumps({"pupils": 0, **asdict(day.weighed())}), flush=True)
        day.run(sorted(weigh))
        day.close()


if __name__ == "__main__":
    main()
