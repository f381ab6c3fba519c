"""``mtc-kiosk certificate``: what the desk's certificate is, and the school's own in its place."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mtc_kiosk.store.home.desk_file import keep_enrolment
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.sync.certificate import desk_certificate, kept_certificate
from tests.office.test_enrolled_home import ENROLLED
from tests.sync.commands import answered, run
from tests.sync.test_certificate import schools_own


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without a certificate."""
    return open_home(tmp_path / "home")


def sentence(answer: dict[str, Any]) -> str:
    """The only sentence with which a command refused."""
    (problem,) = answer["errors"]
    return str(problem["message"])


def test_it_is_shown_as_browsers_show_it(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Once there is one; to look at it makes none."""
    assert "no certificate yet" in sentence(answered(capsys, "certificate", "show", "--home", home.root))
    assert kept_certificate(home) is None
    made = desk_certificate(home, ("desk", "10.0.0.7"), datetime(2027, 6, 7, 9, tzinfo=UTC))
    assert run("certificate", "show", "--home", home.root) == 0
    page = capsys.readouterr().out
    assert "".join(page.split()).replace(":", "").find(made.sha256.upper()) >= 0
    assert "Names and addresses: desk, 10.0.0.7" in page
    assert "Browsers accept it until 13 August 2029; kiosks do not look at the date." in page


def test_the_schools_own_takes_the_place_of_the_one_that_was_made(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only where staff say so, with files that fit; then tablets need nothing more."""
    made = desk_certificate(home, ("desk",), datetime.now(UTC))
    certificate, key = schools_own(tmp_path / "it", now=datetime.now(UTC))
    use = ("certificate", "use", certificate, key, "--home", home.root)
    assert "To go on, say that it may be replaced (--replace)." in sentence(answered(capsys, *use))
    swapped = ("certificate", "use", key, certificate, "--replace", "--home", home.root)
    assert "must be a certificate" in sentence(answered(capsys, *swapped))
    assert kept_certificate(home) == made
    data = answered(capsys, *use, "--replace")["data"]["certificate"]
    now = kept_certificate(home)
    assert now is not None
    assert now != made
    assert (data["sha256"], data["kiosks"]) == (now.sha256, 0)
    assert data["names"] == ["desk.school.example", "127.0.0.1"]


def test_what_tablets_trust_is_written_once_and_says_what_it_is_for(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An address that the PC has since is named; a file that is there stays, unless staff say so."""
    found = desk_certificate(home, ("desk", "10.0.0.7"), datetime.now(UTC))
    save = ("certificate", "tablets", tmp_path, "--home", home.root)
    data = answered(capsys, *save)["data"]
    assert (data["file"], data["names"]) == (str(tmp_path / "mtc-kiosk-desk.crt"), ["desk", "10.0.0.7"])
    assert "localhost" in data["lacks"]
    assert Path(data["file"]).read_text(encoding="utf-8") == found.authority
    assert "PRIVATE KEY" not in Path(data["file"]).read_text(encoding="utf-8")
    assert "--force" in sentence(answered(capsys, *save))
    assert answered(capsys, *save, "--force")["ok"]


def test_a_kiosk_has_none_of_its_own(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is asked."""
    keep_enrolment(home, ENROLLED)
    for words in (("show",), ("renew", "--replace"), ("tablets", tmp_path)):
        assert "Do this at the desk" in sentence(answered(capsys, "certificate", *words, "--home", home.root))
    assert kept_certificate(home) is None
