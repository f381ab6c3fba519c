"""Lists that wait to be saved: in memory, for one account, three at a time and an hour at most."""

from datetime import UTC, datetime, timedelta

import pytest

from mtc_kiosk.console.uploads import KEPT_FOR, MOST_IN_ALL, MOST_UPLOADS, TooManyUploads, Uploads

START = datetime(2027, 6, 7, 9, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """The time."""
        return self.now


def test_a_list_belongs_to_its_account() -> None:
    """Another account finds nothing by its address."""
    uploads = Uploads(Clock())
    kept = uploads.keep("a", "4A.csv", b"Testerly,Amy")
    assert uploads.find("a", kept.id) == kept
    assert uploads.find("b", kept.id) is None
    assert (uploads.of("a"), uploads.of("b")) == ((kept,), ())
    assert "Testerly" not in repr(kept)


def test_a_list_is_kept_for_an_hour() -> None:
    """Not a second longer, however often it was looked at."""
    clock = Clock()
    uploads = Uploads(clock)
    kept = uploads.keep("a", "4A.csv", b"1")
    clock.now = START + KEPT_FOR - timedelta(seconds=1)
    assert uploads.find("a", kept.id) is not None
    uploads.change(kept, saved=False)
    clock.now = START + KEPT_FOR
    assert uploads.find("a", kept.id) is None
    assert uploads.of("a") == ()


def test_an_account_has_three_at_a_time() -> None:
    """A fourth is refused and nothing is lost; one that is dropped or saved makes room."""
    uploads = Uploads(Clock())
    kept = [uploads.keep("a", f"{n}.csv", b"") for n in range(MOST_UPLOADS)]
    with pytest.raises(TooManyUploads):
        uploads.keep("a", "4.csv", b"")
    assert len(uploads.of("a")) == MOST_UPLOADS
    uploads.keep("b", "1.csv", b"")
    uploads.drop(kept[0])
    uploads.keep("a", "4.csv", b"")
    saved = uploads.change(kept[1], saved=True)
    assert uploads.find("a", saved.id) is not None
    uploads.keep("a", "5.csv", b"")
    assert uploads.find("a", saved.id) is None
    assert len(uploads.of("a")) == MOST_UPLOADS


def test_all_accounts_together_have_a_limit() -> None:
    """So that memory has one."""
    uploads = Uploads(Clock())
    for n in range(MOST_IN_ALL):
        uploads.keep(f"account {n}", "c.csv", b"")
    with pytest.raises(TooManyUploads):
        uploads.keep("another", "c.csv", b"")


def test_signing_out_forgets_an_accounts_lists() -> None:
    """And no other's."""
    uploads = Uploads(Clock())
    uploads.keep("a", "4A.csv", b"1")
    other = uploads.keep("b", "4B.csv", b"2")
    uploads.drop_all_of("a")
    assert (uploads.of("a"), uploads.of("b")) == ((), (other,))


def test_a_list_that_was_dropped_does_not_come_back_with_a_change() -> None:
    """Two tabs may have it open."""
    uploads = Uploads(Clock())
    kept = uploads.keep("a", "4A.csv", b"1")
    uploads.drop(kept)
    uploads.change(kept, opened=frozenset({2}))
    assert uploads.find("a", kept.id) is None
