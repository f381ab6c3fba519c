"""The made-up school of a demonstration has what a newcomer should see."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.cli.demo import AGO
from mtc_kiosk.office import arrangements, notes, pins, pupils, reasons, settings
from mtc_kiosk.office import open as office
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.status import of_register
from mtc_kiosk.robots import demo_school
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.made_up import open_made_up_home

MORNING = "2027-06-07T09:30:00Z"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[OpenHome]:
    """The school, made half an hour ago."""
    home = open_made_up_home(tmp_path / "home")
    environ = {"MTC_KIOSK_NOW": MORNING}
    with office.opened(home, office.configuration_of(home), COMMAND_LINE, environ) as opened:
        demo_school.make(opened.at(opened.now - timedelta(minutes=30)))
    with office.opened(home, office.configuration_of(home), COMMAND_LINE, environ) as opened:
        yield opened


def test_it_has_thirty_pupils_in_two_groups(school: OpenHome) -> None:
    """With names as schools have them, and two pupils whom only their birthday tells apart."""
    register = pupils.listed(school)
    assert len(register) == 30
    assert {pupil.group_name for pupil in register} == {"4A", "4B"}
    assert {"Çelik", "Łucja", "Nguyễn", "O'Brien", "Māhoe"} <= {
        name for pupil in register for name in (pupil.surname, pupil.forename)
    }
    names = list(pupils.names(school).values())
    assert len(names) == len(set(names))
    assert sum("born" in name for name in names) == 2


def test_every_pupil_is_in_year_4(school: OpenHome) -> None:
    """Eight or nine years old, whenever the demonstration is given."""
    ages = {(school.today - pupil.date_of_birth).days / 365.25 for pupil in pupils.listed(school)}
    assert min(ages) >= 8
    assert max(ages) < 10


def test_its_settings_have_no_mistake(school: OpenHome) -> None:
    """The arrangements are those of its pupils, and it has a name."""
    assert settings.check(school.home).warnings == ()
    assert school.configuration.school.name == demo_school.SCHOOL
    some = arrangements.of_school(school)
    granted = {code for one in some.pupils for code in one.granted.codes}
    assert granted == {Code.ATA, Code.NBQ, Code.FTS, Code.CCT, Code.QNR, Code.ITA}


def test_everybody_has_a_pin_but_for_a_reason(school: OpenHome) -> None:
    """One pupil does not take the check, one has a note."""
    assert [line.code for line in reasons.listed(school).given] == ["JSTAR"]
    assert len(pins.of_day(school).pins) == 29
    assert sum(len(notes.of_pupil(school, pupil.id)) for pupil in pupils.listed(school)) == 1
    assert len(of_register(school).pupils) == 30


def test_nobody_needs_a_person_because_the_morning_began_before_the_demonstration() -> None:
    """A check that was begun long ago and goes on is overdue; even a slow PC is through before that."""
    assert AGO + timedelta(minutes=5) < Rules().overdue_after


def test_late_in_the_day_the_session_lasts_until_midnight(tmp_path: Path) -> None:
    """It must not end while somebody still looks at it."""
    for now, ends in (("2027-06-07T09:30:00Z", "16:00"), ("2027-06-07T14:00:00Z", "23:59")):
        home = open_made_up_home(tmp_path / now[11:13])
        with office.opened(home, office.configuration_of(home), COMMAND_LINE, {"MTC_KIOSK_NOW": now}) as opened:
            demo_school.make(opened)
            (pin, *_) = pins.of_day(opened).pins
            assert f"{pin.issued.expires_at.astimezone(opened.timetable.zone):%H:%M}" == ends
