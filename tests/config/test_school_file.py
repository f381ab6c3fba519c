"""school.yaml: the school's own check needs nothing filled in; the national scheme brings its dates and hours."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mtc_kiosk.config.configuration import SCHOOL, load_school
from mtc_kiosk.config.school_file import NATIONAL_HOURS, Hours, Release, Scheme, SchoolFile

Said = Callable[[str, str], list[str]]
Read = Callable[[str], SchoolFile]

NATIONAL = (
    "scheme: national\nwindow: {register_opens: 2027-03-01, try_it_out_opens: 2027-04-26, check_opens: 2027-06-07,"
    " check_closes: 2027-06-18, register_closes: 2027-06-25}\n"
)


@pytest.fixture
def school(tmp_path: Path) -> Read:
    """Give the text of a school.yaml; have what it says."""

    def read(text: str) -> SchoolFile:
        path = tmp_path / SCHOOL
        path.write_text(text, encoding="utf-8")
        return load_school(path)

    return read


def test_as_it_ships_nothing_limits_when_a_check_is_taken() -> None:
    """The school's own scheme: no window, no hours, results at once."""
    shipped = SchoolFile()
    assert (shipped.scheme, shipped.hours_in_force, shipped.release) == (Scheme.OWN, Hours(), Release.AT_ONCE)
    assert set(shipped.window.dates.values()) == {None}


def test_the_national_scheme_brings_its_hours_and_results_after_the_window(school: Read) -> None:
    """6am, 8am and 4pm, and no result before the window has closed."""
    read = school(NATIONAL)
    assert (read.hours_in_force, read.release) == (NATIONAL_HOURS, Release.AFTER_WINDOW)
    assert (NATIONAL_HOURS.pins_from, NATIONAL_HOURS.sign_in_from, NATIONAL_HOURS.until) == (time(6), time(8), time(16))


def test_what_a_school_writes_goes_before_the_scheme(school: Read) -> None:
    """A rehearsal may end later and show its results at once."""
    read = school(NATIONAL + "hours: {until: 17:30}\nresults: at_once\n")
    assert read.hours_in_force == Hours(pins_from=time(6), sign_in_from=time(8), until=time(17, 30))
    assert read.release is Release.AT_ONCE


def test_the_national_scheme_without_its_dates_is_refused(said: Said) -> None:
    """Every missing date is named, on the line of the scheme."""
    assert said(
        SCHOOL, "name: Ours\nscheme: national\nwindow: {check_opens: 2027-06-07, check_closes: 2027-06-18}\n"
    ) == [
        "school.yaml:2: scheme: The national scheme needs more dates. Write them under window: register_opens,"
        " try_it_out_opens,"
        " register_closes."
    ]


def test_dates_are_in_order_and_may_be_the_same_day(said: Said, school: Read) -> None:
    """A window of one day is a window; one that closes before it opens is not."""
    one_day = school("window: {check_opens: 2027-06-07, check_closes: 2027-06-07}").window
    assert one_day.check_opens == one_day.check_closes == date(2027, 6, 7)
    assert said(SCHOOL, "window:\n  register_opens: 2027-06-07\n  check_closes: 2027-06-06\n") == [
        "school.yaml:3: check_closes: 2027-06-06 is before register_opens (2027-06-07). Put them in order."
    ]


def test_hours_are_in_order_with_those_of_the_scheme(said: Said) -> None:
    """A time is judged beside the national ones where the scheme brings them."""
    assert said(SCHOOL, "hours: {sign_in_from: 9:00, until: 4:00}\n") == [
        "school.yaml:1: until: 04:00 is before sign_in_from (09:00). Put them in order."
    ]
    assert said(SCHOOL, "hours: {until: 7:00}\n") == []
    assert said(SCHOOL, NATIONAL + "hours:\n  until: 7:00\n") == [
        "school.yaml:4: until: 07:00 is before sign_in_from (08:00). Put them in order."
    ]


def test_results_after_the_window_need_its_end(said: Said) -> None:
    """A window that never closes would keep the results for ever."""
    (line,) = said(SCHOOL, "results: after_window")
    assert "check_closes" in line
    assert said(SCHOOL, "results: after_window\nwindow: {check_closes: 2027-06-18}") == []


@pytest.mark.parametrize(("setting", "digits"), [("la", 3), ("estab", 4), ("urn", 6)])
def test_a_number_of_the_school_keeps_its_noughts(school: Read, said: Said, setting: str, digits: int) -> None:
    """0417 is 0417; one digit more or less is refused with how many there are."""
    written = "0417170"[:digits]
    assert getattr(school(f"{setting}: {written}"), setting) == written
    for wrong in (written[1:], written + "1", "x" * digits):
        (line,) = said(SCHOOL, f"{setting}: {wrong}")
        assert f"{digits} digits, or 'none'." in line


def test_a_school_called_no_is_called_no(school: Read) -> None:
    """A name is text, whatever it looks like."""
    assert school("name: NO").name == "NO"


def test_a_time_zone_is_one_that_is_known(said: Said, school: Read) -> None:
    """Overseas schools write theirs; a slip is put right."""
    assert school("time_zone: Asia/Nicosia").zone == ZoneInfo("Asia/Nicosia")
    (line,) = said(SCHOOL, "time_zone: Europe/Londn")
    assert line.endswith("such as Europe/London. Did you mean Europe/London?")


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/localtime", "Europe", "x" * 300, "Europe/", "."])
def test_a_time_zone_is_no_path(said: Said, zone: str) -> None:
    """No file is reached through the name of a zone."""
    (line,) = said(SCHOOL, f"time_zone: '{zone}'")
    assert "is not a time zone" in line


def test_a_computer_without_time_zones_says_what_to_install(monkeypatch: pytest.MonkeyPatch, said: Said) -> None:
    """Windows has none of its own; the sentence names the package."""
    monkeypatch.setattr("mtc_kiosk.config.school_file.available_timezones", set)
    (line,) = said(SCHOOL, "time_zone: Europe/Londn")
    assert line.endswith("Ask IT staff to install the Python package tzdata.")


@pytest.mark.parametrize(
    "place",
    [
        "/srv/checks",
        "T:\\checks",
        "T:/checks",
        "\\\\server\\share",
        "sftp://trust.example/in",
        "s3://bucket/in",
        "abfs://a/b",
    ],
)
def test_records_go_to_a_whole_path_or_a_known_kind_of_store(school: Read, place: str) -> None:
    """Each destination has a name and a place."""
    (destination,) = school(f"destinations:\n  Our trust: {place}\n").destinations
    assert (destination.name, destination.to) == ("Our trust", place)


@pytest.mark.parametrize("place", ["checks", "../checks", "ftp://trust.example", "sftp://", "C:checks", "stfp://x"])
def test_a_place_that_is_neither_is_refused(said: Said, place: str) -> None:
    """A path that depends on where the program was started is no place."""
    (line,) = said(SCHOOL, f"destinations:\n  Our trust: {place}\n")
    assert line.startswith(f"school.yaml:2: to: '{place}' is not a place to send records to.")


def test_a_password_in_an_address_is_refused_and_never_repeated(said: Said) -> None:
    """The settings files are no place for a secret, and the message shows none."""
    (line,) = said(SCHOOL, "destinations:\n  Our trust: sftp://ours:opensesame@trust.example/in\n")
    assert "Do not write a password in an address." in line
    assert "opensesame" not in line


def test_two_destinations_of_one_name_are_refused(said: Said) -> None:
    """The name tells them apart."""
    assert said(SCHOOL, "destinations:\n  Trust: /a\n  Trust: /b\n") == [
        "school.yaml:3: 'Trust' is already on line 2. Delete one of them."
    ]


def test_a_transfer_file_needs_the_schools_numbers(said: Said, school: Read) -> None:
    """Without the school's numbers the file is not made."""
    assert said(SCHOOL, "la: 999\nctf:\n  on: yes\n") == [
        "school.yaml:3: on: A Common Transfer File needs the school's numbers. Write estab, urn above, or no here."
    ]
    assert school("la: 999\nestab: 1001\nurn: 900001\nctf: {on: yes}").ctf.on is True


def test_a_transfer_file_is_off_until_it_is_turned_on() -> None:
    """A practice result could overwrite a statutory one."""
    assert SchoolFile().ctf.on is False


def test_a_transfer_file_never_bears_the_national_services_name(said: Said) -> None:
    """Ours must not pass for one of theirs, however it is written."""
    (line,) = said(SCHOOL, "ctf: {supplier_id: multiplication TABLES check}")
    assert "the national service's name" in line


@pytest.mark.parametrize(("days", "mistakes"), [("1", 0), ("3650", 0), ("0", 1), ("3651", 1)])
def test_how_long_a_kiosk_keeps_a_check_is_in_range(said: Said, days: str, mistakes: int) -> None:
    """At least a day, at most ten years."""
    assert len(said(SCHOOL, f"retention: {{days_after_receipt: {days}}}")) == mistakes


def test_the_mistake_the_reference_shows(said: Said) -> None:
    """What is wrong, what is allowed, did you mean."""
    assert said(SCHOOL, "name: Ours\nscheme: nationl\n") == [
        "school.yaml:2: scheme: 'nationl' is not allowed here. Write one of: own (the school's own check, at any"
        " time), national (the dates, hours and rules of the national check). Did you mean national?"
    ]
