"""The register: the pupils of the school. Only this module and ``register_import`` change it.

Each change is one transaction with its audit rows, which name columns and row ids, never their content. ``school``
decides what changes; whether the register may be changed now is checked again inside the transaction.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mtc_kiosk.record.canonical import LARGEST_INT
from mtc_kiosk.school.comparison import Change, change_to, in_known_group
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.obstacle import PupilObstacle, Refused
from mtc_kiosk.school.phases import register_obstacle
from mtc_kiosk.school.pupil import DETAILS, Numbers, Pupil, PupilDetails, Sex, version_of
from mtc_kiosk.school.pupil_ref import ref_key, ref_without_zeros
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.records.check_codes import recognise_all

_COLUMNS = (
    "id, upn, ref, surname, forename, middle_names, date_of_birth, sex, alias_forename, alias_surname, group_name,"
    " left_at"
)
_NAMES = tuple(_COLUMNS.split(", "))


class NumberTaken(ValueError):
    """Another pupil has the UPN or the ref, as ``column`` says; the message is a sentence for people."""

    def __init__(self, sentence: str, column: str = "") -> None:
        super().__init__(sentence)
        self.column = column


class ChangedMeanwhile(ValueError):
    """The register is not as it was when somebody looked at it: nothing was changed."""


@dataclass(frozen=True)
class Edited:
    """An edit of a pupil: take only these ``columns`` of ``details``.

    ``version`` is that of the pupil when somebody looked; None where nobody did.
    """

    pupil_id: int
    details: PupilDetails
    columns: tuple[str, ...]
    version: str | None = None


def pupils(db: Database, *, with_left: bool = False) -> tuple[Pupil, ...]:
    """Every pupil on the register in list order; those who have left only if asked for."""
    found = [pupil for pupil in everybody(db) if with_left or not pupil.has_left]
    return tuple(sorted(found, key=lambda pupil: pupil.order))


def find_pupil(db: Database, text: str) -> Pupil | None:
    """The pupil with this UPN or ref, ignoring capitals and outer spaces; None if there is none."""
    wanted = ref_key(tidy(text))
    where = "upn = :wanted or upper(ref) = :wanted"
    return next(iter(_pupils(db, where, {"wanted": wanted})), None)


def pupil_by_id(db: Database, pupil_id: int) -> Pupil | None:
    """The pupil with this id, even one who has left; None if there is none, as for a number that no row can have."""
    if abs(pupil_id) > LARGEST_INT:
        return None
    return next(iter(_pupils(db, "id = :id", {"id": pupil_id})), None)


def pupils_by_id(db: Database, ids: Iterable[int]) -> tuple[Pupil, ...]:
    """These pupils in list order, leavers included; ids of none are left out."""
    wanted = json.dumps(sorted(set(ids)))
    return tuple(_pupils(db, "id in (select value from json_each(:ids))", {"ids": wanted}))


def add_pupil(db: Database, stamp: AuditStamp, timetable: Timetable, details: PupilDetails) -> Pupil:
    """Add one pupil. NumberTaken if another pupil has the UPN or the ref; Refused while the register is closed."""
    with change(db):
        refuse_when_closed(db, stamp, timetable, many=False)
        _refuse_taken(db, {"upn": details.upn, "ref": details.ref}, None)
        added = _by_id(db, _insert(db, stamp, in_known_group(details, everybody(db))))
        recognise_all(db)
        return added


def edit_pupil(
    db: Database,
    stamp: AuditStamp,
    timetable: Timetable,
    edited: Edited,
) -> Change:
    """Edit one pupil; return what changed, which may be nothing.

    NumberTaken if another pupil has the UPN or the ref; Refused while the register is closed; ChangedMeanwhile if the
    pupil has another version. KeyError for an unknown id.
    """
    with change(db):
        refuse_when_closed(db, stamp, timetable, many=False)
        if edited.version not in (None, version_of(_by_id(db, edited.pupil_id))):
            raise ChangedMeanwhile
        others = [pupil for pupil in everybody(db) if pupil.id != edited.pupil_id]
        details = in_known_group(edited.details, others)
        changed = change_to(_by_id(db, edited.pupil_id), details, edited.columns)
        _refuse_taken(db, changed.values, edited.pupil_id)
        _apply(db, stamp, changed)
        recognise_all(db)
    return changed


def set_left(
    db: Database, stamp: AuditStamp, timetable: Timetable, pupil_ids: Iterable[int], left_at: str | None
) -> tuple[Pupil, ...]:
    """Mark pupils as having left, or with None as being back; return those whom that changed, as they are now.

    ``left_at`` is UTC ISO 8601. Refused while the register is closed; KeyError for an unknown id.
    """
    with change(db):
        refuse_when_closed(db, stamp, timetable, many=False)
        now = [_by_id(db, pupil_id) for pupil_id in pupil_ids]
        concerned = [pupil for pupil in now if pupil.has_left != (left_at is not None)]
        for pupil in concerned:
            mark_left(db, stamp, pupil, left_at)
        return tuple(_by_id(db, pupil.id) for pupil in concerned)


def set_groups(
    db: Database, stamp: AuditStamp, timetable: Timetable, groups: Mapping[int, str], seen: Mapping[int, str]
) -> tuple[Pupil, ...]:
    """Put each pupil, by id, into a group ("" for none), all or none; return those whom that changed.

    ``seen`` are the groups they were in when somebody looked: ChangedMeanwhile if one is in another now. Refused while
    the register is closed; KeyError for an unknown id.
    """
    with change(db):
        refuse_when_closed(db, stamp, timetable, many=False)
        now = [_by_id(db, pupil_id) for pupil_id in groups]
        if any(pupil.group_name != seen[pupil.id] for pupil in now):
            raise ChangedMeanwhile
        changes = [Change(pupil, {"group_name": groups[pupil.id]}) for pupil in now]
        changed = [each for each in changes if each.values["group_name"] != each.pupil.group_name]
        for each in changed:
            _apply(db, stamp, each)
        return tuple(_by_id(db, each.pupil.id) for each in changed)


def pupil_rows(db: Database) -> list[tuple[object, ...]]:
    """Every row of the register, unparsed: quick to read, to compare with an earlier reading."""
    return db.execute(f"select {_COLUMNS} from pupil order by id").fetchall()  # noqa: S608 - ours


def everybody(db: Database) -> list[Pupil]:
    """Every pupil, those who have left too, by id; unsorted, as sorting takes time."""
    return _pupils(db, "true", {})


def refuse_when_closed(db: Database, stamp: AuditStamp, timetable: Timetable, *, many: bool) -> None:
    """Raise Refused while the register may not be changed; ``many``: by a class list."""
    (declared,) = db.execute(
        "select count(*) from declaration as signed where undoes is null"
        " and not exists (select 1 from declaration as later where later.undoes = signed.id)"
    ).fetchone()
    obstacle = register_obstacle(timetable, datetime.fromisoformat(stamp.at), many=many, declared=declared > 0)
    if obstacle is not None:
        raise Refused((PupilObstacle(obstacle),))


def _refuse_taken(db: Database, values: Mapping[str, object], own_id: int | None) -> None:
    for column, title in (("upn", "UPN"), ("ref", "pupil ref")):
        number = values.get(column)
        other = find_pupil(db, str(number)) if number is not None else None
        if other is not None and other.id != own_id:
            left = ", who has left" if other.has_left else ""
            raise NumberTaken(f"The {title} {number} belongs to another pupil on the register{left}.", column)
    _refuse_near_ref(db, values.get("ref"), own_id)


def _refuse_near_ref(db: Database, ref: object, own_id: int | None) -> None:
    """NumberTaken for a ref that another pupil has but for zeros at the front: in a list Excel would make them one."""
    if ref is None:
        return
    refs = [pupil.ref for pupil in everybody(db) if pupil.ref is not None and pupil.id != own_id]
    other = next((each for each in refs if ref_without_zeros(each) == ref_without_zeros(str(ref))), None)
    if other is not None:
        raise NumberTaken(
            f"The pupil ref {ref} and another pupil's, {other}, differ only in zeros at the front. Choose another.",
            "ref",
        )


def _insert(db: Database, stamp: AuditStamp, details: PupilDetails) -> int:
    row = {name: stored(getattr(details, name)) for name in DETAILS}
    names = ", ".join(row)
    cursor = db.execute(
        f"insert into pupil ({names}) values ({', '.join('?' * len(row))})",  # noqa: S608 - the names are ours
        tuple(row.values()),
    )
    pupil_id = int(cursor.lastrowid or 0)
    audit(db, stamp, "pupil.added", str(pupil_id), after={"columns": [name for name, value in row.items() if value]})
    return pupil_id


def _apply(db: Database, stamp: AuditStamp, each: Change) -> None:
    if not each.values:
        return
    settings = ", ".join(f"{name} = ?" for name in each.values)
    values = (*map(stored, each.values.values()), each.pupil.id)
    db.execute(f"update pupil set {settings} where id = ?", values)  # noqa: S608 - the names are ours
    audit(db, stamp, "pupil.changed", str(each.pupil.id), after={"columns": list(each.values)})


def mark_left(db: Database, stamp: AuditStamp, pupil: Pupil, left_at: str | None) -> None:
    """Mark one pupil as having left, or with None as being back, within a transaction, with the audit row."""
    db.execute("update pupil set left_at = ? where id = ?", (left_at, pupil.id))
    action = "pupil.left" if left_at is not None else "pupil.returned"
    before, after = {"left_at": pupil.left_at}, {"left_at": left_at}
    audit(db, stamp, action, str(pupil.id), before=before, after=after)


def _by_id(db: Database, pupil_id: int) -> Pupil:
    found = pupil_by_id(db, pupil_id)
    if found is None:
        raise KeyError(pupil_id)
    return found


def _pupils(db: Database, where: str, values: dict[str, object]) -> list[Pupil]:
    query = f"select {_COLUMNS} from pupil where {where} order by id"  # noqa: S608 - ours
    return read(db, "pupil", query, values, _pupil)


def _pupil(*columns: object) -> Pupil:
    values = dict(zip(_NAMES, columns, strict=True))
    values["date_of_birth"] = date.fromisoformat(str(values["date_of_birth"]))
    values["sex"] = Sex(str(values["sex"]))
    return Pupil(**values)  # type: ignore[arg-type]  # the columns are of these types: the table is STRICT


def stored(value: object) -> object:
    """A value of a pupil as stored in the table."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Sex) else value


def numbers_of(db: Database, pupil_id: int) -> Numbers:
    """The numbers of one pupil; KeyError for an unknown id."""
    found = db.execute("select upn, ref from pupil where id = ?", (pupil_id,)).fetchone()
    if found is None:
        raise KeyError(pupil_id)
    upn, ref = found
    rows = db.execute("select number from earlier_number where pupil_id = ?", (pupil_id,)).fetchall()
    return Numbers(upn, ref, tuple(str(number) for (number,) in rows))


def all_numbers(db: Database) -> dict[int, Numbers]:
    """The numbers of every pupil, those who have left too, by id."""
    earlier: dict[int, list[str]] = defaultdict(list)
    for pupil_id, number in db.execute("select pupil_id, number from earlier_number").fetchall():
        earlier[pupil_id].append(number)
    return {
        pupil_id: Numbers(upn, ref, tuple(earlier.get(pupil_id, ())))
        for pupil_id, upn, ref in db.execute("select id, upn, ref from pupil order by id").fetchall()
    }
