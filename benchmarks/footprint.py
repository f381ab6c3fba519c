"""What a process uses: memory by the system's own count, and everything that could be left behind."""

import gc
from dataclasses import dataclass
from pathlib import Path

from Xlib.display import Display

from mtc_kiosk.kiosk.canvas import PictureOfScene

_SELF = Path("/proc/self")


@dataclass(frozen=True)
class Footprint:
    """Megabytes are of 1,000,000 bytes. ``most_mb`` is the most PSS that was seen since the last one."""

    pss_mb: float
    most_mb: float
    rss_mb: float
    surfaces_mb: float
    files: int
    threads: int
    x_resources: int
    objects: int


def pss_mb() -> float:
    """The proportional set size of this process: what it shares with others is counted in part."""
    return _rollup()["Pss"]


def footprint(picture: PictureOfScene, most_mb: float) -> Footprint:
    """Measure this process (Linux)."""
    weights = _rollup()
    return Footprint(
        pss_mb=weights["Pss"],
        most_mb=max(most_mb, weights["Pss"]),
        rss_mb=weights["Rss"],
        surfaces_mb=picture.kept_pixels * 4 / 1e6,
        files=len(list((_SELF / "fd").iterdir())) - 1,  # listing them opens one
        threads=len(list((_SELF / "task").iterdir())),
        x_resources=_x_resources(),
        objects=_objects(),
    )


def _objects() -> int:
    """How many objects the collector knows once it has looked at all of them, those frozen with a check as well."""
    gc.unfreeze()
    gc.collect()
    return len(gc.get_objects())


def _x_resources() -> int:
    """How many windows, pixmaps and other things the X server keeps for all its clients."""
    display = Display()
    try:
        clients = display.res_query_clients().clients
        kinds = [display.res_query_client_resources(client.resource_base).types for client in clients]
        return sum(kind.count for types in kinds for kind in types)
    finally:
        display.close()


def _rollup() -> dict[str, float]:
    rows = (line.split() for line in (_SELF / "smaps_rollup").read_text().splitlines()[1:])
    return {name.rstrip(":"): int(kilobytes) * 1024 / 1e6 for name, kilobytes, _ in rows}
