"""The desk's epoch: one for each place at which a desk's home is open, so that a copy of it counts as another desk."""

import contextlib
import shutil
from pathlib import Path

from mtc_kiosk.store.classroom.epoch import epoch_of
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import open_home


def epoch_at(root: Path) -> str:
    """The epoch of the desk with this home."""
    with contextlib.closing(open_database(open_home(root))) as db:
        return epoch_of(db)


def test_a_copied_desk_has_an_epoch_of_its_own_and_the_first_keeps_its_own(tmp_path: Path) -> None:
    """Each stays what it is: kiosks that move between them offer each what the other was given."""
    first = epoch_at(tmp_path / "desk")
    shutil.copytree(tmp_path / "desk", tmp_path / "copy")
    copied = epoch_at(tmp_path / "copy")
    assert copied != first
    assert (epoch_at(tmp_path / "copy"), epoch_at(tmp_path / "desk")) == (copied, first)


def test_an_epoch_from_before_places_were_noted_goes_on(tmp_path: Path) -> None:
    """The update of the program is no reason to send everything again."""
    first = epoch_at(tmp_path / "desk")
    with contextlib.closing(open_database(open_home(tmp_path / "desk"))) as db:
        db.execute("update desk_epoch set place = ''")
    assert epoch_at(tmp_path / "desk") == first
