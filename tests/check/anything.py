"""What Hypothesis may choose for a check: its form, its rules, what is pressed, what breaks, and when."""

from hypothesis import strategies as st

from mtc_kiosk.check.arrangements import Arrangements, Clips
from mtc_kiosk.check.events import Cause, Device
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.settings import SECOND, InterruptedQuestion, Settings, Timings

ITEMS = (Item(7, 8), Item(6, 9), Item(7, 4))
SPARES = (Item(7, 5), Item(7, 2), Item(6, 5))
CLIPS = Clips(
    {"7x8": SECOND, "6x9": 2 * SECOND, "7x5": 1},
    {"1": 4 * SECOND, "2": SECOND, "p1": 3 * SECOND},
    {"0": 400_000, "1": 3_500_000, "5": 600_000, "7": 1},
    {"1": 700_000, "5": 900_000},
)
MANNERS = (
    Arrangements(),
    Arrangements(next_button=True),
    Arrangements(clips=CLIPS),
    Arrangements(clips=CLIPS, next_button=True, settings_page=True),
    Arrangements(clips=CLIPS, alert=True, no_pad=True, asks_assistant=True),
    Arrangements(alert=True),
)
TIMES = (Timings(), Timings(), Timings(question=None), Timings(question=2 * SECOND))
FORMS = st.builds(
    lambda count, spares, again: Form("any", ITEMS[:count], () if again else spares, ask_again_last=again),
    st.integers(1, 3),
    st.sampled_from([SPARES, SPARES, SPARES[:1], ()]),
    st.booleans(),
)
RULES_OF_THE_CHECK = st.builds(
    Settings,
    timings=st.sampled_from([*TIMES, Timings(whole_check=20 * SECOND), Timings(whole_check=3 * SECOND)]),
    practice=st.sampled_from([(), (Item(1, 12),)]),
    voids_replaced=st.sampled_from([3, 3, 1, 0]),
    interrupted_question=st.sampled_from([InterruptedQuestion.SPARE] * 3 + [InterruptedQuestion.FORFEIT]),
    arrangements=st.sampled_from(MANNERS),
)
KEYS = st.sampled_from(
    [*"0123456789", "Enter", "Enter", "Backspace", "Delete", "x", "+", "Alt+Tab", "Ctrl+5", "10", "Tab", "Repeat"]
)
DEVICES = st.sampled_from(list(Device))
CAUSES = st.sampled_from([Cause.STALL, Cause.SUSPEND, Cause.JOURNAL, Cause.SOUND])
BOUNDARY = st.sampled_from([None, None, -1, 0, 0, 1, 18_000])
"""Microseconds from the next deadline; None for a time after the last event."""

STEP = st.sampled_from([0, 1, 16_000, 200_000, 500_000, 999_999, SECOND, 2 * SECOND, 3 * SECOND, -1, -SECOND])
