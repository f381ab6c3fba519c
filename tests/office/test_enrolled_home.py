"""The home of an enrolled kiosk: its records go to the desk under the desk's name for it, and nowhere else."""

from pathlib import Path

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import class_list, pupils, sessions
from mtc_kiosk.office.open import configuration_of
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.sealing import sealer_of
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.store.home.desk_file import NAME, DeskFileRefused, Enrolment, enrolment_of, keep_enrolment
from mtc_kiosk.store.home.home import Home, open_home
from tests.office.as_staff import open_as

ENROLLED = Enrolment(
    address="https://192.168.1.10:8426",
    certificate="PEM",
    desk_key="a" * 64,
    sealing_key="b" * 64,
    kiosk=7,
    name="hall-7",
    token="t" * 43,
    enrolled_at="2027-06-07T09:00:00.000Z",
    school_name="Larkfield",
    la="123",
    estab="4567",
    urn="123456",
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which kiosk.yaml says another name."""
    home = open_home(tmp_path / "home")
    (home.config_dir / "kiosk.yaml").write_text("name: from-the-file\n", encoding="utf-8")
    return home


def test_an_enrolled_kiosk_seals_for_its_desk_alone(home: Home) -> None:
    """Under the name and the school of the enrolment, whatever the settings files say."""
    before = sealer_of(home, configuration_of(home), made_up=False)
    assert (before.kiosk, before.into_inbox, before.into_outbox) == ("from-the-file", True, False)
    keep_enrolment(home, ENROLLED)
    sealer = sealer_of(home, configuration_of(home), made_up=False)
    assert (sealer.kiosk, sealer.into_inbox, sealer.into_outbox) == ("hall-7", False, True)
    assert (sealer.school.name, sealer.school.la, sealer.school.estab, sealer.school.urn) == (
        "Larkfield",
        "123",
        "4567",
        "123456",
    )


def test_a_pc_that_names_a_desk_and_is_not_enrolled_yet_keeps_its_records_for_it(home: Home) -> None:
    """By the address in kiosk.yaml alone nothing is delivered, and nothing is lost."""
    (home.config_dir / "kiosk.yaml").write_text("desk: https://desk.example:8426\n", encoding="utf-8")
    sealer = sealer_of(home, configuration_of(home), made_up=False)
    assert (sealer.into_inbox, sealer.into_outbox) == (False, True)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"address": "https://desk"}', "\x00"])
def test_a_damaged_file_is_never_taken_for_no_desk(home: Home, text: str) -> None:
    """The PC would seal into its own inbox, from where nothing is delivered: it is refused, and enrolling mends it."""
    (home.root / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(DeskFileRefused, match="mtc-kiosk enrol"):
        sealer_of(home, configuration_of(home), made_up=False)


def test_the_file_is_read_as_it_was_written(home: Home) -> None:
    """Every field; one of an earlier version without the school's is read too."""
    keep_enrolment(home, ENROLLED)
    assert enrolment_of(home) == ENROLLED


def test_no_session_and_no_pupil_begins_at_a_kiosk(home: Home) -> None:
    """By the command line either; a sentence says where to do it."""
    keep_enrolment(home, ENROLLED)
    with open_as(home.root) as office:
        for refused in (
            lambda: sessions.start(office, SessionWanted(Kind.TRY)),
            lambda: pupils.add(office, {}),
            lambda: class_list.import_bytes(office, b"Surname,Forename\n", "class.csv"),
        ):
            with pytest.raises(OfficeRefused, match="Do this at the desk"):
                refused()
