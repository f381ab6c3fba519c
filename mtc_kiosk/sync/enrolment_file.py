"""The file with which staff enrol many PCs without typing: the desk's addresses, its certificate, and a secret.

Whoever has it can enrol a PC, so it serves for half an hour and for a stated number of kiosks.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mtc_kiosk.plain_file import read_plain, why

_LARGEST = 100_000
_PRODUCT = "mtc_kiosk enrolment"


class NotAnEnrolmentFile(ValueError):
    """The file cannot be used to enrol a kiosk; the message is a sentence for people."""


@dataclass(frozen=True)
class EnrolmentFile:
    """What an enrolment file says. ``certificate`` is PEM text; ``until`` is in the desk's own words."""

    addresses: tuple[str, ...]
    certificate: str
    secret: str = field(repr=False)
    school: str
    until: str

    def text(self) -> bytes:
        """The file's content."""
        return json.dumps({"product": _PRODUCT, "version": 1, **asdict(self)}, indent=1, ensure_ascii=False).encode()


def read_enrolment_file(path: Path) -> EnrolmentFile:
    """Read a file that the desk made; NotAnEnrolmentFile."""
    try:
        values: Any = json.loads(read_plain(path, _LARGEST))
        if (values.pop("product"), values.pop("version")) != (_PRODUCT, 1):
            raise ValueError("another file")
        found = EnrolmentFile(**values)
        texts = (found.certificate, found.secret, found.school, found.until, *found.addresses)
        if not all(isinstance(each, str) for each in texts) or not found.addresses:
            raise ValueError("something else")
    except OSError as problem:
        raise NotAnEnrolmentFile(f"The file {path} cannot be read ({why(problem)}). Nothing was changed.") from problem
    except (ValueError, TypeError, AttributeError, KeyError) as problem:
        raise NotAnEnrolmentFile(
            f"{path} is not an enrolment file. Make one at the desk, in the console under School. Nothing was changed."
        ) from problem
    return EnrolmentFile(tuple(found.addresses), found.certificate, found.secret, found.school, found.until)
