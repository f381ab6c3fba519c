"""What staff should know is in the kiosk's own log."""

from pathlib import Path

from mtc_kiosk.kiosk.system.staff_log import StaffLog
from mtc_kiosk.robots.clock import VirtualClock
from mtc_kiosk.store.home.home import open_home


def test_what_staff_are_told_is_in_the_kiosks_log(tmp_path: Path) -> None:
    """One line each with its time, added to what is there; nothing to tell makes no file."""
    home = open_home(tmp_path / "home")
    log = StaffLog(home, "hall", VirtualClock())
    log.add(())
    assert list(home.logs.iterdir()) == []
    log.add(("First.", "Second\nin two lines."))
    log.add(("Third \udcff.",))
    lines = (home.logs / "kiosk-hall.log").read_text(encoding="utf-8").splitlines()
    assert [line.partition(" ")[2] for line in lines] == ["First.", "Second in two lines.", "Third \\udcff."]
    assert all(line[:24].endswith("Z") for line in lines)
