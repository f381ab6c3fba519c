"""Makes every recording again: ``python -m tools.recordings.make assets/sounds``.

``made.json`` beside the recordings has each text and a hash of the file. A file with another hash is a person's
recording: it is kept and listed. Unchanged files are not written. It also writes the list of all sounds,
``docs/sounds.md``.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mtc_kiosk.check.arrangements import Rate
from mtc_kiosk.kiosk.audio.recordings import BEEP_TIME_OUT, BEEP_TWO_SECONDS, BEEPS, BEEPS_FOLDER, SUFFIX
from tools.recordings import voice
from tools.recordings.needed import needed
from tools.recordings.sound_list import sound_list

MANIFEST = "made.json"
BEEP_TEXTS = {BEEP_TWO_SECONDS: "a short high beep", BEEP_TIME_OUT: "a longer, lower beep"}


@dataclass(frozen=True)
class Recording:
    """One required file: its name below the folder, its text and its rate, None for a beep."""

    file: str
    name: str
    text: str
    rate: Rate | None

    def made(self) -> bytes:
        """Make the file's content."""
        return voice.beep_file(self.name) if self.rate is None else voice.spoken_file(self.text, self.rate)


@dataclass
class Outcome:
    """What was done with each file, by its name below the folder."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def every_recording() -> tuple[Recording, ...]:
    """Every required file."""
    beeps = tuple(Recording(f"{BEEPS_FOLDER}/{name}{SUFFIX}", name, BEEP_TEXTS[name], None) for name in BEEPS)
    texts = needed()
    return beeps + tuple(
        Recording(f"{rate}/{name}{SUFFIX}", name, text, rate) for rate in Rate for name, text in texts.items()
    )


def make(folder: Path, wanted: tuple[Recording, ...], *, show: bool = False) -> Outcome:
    """Bring the folder to what is ``wanted``; a person's recording always stays."""
    before, outcome = manifest_of(folder), Outcome()
    same_recipe = before["recipe"] == voice.recipe()
    kept: dict[str, dict[str, Any]] = {}
    for count, each in enumerate(wanted, start=1):
        known = before["files"].get(each.file)
        found = _hash_of(folder / each.file)
        if found is not None and (known is None or found != known["sha256"]):
            outcome.persons.append(each.file)
            sha256 = known["sha256"] if known is not None else ""
        elif found is not None and same_recipe and known["text"] == each.text:
            outcome.unchanged.append(each.file)
            sha256 = found
        else:
            sha256 = _write(folder / each.file, each.made())
            outcome.written.append(each.file)
        kept[each.file] = {"text": each.text, "rate": each.rate, "sha256": sha256}
        if show:
            _progress(count, len(wanted))
    _remove_others(folder, before["files"], kept, outcome)
    _write_if_new(folder / MANIFEST, _as_json({"recipe": voice.recipe(), "files": kept}))
    return outcome


def manifest_of(folder: Path) -> dict[str, Any]:
    """What the last run wrote; empty if there was none."""
    path = folder / MANIFEST
    if not path.exists():
        return {"recipe": None, "files": {}}
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def persons_files(folder: Path) -> list[str]:
    """The files that a person recorded: those with another hash than the one written."""
    files = manifest_of(folder)["files"]
    return [name for name, known in files.items() if _hash_of(folder / name) != known["sha256"]]


def _remove_others(folder: Path, before: Mapping[str, Any], kept: Mapping[str, Any], outcome: Outcome) -> None:
    """Remove recordings no longer used, except a person's."""
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        name = path.relative_to(folder).as_posix()
        if name in kept:
            continue
        if name in before and _hash_of(path) == before[name]["sha256"]:
            path.unlink()
            outcome.removed.append(name)
        else:
            outcome.persons.append(name)


def _hash_of(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def _write(path: Path, content: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _write_if_new(path: Path, text: str) -> None:
    content = text.encode("utf-8")
    if not path.exists() or path.read_bytes() != content:
        _write(path, content)


def _as_json(manifest: Mapping[str, Any]) -> str:
    """One line a file, so that a change of one recording is a change of one line."""
    files = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(said, ensure_ascii=False)}" for name, said in manifest["files"].items()
    )
    return f'{{"recipe": {json.dumps(manifest["recipe"])},\n"files": {{\n{files}\n}}}}\n'


def _progress(count: int, total: int) -> None:
    if sys.stderr.isatty() or count == total or count % 100 == 0:
        print(f"\r{count} of {total}", end="" if count < total else "\n", file=sys.stderr, flush=True)


def main() -> None:
    """Make what is missing or out of date, write the list, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the recordings lie, such as assets/sounds")
    folder = parser.parse_args().folder
    outcome = make(folder, every_recording(), show=True)
    page = folder.parent.parent / "docs" / "sounds.md"
    _write_if_new(page, sound_list(folder, {**BEEP_TEXTS, **needed()}, persons_files(folder)))
    for did in ("written", "unchanged", "removed"):
        print(f"{len(getattr(outcome, did))} {did}")
    for name in outcome.persons:
        print(f"kept, a person's recording: {name}")


if __name__ == "__main__":
    main()
