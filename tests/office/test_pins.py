"""PINs through the office: listed, printed, cancelled, each with its pupil."""

from dataclasses import replace
from datetime import date

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import pin_slips, pins, sessions
from mtc_kiosk.office.json_sessions import pins_cancelled, pins_of_day
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.office.words import pin_cancelled
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.selection import AsWritten, ById
from mtc_kiosk.store.home.home import Home
from tests.office.acting import ONE, THREE, TWO, acting
from tests.office.taking import practise

OFFICIAL = SessionWanted(Kind.OFFICIAL)


def test_no_session_has_no_pins(home: Home) -> None:
    """And no password; slips are refused with how to make some."""
    with acting(home) as office:
        assert pins.of_day(office) == pins.PinsOfDay(None, ())
        with pytest.raises(OfficeRefused, match="There are no PINs that can be used"):
            pin_slips.page(office)


def test_the_days_pins_have_their_pupils_and_those_who_left_have_none(home: Home) -> None:
    """The JSON says the same."""
    with acting(home) as office:
        started = sessions.start(office, SessionWanted(Kind.OFFICIAL, AsWritten((THREE, TWO, ONE))))
        office.db.execute("update pupil set left_at = '2027-06-01T08:00:00.000Z' where id = 2")
        day = pins.of_day(office)
    assert day.password == started.session.password
    made = {one.pupil.id: one.issued.pin for one in started.pins if one.pupil.id != 2}
    assert {one.pupil.id: one.issued.pin for one in day.pins} == made
    found = pins_of_day(day)["pins"]
    assert isinstance(found, list)
    assert sorted((one["upn"], one["pin"], one["kind"], one["expires_at"]) for one in found) == sorted(
        (number, made[pupil_id], "official", "2027-06-07T15:00:00.000Z") for number, pupil_id in ((ONE, 1), (THREE, 3))
    )


def test_slips_are_handed_out_by_group_then_by_name(home: Home) -> None:
    """Those without a group come last; of one pupil the official one first. Namesakes are told apart."""
    with acting(home) as office:
        office.db.execute("update pupil set group_name = '' where id = 1")
        office.db.execute("update pupil set forename = 'Amy', date_of_birth = '2018-03-14' where id in (1, 3)")
        sessions.start(office, OFFICIAL)
        sessions.start(office, SessionWanted(Kind.TRY, ById((3,))))
        order = pins.of_day(office).pins
    assert [(one.pupil.id, str(one.issued.kind)) for one in order] == [
        (2, "official"),
        (3, "official"),
        (3, "try"),
        (1, "official"),
    ]
    assert order[0].apart == ""
    assert order[1].apart.startswith("born 14 March 2018")


@pytest.mark.parametrize(
    ("group", "kind", "count"), [(None, None, 4), ("4a", None, 2), (None, Kind.TRY, 1), (" 4B", Kind.TRY, 1)]
)
def test_slips_of_one_group_or_kind(home: Home, group: str | None, kind: Kind | None, count: int) -> None:
    """Each says by the school's clock until when its PIN can be used."""
    with acting(home) as office:
        sessions.start(office, OFFICIAL)
        sessions.start(office, SessionWanted(Kind.TRY, ById((3,))))
        page = pin_slips.page(office, group, kind)
    text = page.html.decode()
    assert (page.count, text.count("<article")) == (count, count)
    assert "4 pm on Monday 7 June" in text


def test_a_group_without_pins_has_no_slips(home: Home) -> None:
    """That is another refusal than having no PIN at all."""
    with acting(home) as office:
        sessions.start(office, OFFICIAL)
        with pytest.raises(OfficeRefused, match="There are PINs, but none for this group and kind"):
            pin_slips.page(office, "4C")


def test_cancelled_pins_say_how_to_make_them_again(home: Home) -> None:
    """One command for each kind and day; today needs no date."""
    with acting(home) as office:
        sessions.start(office, OFFICIAL)
        sessions.start(office, SessionWanted(Kind.TRY, ById((1,)), day=date(2027, 6, 8)))
        cancelled = pins.cancel(office, AsWritten((ONE, TWO)))
        left = pins.of_day(office).pins
    assert [(one.kind, one.day, [pupil.id for pupil in one.pupils]) for one in cancelled.again] == [
        (Kind.OFFICIAL, None, [1, 2]),
        (Kind.TRY, date(2027, 6, 8), [1]),
    ]
    assert [one.pupil.id for one in left] == [3]
    found = pins_cancelled(cancelled)["cancelled"]
    assert isinstance(found, list)
    assert [(one["pupil_id"], one["kind"], one["signed_in_on"]) for one in found] == [
        (1, "official", None),
        (1, "try", None),
        (2, "official", None),
    ]


def test_who_practises_with_a_cancelled_pin_is_named_with_the_kiosk(home: Home) -> None:
    """Staff must know that the check will not begin there."""
    with acting(home) as office:
        (pin,) = sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,)))).pins
        practise(home, pin)
        ((pupil, one),) = pins.cancel(replace(office, kiosk="PC1"), ById((1,))).cancelled
    assert (pupil.id, one.signed_in_on) == (1, "PC1")
    cancelled = "The PIN of Testerly, Amy is cancelled."
    there = "The pupil is signed in with it on PC1, but the check will not begin there."
    assert pin_cancelled("Testerly, Amy", one) == f"{cancelled} {there}"


def test_where_one_has_no_pin_none_is_cancelled(home: Home) -> None:
    """All or none, so that no one is left without a PIN by half a command."""
    with acting(home) as office:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,))))
        with pytest.raises(Refused) as refused:
            pins.cancel(office, ById((1, 2)))
        assert len(pins.of_day(office).pins) == 1
    assert [(one.pupil_id, one.obstacle.code) for one in refused.value.obstacles] == [(2, ObstacleCode.NO_PIN)]
