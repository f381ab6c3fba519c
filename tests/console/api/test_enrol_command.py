"""``mtc-kiosk enrol`` at the real console: the kiosk that it makes is one that the desk hears."""

import io
import sys
from pathlib import Path

import pytest

from mtc_kiosk.office import enrolments
from mtc_kiosk.store.home.desk_file import enrolment_of
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.sync.client import DeskClient
from tests.office.as_staff import open_as
from tests.sync.commands import run

from .lan_desk import BEAT, OWNER, PROGRAM, LanDesk


def test_a_pc_that_is_enrolled_by_the_command_beats(
    desk: LanDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the code as the desk shows it, at its address; its beats are then the desk's to answer."""
    home = open_made_up_home(tmp_path / "pc")
    with open_as(desk.home.root, OWNER) as office:
        code = str(enrolments.make_code(office, 1, desk.certificate_sha256))
    monkeypatch.setattr(sys, "stdin", io.StringIO(code))
    assert run("enrol", desk.address, "--name", "by-command", "--home", home.root) == 0
    enrolment = enrolment_of(home)
    assert enrolment is not None
    with DeskClient(enrolment, device_key(home), PROGRAM) as client:
        assert client.beat(BEAT).name == "by-command"
