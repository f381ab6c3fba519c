"""The checks that a robot takes for the golden journal: between them, something of everything."""

from dataclasses import replace

from mtc_kiosk.check import events
from mtc_kiosk.check.arrangements import Arrangements, Clips, Colours, Countdown, Look, Rate, Size, Typeface
from mtc_kiosk.check.events import Cause, Device, Source
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.script import Asking, Pause, Reading
from mtc_kiosk.check.settings import SECOND, InterruptedQuestion, Settings, Timings

from .robot import Robot

MINUTE = 60 * SECOND
ITEMS = tuple(Item(2 + n % 11, 2 + (3 * n) % 11) for n in range(25))
TWO_SPARES_A_TABLE = tuple(Item(table, factor) for table in range(2, 13) for factor in (12, 9))
FORM = Form("golden-25", ITEMS, TWO_SPARES_A_TABLE)
CLIPS = Clips(
    questions={str(item): 1_800_000 + 10_000 * item.product for item in (*ITEMS, *TWO_SPARES_A_TABLE)},
    pauses={str(number): 900_000 + 150_000 * number for number in range(1, 26)},
    digits={digit: 380_000 + 20_000 * int(digit) for digit in "0123456789"},
    deletions={digit: 800_000 + 10_000 * int(digit) for digit in "0123456789"},
)
AUDIO = Arrangements(
    ("ATA", "QNR", "CCT", "ITA", "FTS"),
    clips=CLIPS,
    alert=True,
    settings_page=True,
    asks_assistant=True,
    chooses_colours=True,
    chooses_size=True,
    look=Look(Colours.BOC, Size.LRG, Typeface.ATKINSON, Countdown.BAR, pad_on_left=True, large_pointer=True),
    rate=Rate.SLOW,
    volume_percent=80,
)


def audio() -> Robot:
    """The audio version, complete: voids, holds, time-outs, chords, a loss made good, keys in doubt, a slow disk."""
    robot = Robot(Settings(arrangements=AUDIO), FORM)
    robot.hear(events.LookChosen(robot.now, Colours.YOB, Size.XLG))
    _practice(robot)
    _typing(robot)
    _faults(robot)
    _staff_and_disk(robot)
    robot.reach_end()
    return robot


def next_button() -> Robot:
    """The next button, until the thirty minutes are over in a question that is let end."""
    robot = Robot(
        Settings(arrangements=Arrangements(("NBQ", "RON"), next_button=True, no_pad=True, settings_page=True)), FORM
    )
    robot.reach(1, Pause)
    began = robot.now
    robot.hold(began + MINUTE)
    robot.released(began + 21 * MINUTE)
    robot.pressed_next(robot.now + SECOND)
    robot.reach(7, Pause)
    robot.pressed_next(robot.now + 10 * SECOND)
    robot.saved(robot.now + SECOND)
    robot.reach(12, Pause)
    robot.failed(robot.now + 90 * MINUTE, Cause.SUSPEND, since=robot.now + MINUTE)
    robot.saved()
    robot.released(robot.now + MINUTE)
    assert robot.machine.first_pause is not None
    over = robot.machine.first_pause + 30 * MINUTE + robot.machine.held_us
    robot.pressed_next(over - 1)
    robot.answer("12")
    return robot


def stopped() -> Robot:
    """Plain, stopped after the fourth void; before that a disk too slow and a question without a spare."""
    robot = Robot(Settings(practice=()), replace(FORM, spares=TWO_SPARES_A_TABLE[2:]))
    robot.reach(1)
    robot.failed(robot.now, Cause.JOURNAL)
    robot.released(robot.now + 2 * SECOND)
    robot.saved(robot.now + SECOND)
    robot.reach(2)
    robot.answer("15")
    robot.woke(robot.now + 5 * SECOND)
    robot.saved(robot.now + SECOND)
    robot.released(robot.now + SECOND)
    for number in (5, 9, 13):
        robot.reach(number)
        robot.lost(robot.now + SECOND, Device.KEYBOARD)
        robot.woke(robot.now + SECOND)
        robot.found(robot.now + SECOND, Device.KEYBOARD)
        robot.released()
    robot.hear(events.SetAside(robot.now + SECOND))
    robot.resumed(robot.now + SECOND)
    robot.hear(events.Stopped(robot.now + SECOND))
    return robot


def forfeited() -> Robot:
    """The national rule for an interrupted question."""
    robot = Robot(Settings(practice=(), interrupted_question=InterruptedQuestion.FORFEIT), FORM)
    for number in (1, 2, 3, 4, 25):
        robot.reach(number)
        robot.keys("4")
        robot.resumed()
        robot.released()
    return robot


def asked_again() -> Robot:
    """Try it out on chosen tables: no spares, a spoilt question comes again at the end."""
    robot = Robot(Settings(), Form("try-3", (Item(3, 4), Item(3, 5), Item(3, 6)), ask_again_last=True))
    robot.reach(2)
    robot.void()
    robot.reach_end()
    return robot


def without_limit() -> Robot:
    """Try it out without a time limit: Enter alone ends a question, and skips one."""
    robot = Robot(Settings(timings=Timings(question=None), changed_rules=True), replace(FORM, items=ITEMS[:4]))
    robot.reach(2)
    robot.key("Enter", robot.now + 90 * MINUTE)
    robot.reach_end()
    return robot


def backed_out() -> Robot:
    """The wrong pupil signed in, and pressed "This is not me" two pages later."""
    robot = Robot(Settings(arrangements=Arrangements(("ITA",), settings_page=True, asks_assistant=True)), FORM)
    robot.pressed_next(robot.now + 4 * SECOND)
    robot.hear(events.BackedOut(robot.now + SECOND, Source.TOUCH))
    return robot


GOLDEN_CHECKS = {
    "audio": audio,
    "next_button": next_button,
    "stopped": stopped,
    "forfeited": forfeited,
    "asked_again": asked_again,
    "without_limit": without_limit,
    "backed_out": backed_out,
}


def _practice(robot: Robot) -> None:
    robot.reach(1, practice=True)
    robot.keys("1", "Ctrl+2", "2", "Enter")
    robot.reach(2, practice=True)
    robot.woke(robot.now + 6 * SECOND)
    robot.reach(3, practice=True)
    robot.failed(robot.now + SECOND, Cause.SOUND)
    robot.released(robot.now + MINUTE)


def _typing(robot: Robot) -> None:
    robot.reach(1)
    robot.keys("0", "0", "4", "Enter")
    robot.reach(2)
    robot.keys("Enter", "Backspace", *"123456", "Delete", "q", "Backspace", "+", "Enter", "Enter")
    robot.reach(3)
    robot.keys("3")
    robot.woke(robot.now + 6 * SECOND)
    robot.reach(4)
    robot.hear(events.KeyPressed(robot.now + SECOND, "Repeat", Source.MOUSE))
    robot.hear(events.SoundBegan(robot.now, "question-5x11", 2_350_000))
    robot.key("Tab", robot.now + SECOND)
    robot.keys("1", "Tab", "Backspace", "Tab")
    robot.hear(events.SoundEnded(robot.now, "question-5x11", cut=True))
    robot.woke(robot.now + 4 * SECOND)
    robot.reach(5, Reading)
    robot.keys("Enter", "4", "8")
    robot.shown(robot.now + 16_000)
    robot.hear(events.KeyPressed(robot.now + SECOND, "2", Source.TOUCH))
    robot.hear(events.KeyPressed(robot.now + SECOND, "Enter", Source.PEN))
    robot.reach(6)
    shown = robot.now
    robot.key("7", shown + 5_999_998)
    robot.key("7", shown + 5_999_999, stall=True)
    robot.key("7", shown + 6_000_000)


def _faults(robot: Robot) -> None:
    robot.reach(7)
    robot.key("Alt+Tab", robot.now + SECOND)
    robot.lost(robot.now + 100_000)
    robot.woke(robot.now + 1_020_000)
    robot.found(robot.now + MINUTE)
    robot.hear(events.Noted(robot.now, "wall_clock_stepped", "-3600000 ms"))
    robot.released(robot.now + MINUTE)
    robot.reach(8)
    shown = robot.now
    robot.key("5", shown + 5 * SECOND)
    robot.lost(shown + 5_400_000)
    robot.key("6", shown + 6_100_000)
    robot.found(shown + 6_300_000)
    robot.reach(9, Reading)
    robot.failed(robot.now + 3 * SECOND, since=robot.now + SECOND)
    robot.released(robot.now + MINUTE)
    robot.reach(10, Asking)
    robot.keys("9")
    robot.resumed()
    robot.hear(events.SetAside(robot.now + MINUTE))
    robot.resumed(robot.now + MINUTE)
    robot.released(robot.now + MINUTE)


def _staff_and_disk(robot: Robot) -> None:
    robot.reach(12)
    robot.hold()
    robot.answer("77")
    robot.released(robot.now + 5 * MINUTE)
    robot.reach(13)
    robot.hear(events.HoldAsked(robot.now, Cause.SOUND))
    robot.woke(robot.now + 6 * SECOND)
    robot.released(robot.now + MINUTE)
    robot.reach(15)
    robot.answer("30")
    robot.woke(robot.now + 4 * SECOND)
    robot.saved(robot.now + SECOND)
    robot.reach(20, Pause)
    robot.failed(robot.now + SECOND, Cause.DISPLAY)
    robot.released(robot.now + SECOND)
