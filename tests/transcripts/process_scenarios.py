"""A few commands in a process of their own: a kiosk without a screen, streams in other code pages."""

import os
import subprocess
import sys
from pathlib import Path

from .class_lists import PUPILS, csv
from .pinned import NOW
from .terminal import Terminal

ROOT = Path(__file__).parents[2]
WAIT_S = 60


def own_process(at: Terminal) -> None:
    """The same commands through ``python -m mtc_kiosk``."""
    at.made_up_home()
    at.write("class.csv", csv(*PUPILS))
    run(at, "pupils", "import", "class.csv", "--home", "home")
    run(at, "pupils", "list", "--home", "home")
    run(at, "pupils", "list", "--home", "home", PYTHONIOENCODING="cp437")
    run(at, "pupils", "list", "--home", "home", "--json", PYTHONIOENCODING="cp437")
    run(at, "pupils", "list", "--home", "home", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    run(at, "status", "--home", "home", MTC_KIOSK_NOW="tomorrow")
    run(at, "stat\x1bus", "--home", "home")
    run(at, "passcode", "set", "--home", "home", stdin="short\n")
    run(at, "run", "--kiosk", "PC1", "--home", "home", SDL_VIDEODRIVER="x11", DISPLAY=":none")
    run(at, "try", "--tables", "3", "--home", "home", "--json", SDL_VIDEODRIVER="x11", DISPLAY=":none")
    run(at, "try", "--rehearse", "--home", "home", SDL_VIDEODRIVER="x11", DISPLAY=":none")


def run(at: Terminal, *words: str, stdin: str = "", **settings: str) -> None:
    """Type a command in a process of its own, with these settings in its environment."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "MTC_KIOSK_NOW": NOW,
        "COLUMNS": "100",
        "PYTHONIOENCODING": "utf-8",
        **settings,
    }
    if "PYTHONUTF8" in settings:
        del environment["PYTHONIOENCODING"]
    done = subprocess.run(
        [sys.executable, "-m", "mtc_kiosk", *words],
        cwd=at.folder,
        env=environment,
        input=stdin.encode(),
        capture_output=True,
        timeout=WAIT_S,
        check=False,
    )
    encoding = "cp437" if settings.get("PYTHONIOENCODING") == "cp437" and "--json" not in words else "utf-8"
    if settings:
        at.note(", ".join(f"{name}={value}" for name, value in settings.items()))
    at.show(list(words), done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
