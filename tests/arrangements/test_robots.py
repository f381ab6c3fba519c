"""Robot pupils with arrangements drawn by lot, and those who press what they should not while they listen."""

import json
import random
from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Code, Granted
from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.kind import Kind as CheckKind
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.cli import main
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt, build_arrangements
from mtc_kiosk.robots.arranged import drawn
from mtc_kiosk.robots.clock import VirtualClock
from mtc_kiosk.robots.kinds import Kind
from mtc_kiosk.robots.odd_pupils import KeyMasher
from mtc_kiosk.robots.pc import RobotPC
from mtc_kiosk.robots.simulation import differences, seen_and_answered
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.journal.journal import NewAttempt


def test_a_digit_pressed_while_the_question_is_read_is_the_first_of_the_answer(tmp_path: Path) -> None:
    """Whoever mashes keys brings the sum up early; the robot and the journal agree on what was typed."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    chance = random.Random(2)

    def prepare() -> PreparedAttempt:
        form = draw(chance, FormRules())
        settings = build_arrangements(Settings(), Granted((Code.QNR, Code.NBQ)), form, official=False)
        return PreparedAttempt(NewAttempt(f"masher-{chance.getrandbits(32)}", CheckKind.TRY, form, settings, "pc"))

    pc = RobotPC(home, "pc", prepare, random.Random(3), VirtualClock())
    try:
        for seed in range(4):
            pupil = KeyMasher(random.Random(seed))
            sitting = pc.sit(pupil)
            meant = tuple(entry for entry in pupil.diary.sums if not entry.practice)
            assert (*sitting.surprises, *differences(meant, seen_and_answered(sitting.attempts))) == ()
    finally:
        pc.close()


def test_nobody_without_a_keyboard_goes_without_the_pad() -> None:
    """And every arrangement comes up."""
    lots = [(kind, drawn(random.Random(seed), kind)) for seed in range(60) for kind in Kind]
    assert not [
        kind for kind, granted in lots if Code.RON in granted.codes and kind in (Kind.MOUSE_ONLY, Kind.TOUCH_ONLY)
    ]
    assert {code for _, granted in lots for code in granted.codes} == set(Code)


def test_simulate_with_arrangements_drawn_by_lot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every robot of every kind completes, and the report says how many had what."""
    with pytest.raises(SystemExit) as ended:
        main(
            ["simulate", "--pupils", "11", "--seed", "9", "--arrangements", "random", "--home", str(tmp_path), "--json"]
        )
    told = json.loads(capsys.readouterr().out)
    assert (ended.value.code, told["ok"]) == (0, True)
    assert told["data"]["complete"] == 11
    assert sum(told["data"]["arrangements"].values()) > 11
