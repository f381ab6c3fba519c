"""A home's sealer, and its identity for receiving records: its key, its school, where records go."""

from mtc_kiosk.config.school_shape import UNNAMED, SchoolShape
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.record.school import School
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.desk_file import Enrolment, enrolment_of
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.inbox import ReceivingHome
from mtc_kiosk.store.records.sealer import Sealer


def sealer_of(home: Home, configuration: Configuration, *, made_up: bool) -> Sealer:
    """This home's sealer; DeviceKeyRefused or DeskFileRefused if its key, or its desk's file, cannot be read."""
    return sealer_with(device_key(home), configuration, enrolment_of(home), made_up=made_up)


def sealer_with(key: DeviceKey, configuration: Configuration, enrolment: Enrolment | None, *, made_up: bool) -> Sealer:
    """A sealer with this key: into the inbox if the home is its own desk, into the outbox if records travel on.

    An enrolled kiosk's records have the name that its desk gave and name the desk's school; they only travel.
    """
    kiosk, school = configuration.kiosk, configuration.school
    is_own_desk = enrolment is None and kiosk.desk is None
    return Sealer(
        key=key,
        kiosk=enrolment.name if enrolment is not None else kiosk.name,
        school=_desks_school(enrolment) if enrolment is not None else school_of(school),
        made_up=made_up,
        into_inbox=is_own_desk,
        into_outbox=not is_own_desk or bool(school.destinations),
    )


def catch_up(home: Home, configuration: Configuration, db: Database, *, made_up: bool) -> None:
    """Seal what ended without a record because the database refused one when the check ended."""
    with change(db):
        sealer_of(home, configuration, made_up=made_up).catch_up(db)


def receiving_home(home: Home, configuration: Configuration, *, made_up: bool) -> ReceivingHome:
    """This home as a receiver of records; DeviceKeyRefused if its key cannot be read."""
    key = device_key(home)
    return ReceivingHome(school_of(configuration.school), made_up, key.fingerprint, key)


def _desks_school(enrolment: Enrolment) -> School:
    return School(name=enrolment.school_name, la=enrolment.la, estab=enrolment.estab, urn=enrolment.urn)


def school_of(school: SchoolShape) -> School:
    """The school as its records name it; a name that has not been filled in yet is left out."""
    name = school.name if school.name != UNNAMED else None
    return School(name=name, la=school.la, estab=school.estab, urn=school.urn)
