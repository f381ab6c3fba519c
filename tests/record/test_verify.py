"""Bytes are verified without a home: whole, signed, and proven where they are a check's."""

import pytest

from mtc_kiosk.record.sealed import Fault, Sealed, seal
from mtc_kiosk.record.verify import NOT_PROVEN, verify

from .examples import assistant, check, check_content, detail, feedback, finished_robot, key, reason, restart

ABOUT = detail(by=None)


@pytest.mark.parametrize("sealed", [reason(), restart(), feedback(), assistant()], ids=lambda one: one.content.type)
def test_a_record_is_sound_as_it_was_sealed(sealed: Sealed) -> None:
    """Nothing but a check has a journal that could prove it."""
    found = verify(sealed.to_file())
    assert (found.sealed, found.fault, found.why, found.is_proven) == (sealed, "", "", False)


def test_a_check_is_proven_by_its_journal() -> None:
    """Its chain and its replay hold."""
    assert verify(check(finished_robot()).to_file()).is_proven


def test_a_check_whose_chain_is_broken_is_signed_and_not_proven() -> None:
    """The record is handed out all the same: it says which device signed it."""
    content = check_content(finished_robot(), key(), ABOUT, chain="0" * 64)
    found = verify(seal(content, ABOUT, key()).to_file())
    assert found.sealed is not None
    assert (found.fault, found.is_proven) == (NOT_PROVEN, False)
    assert found.why.startswith("The chain of its journal is broken")


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"", Fault.FOREIGN), (b"\xff\xd8", Fault.FOREIGN), (reason().to_file()[:-40], Fault.TORN)],
)
def test_bytes_that_are_no_whole_record_have_a_fault(content: bytes, fault: Fault) -> None:
    """And no record."""
    found = verify(content)
    assert (found.sealed, found.fault) == (None, str(fault))
    assert found.why
