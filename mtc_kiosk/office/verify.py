"""Read and verify record files (``record.verify``)."""

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from mtc_kiosk.office.problem import Problem
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.record.sealed import LARGEST_FILE
from mtc_kiosk.record.signing import shown
from mtc_kiosk.record.verify import Verified, verify
from mtc_kiosk.school.words import time_in_words
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.home.whole_files import what_is_wrong


@dataclass(frozen=True)
class VerifiedFile:
    """A verified file: ``verified`` is None if it cannot be read, ``problem`` is None if it is sound."""

    file: Path
    verified: Verified | None
    problem: Problem | None


def verify_file(file: Path) -> VerifiedFile:
    """Read a file and verify what is in it."""
    try:
        content = read_plain(file, LARGEST_FILE + 1)
    except OSError as problem:
        sentence = f"It cannot be read: {what_is_wrong(problem)}."
        return VerifiedFile(file, None, Problem(sentence, "unreadable", str(file)))
    verified = verify(content)
    return VerifiedFile(file, verified, Problem(verified.why, verified.fault, str(file)) if verified.fault else None)


def sentence_of(one: VerifiedFile) -> str:
    """The result in a sentence: what is wrong with the file, or which record it is."""
    if one.problem is not None:
        return str(one.problem)
    assert one.verified is not None, "a file that cannot be read has a problem"
    sealed = one.verified.sealed
    assert sealed is not None, "a file without a record has a problem"
    content = sealed.content
    proven = " Its journal proves it." if one.verified.is_proven else ""
    made_up = " It is about made-up pupils." if content.made_up else ""
    what = f"{'an' if content.type[0] in 'aeiou' else 'a'} {content.type} record"
    return (
        f"{one.file}: {what} of {time_in_words(instant(content.at), UTC)} UTC from {content.kiosk}, complete and signed"
        f" by the device {shown(content.device)}.{proven}{made_up}"
    )
