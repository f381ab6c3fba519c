"""``mtc-kiosk enrol`` at the real console: the kiosk that it makes is one that the desk hears."""

import io
import json
import ssl
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from mtc_kiosk.office import enrolments
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.desk_file import enrolment_of
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.sync.certificate import kept_certificate
from mtc_kiosk.sync.client import DeskClient
from mtc_kiosk.sync.transport import TransportTrouble
from tests.office.as_staff import open_as
from tests.sync.commands import run
from tests.sync.desk_of_a_home import SmallDesk, serving_desk

from .lan_desk import BEAT, OWNER, PROGRAM, LanDesk, lan_desk


@pytest.fixture
def enrol(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Types ``mtc-kiosk enrol`` with a new code of the desk; its exit code."""

    def type_it(desk: LanDesk | SmallDesk, home: Home, *words: str) -> int:
        certificate = kept_certificate(desk.home)
        assert certificate is not None
        with open_as(desk.home.root, OWNER) as office:
            code = str(enrolments.make_code(office, 1, certificate.sha256))
        monkeypatch.setattr(sys, "stdin", io.StringIO(code))
        return run("enrol", desk.address, *words, "--home", home.root)

    return type_it


def test_a_pc_that_is_enrolled_by_the_command_beats(desk: LanDesk, tmp_path: Path, enrol: Callable[..., int]) -> None:
    """With the code as the desk shows it, at its address; its beats are then the desk's to answer."""
    home = open_made_up_home(tmp_path / "pc")
    assert enrol(desk, home, "--name", "by-command") == 0
    enrolment = enrolment_of(home)
    assert enrolment is not None
    with DeskClient(enrolment, device_key(home), PROGRAM) as client:
        assert client.beat(BEAT).name == "by-command"


def test_a_desk_with_a_new_certificate_is_accepted_at_the_kiosk_on_purpose_alone(
    tmp_path: Path, enrol: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands at both PCs, and what a tablet trusts afterwards."""
    home, pc, saved = open_made_up_home(tmp_path / "desk"), open_made_up_home(tmp_path / "pc"), tmp_path / "desk.crt"
    open_database(home).close()
    with serving_desk(home) as first:
        assert enrol(first, pc, "--name", "hall-1") == 0
    assert run("certificate", "renew", "--home", home.root) == 1
    assert "each of them (1 kiosk) has to be enrolled again at its own PC" in capsys.readouterr().err
    assert run("certificate", "renew", "--replace", "--home", home.root) == 0
    assert "mtc-kiosk enrol URL --certificate-changed" in capsys.readouterr().out
    assert run("certificate", "tablets", saved, "--home", home.root) == 0
    before = enrolment_of(pc)
    assert before is not None
    with lan_desk(home) as second:
        moved = replace(before, address=second.address)
        assert run("certificate", "renew", "--replace", "--home", home.root) == 1
        assert "Close the console" in capsys.readouterr().err
        with DeskClient(moved, device_key(pc), PROGRAM) as client, pytest.raises(TransportTrouble):
            client.beat(BEAT)
        assert enrol(second, pc, "--name", "hall-1") == 1
        assert "--certificate-changed" in capsys.readouterr().err
        assert enrol(second, pc, "--name", "hall-1", "--certificate-changed") == 0
        after = enrolment_of(pc)
        assert after is not None
        with DeskClient(after, device_key(pc), PROGRAM) as client:
            assert client.beat(BEAT).name == "hall-1"
        tablet = ssl.create_default_context(cafile=str(saved))
        assert httpx.get(f"{second.address}/api", verify=tablet, trust_env=False).status_code == 200
    with open_as(home.root, OWNER) as office:
        rows = office.db.execute("select action, subject, before from audit where action like 'certificate.%'")
        (renewed, tablets) = rows.fetchall()
    assert renewed[:2] == ("certificate.renewed", second.certificate_sha256)
    assert json.loads(renewed[2]) == {"sha256": first.certificate.sha256}
    assert tablets[:2] == ("certificate.saved", second.certificate_sha256)
