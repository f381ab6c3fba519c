"""The school's name, scheme and dates: saved into the file with its notes, or refused at the field."""

from dataclasses import replace

import pytest

from mtc_kiosk.config.settings import SCHOOL
from mtc_kiosk.config.whole_file import BACKUPS
from mtc_kiosk.office import school_settings
from mtc_kiosk.office.open import configuration_of
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.school_settings import ChangedMeanwhile, SchoolDetails, SchoolRefused
from mtc_kiosk.resources import shipped_config
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting, audited

DATES = dict(
    zip(
        school_settings.DATES,
        ("2027-03-01", "2027-04-12", "07/06/2027", "2027-06-18", "25 June 2027"),
        strict=True,
    )
)


def test_the_name_is_saved_and_every_note_stays(home: Home) -> None:
    """Only its line differs; how the file was is kept beside it, and the audit says who."""
    with acting(home) as office:
        before = school_settings.details(office)
        assert (before.name, before.scheme, school_settings.is_named(office)) == ("Our school", "own", False)
        after = school_settings.save(office, replace(before, name="St Elsewhere's: Juniors"))
        assert audited(office) == [("h.head", "settings.changed", SCHOOL)]
    assert configuration_of(home).school.name == after.name == "St Elsewhere's: Juniors"
    text = (home.config_dir / SCHOOL).read_text(encoding="utf-8")
    assert text.replace('name: "St Elsewhere\'s: Juniors"', "name: Our school") == shipped_config(SCHOOL).read_text(
        encoding="utf-8"
    )
    (kept,) = (home.config_dir / BACKUPS).iterdir()
    assert kept.read_bytes() == shipped_config(SCHOOL).read_bytes()
    with acting(home) as office:
        assert school_settings.is_named(office)


def test_the_national_scheme_is_saved_with_its_dates_however_they_are_typed(home: Home) -> None:
    """Day first or year first."""
    with acting(home) as office:
        version = school_settings.details(office).made_from
        school_settings.save(office, SchoolDetails("Larkfield", "national", DATES, version))
    school = configuration_of(home).school
    assert [f"{day}" for day in school.window.dates.values()] == [
        *("2027-03-01", "2027-04-12", "2027-06-07", "2027-06-18", "2027-06-25")
    ]
    assert str(school.scheme) == "national"


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (SchoolDetails("  ", "own"), {"name"}),
        (SchoolDetails("A" * 121, "own"), {"name"}),
        (SchoolDetails("A\tB", "own"), {"name"}),
        (SchoolDetails("A", "county"), {"scheme"}),
        (SchoolDetails("A", "national"), set(DATES)),
        (SchoolDetails("A", "own", {"check_opens": "soon"}), {"check_opens"}),
        (SchoolDetails("A", "own", {"check_opens": "9999-12-31"}), {"check_opens"}),
        (SchoolDetails("A", "own", {"check_opens": "2027-06-07", "check_closes": "2027-06-01"}), {"check_closes"}),
        (SchoolDetails("", "", {"check_closes": "31/02/2027"}), {"name", "scheme", "check_closes"}),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_is_saved(
    home: Home, typed: SchoolDetails, fields: set[str]
) -> None:
    """All of them at once."""
    before = (home.config_dir / SCHOOL).read_bytes()
    with acting(home) as office:
        version = school_settings.details(office).made_from
        with pytest.raises(SchoolRefused) as refused:
            school_settings.save(office, replace(typed, made_from=version))
        assert audited(office) == []
    assert set(refused.value.fields) == fields
    assert (home.config_dir / SCHOOL).read_bytes() == before


def test_of_two_who_change_it_the_second_overwrites_nothing(home: Home) -> None:
    """The refusal carries what the file says now."""
    with acting(home) as office:
        made_from = school_settings.details(office).made_from
        school_settings.save(office, SchoolDetails("First", "own", {}, made_from))
        with pytest.raises(ChangedMeanwhile) as refused:
            school_settings.save(office, SchoolDetails("Second", "own", {}, made_from))
    assert refused.value.now.name == "First"
    assert configuration_of(home).school.name == "First"


def test_saving_what_the_file_says_already_writes_nothing(home: Home) -> None:
    """Neither a copy nor a line in the audit; a second press of the button does no harm."""
    with acting(home) as office:
        before = school_settings.details(office)
        assert school_settings.save(office, before) == before
        assert audited(office) == []
    assert not (home.config_dir / BACKUPS).exists()


def test_a_file_with_a_mistake_is_named_with_its_line(home: Home) -> None:
    """The form cannot know what the rest of it means."""
    with acting(home) as office:
        (home.config_dir / SCHOOL).write_text("name: A\nscheme: county\n", encoding="utf-8")
        with pytest.raises(OfficeRefused) as refused:
            school_settings.details(office)
    assert [(problem.file, problem.line) for problem in refused.value.problems] == [(SCHOOL, 2)]


def test_a_combination_that_the_whole_file_does_not_allow_is_not_saved(home: Home) -> None:
    """``results: after_window`` needs the last day: taking that day away is refused with the line."""
    (home.config_dir / SCHOOL).write_text(
        "results: after_window\nwindow:\n  check_closes: 2027-06-18\n", encoding="utf-8"
    )
    with acting(home) as office:
        now = school_settings.details(office)
        with pytest.raises(OfficeRefused) as refused:
            school_settings.save(office, replace(now, dates={}))
    assert refused.value.problems[0].line == 1
    assert refused.value.problems[-1].message == "Nothing was saved."
    assert "2027-06-18" in (home.config_dir / SCHOOL).read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_left_as_it_is(home: Home) -> None:
    """It is protected against writing."""
    path = home.config_dir / SCHOOL
    path.chmod(0o400)
    with acting(home) as office:
        now = school_settings.details(office)
        with pytest.raises(OfficeRefused, match="Nothing was saved"):
            school_settings.save(office, replace(now, name="A"))
        assert audited(office) == []
    assert configuration_of(home).school.name == "Our school"
