"""Every list of pupils that staff meet is in one order, whatever letters the names have."""

import csv
import re
from pathlib import Path

import mtc_kiosk
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.school.staff_room import SchoolStaffRoom
from mtc_kiosk.office import (
    pin_slips,
    pins,
    pupils,
    reasons,
    results,
    sessions,
)
from mtc_kiosk.office.as_json import reasons as reasons_json
from mtc_kiosk.office.as_json import register_status
from mtc_kiosk.office.json_sessions import pins_of_day
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.results import FileKind
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.office.status import of_register
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.selection import ById
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting

IN_ORDER = (
    "Çelik",
    "Cole",
    "Đurić",
    "Dyer",
    "Łąka",
    "Lund",
    "Mc Donald",
    "McArthur",
    "Øster",
    "O'Tool",
    "Świątek",
    "Taylor",
)


def _fill(office: OpenHome) -> None:
    """A class with names of all Europe, added in no order; the three pupils of the home leave."""
    for number, surname in enumerate(reversed(IN_ORDER)):
        details = {Field.SURNAME: surname, Field.FORENAME: "Amy", Field.DATE_OF_BIRTH: "14/03/2018", Field.SEX: "F"}
        pupils.add(office, {**details, Field.REF: f"R{number}"})
    pupils.leave(office, ById((1, 2, 3)))


def _surnames(rows: object) -> tuple[str, ...]:
    """The last names in a list of the JSON of the office."""
    assert isinstance(rows, list)
    return tuple(str(row["surname"]) for row in rows)


def test_the_lists_of_the_office_are_in_one_order(home: Home) -> None:
    """The register, status, PINs and slips, results and reasons, in words and in JSON."""
    with acting(home) as office:
        _fill(office)
        sessions.start(office, SessionWanted(Kind.OFFICIAL))
        found = {
            "register": tuple(each.surname for each in pupils.listed(office)),
            "status": _surnames(register_status(of_register(office))["pupils"]),
            "pins": tuple(each.pupil.surname for each in pins.of_day(office).pins),
            "slips": tuple(
                re.findall(r"<h2>Amy ([^<]+)</h2>", pin_slips.page(office).html.decode().replace("&#x27;", "'"))
            ),
        }
        by_number = {each.ref: each.surname for each in pupils.listed(office)}
        rows = pins_of_day(pins.of_day(office))["pins"]
        assert isinstance(rows, list)
        found["pins in JSON"] = tuple(by_number[row["ref"]] for row in rows)
        reasons.give(office, ById(tuple(range(4, 4 + len(IN_ORDER)))), "ABSNT")
        found["reasons"] = _surnames(reasons_json(reasons.listed(office))["pupils"])
        for name, write in (("results", results.write_results), ("exported reasons", results.write_reasons)):
            path = write(office, FileKind.CSV, home.root / f"{name}.csv").path
            with path.open(encoding="utf-8-sig", newline="") as file:
                found[name] = tuple(row["Surname"] for row in csv.DictReader(file))
    assert found == dict.fromkeys(found, IN_ORDER)


def test_the_lists_at_a_kiosk_are_in_the_same_order(home: Home) -> None:
    """PINs, and the pupils to choose from."""
    with acting(home) as office:
        _fill(office)
        sessions.start(office, SessionWanted(Kind.OFFICIAL))
        room = SchoolStaffRoom(office, lambda: office.now)
        named = tuple(f"{surname}, Amy" for surname in IN_ORDER)
        (sheet,) = room.pins()
        assert tuple(row.name for row in sheet.rows) == named
        assert tuple(each.row.name for each in room.pupils("amy")) == named


def test_groups_of_pins_are_in_order_of_their_numbers(home: Home) -> None:
    """4A and 4B before 10A, also in JSON."""
    with acting(home) as office:
        office.db.execute("update pupil set group_name = '10A' where id = 1")
        sessions.start(office, SessionWanted(Kind.OFFICIAL))
        assert [one.pupil.group_name for one in pins.of_day(office).pins] == ["4A", "4B", "10A"]


def test_no_query_puts_pupils_in_an_order_of_its_own() -> None:
    """SQLite knows neither Ł nor É: what lists are ordered by is in the school's alphabet alone."""
    sources = list(Path(mtc_kiosk.__file__).parent.rglob("*.py"))
    assert len(sources) > 400
    own = r"order by[^\n\"]*(name|collate)|collate +nocase"
    told = [str(path) for path in sources if re.search(own, path.read_text(encoding="utf-8"), re.IGNORECASE)]
    # Devices are ordered by when they came, then by the name of the PC; kiosks by the name of the PC.
    assert sorted(Path(path).name for path in told) == ["classroom_tables.py", "devices.py", "kiosks.py"]
