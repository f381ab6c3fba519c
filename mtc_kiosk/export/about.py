"""What an export must say about itself: inside JSON, or in a text file beside CSV.

It says that this is the school's own check, and what the rows alone do not show.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

OWN_CHECK = "This is the school's own check. It is not the statutory check, and it is not sent to the DfE."
MADE_UP = "These are made-up pupils. No real child took this check."


@dataclass(frozen=True)
class About:
    """What one export says about itself. ``made_at`` is in the school's zone; ``notes`` are sentences."""

    what: str
    school: str
    made_at: datetime
    made_up: bool
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences, the most important first."""
        return (*((MADE_UP,) if self.made_up else ()), OWN_CHECK, *self.notes)

    @property
    def lines(self) -> tuple[str, ...]:
        """What it is and when it was made, then the sentences."""
        made = f"Made on {self.made_at.day} {self.made_at:%B %Y at %H:%M}"
        return (f"{self.what}: {self.school}", made, *self.sentences)

    def to_text(self) -> bytes:
        """The text file: UTF-8 with a byte order mark and CRLF, so that Notepad shows it."""
        heading, *others = self.lines
        lines = [heading, "=" * len(heading), "", *(line for s in others for line in (s, ""))]
        return "\r\n".join(lines).encode("utf-8-sig")

    def to_json(self) -> dict[str, object]:
        """The same for JSON."""
        return {
            "what": self.what,
            "school": self.school,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "made_up_pupils": self.made_up,
            "own_check": True,
            "notes": list(self.sentences),
        }


def beside(path: Path) -> Path:
    """The path of the text file beside an export: ``results.csv`` has ``results.about.txt``."""
    return path.with_name(f"{path.stem}.about.txt")
