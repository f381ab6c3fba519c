"""What the system says of the loop's thread, once it has asked for its priority; in a process of its own."""

import os
import platform
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.posix_only("The system's own word of a thread's turns is read on Linux.")

SHORT_TURNS_SINCE = (6, 12)

ASK = """
import ctypes, os, sys
from mtc_kiosk.kiosk.system.thread_priority import _Attributes, _SET_ATTRIBUTES, raise_priority
import platform
if "unprivileged" in sys.argv:
    os.nice(5)
    if os.getuid() == 0:
        os.setgroups([]), os.setgid(65534), os.setuid(65534)
priority = raise_priority(wanted="unwanted" not in sys.argv)
read = _Attributes()
ctypes.CDLL(None).syscall(_SET_ATTRIBUTES[platform.machine()] + 1, 0, ctypes.byref(read), ctypes.sizeof(read), 0)
print(priority.raised, priority.about, os.sched_getscheduler(0) == os.SCHED_OTHER, read.nice, read.runtime, sep="|")
"""


def asked(*how: str) -> list[str]:
    """What was got, in the program's words and in the system's."""
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"):
        pytest.skip("The system's own word is read on Linux alone.")
    limited = ["prlimit", "--rtprio=0:0"]  # root may do it all the same, until it is somebody else
    program = subprocess.run(
        [*limited, sys.executable, "-c", ASK, *how], capture_output=True, text=True, check=True, timeout=60
    )
    return program.stdout.strip().split("|")


def is_new_enough() -> bool:
    """Whether this Linux knows turns of a length of one's own."""
    found = re.match(r"(\d+)\.(\d+)", platform.release())
    return found is not None and (int(found[1]), int(found[2])) >= SHORT_TURNS_SINCE


def test_refused_priority_is_no_raised_one_and_short_turns_are_asked_for() -> None:
    """As an account without the right, whose priority somebody has lowered: that stays as it is."""
    raised, about, ordinary, nice, turn_ns = asked("unprivileged")
    assert (raised, about, ordinary) == ("False", f"normal ({os.strerror(1)})", "True")
    assert nice == "5"
    if is_new_enough():
        assert turn_ns == "100000"


def test_priority_that_a_school_renounced_is_not_asked_for() -> None:
    """``raise_priority: no`` in kiosk.yaml."""
    raised, about, ordinary, nice, turn_ns = asked("unwanted")
    assert (raised, about, ordinary) == ("False", "normal (kiosk.yaml)", "True")
    assert nice == "0"
    if is_new_enough():
        assert turn_ns == "100000"
