"""The names of the database's migrations, so that an up-to-date database is recognised without loading the library.

What each does is in ``migrations``; a test compares the two.
"""

from mtc_kiosk.store.db.opened import Database

SET = "mtc_kiosk"
"""The name of this program's set of migrations."""

NAMES = frozenset(
    {
        "m001_attempts",
        "m002_school",
        "m003_arrangements",
        "m2026_11_27_cancelled_pins",
        "m2026_11_27_earlier_numbers",
        "m2026_11_27_choices",
        "m2026_11_27_sticks",
        "m2026_11_27_proofs",
        "m2026_11_27_records_by_pupil",
        "m2026_11_27_notes",
        "m2026_11_27_accounts",
        "m2026_11_27_kiosk_commands",
        "m2026_11_27_records_listed",
        "m2026_11_28_classroom",
        "m2026_11_28_delivery_check_codes",
        "m2026_11_28_proof_copied_desk",
        "m2026_11_28_national_years",
    }
)
"""Every migration of this program."""

_TABLE = "select 1 from sqlite_schema where type = 'table' and name = '_sqlite_migrations'"
_APPLIED = "select name from _sqlite_migrations where migration_set = ?"


def applied(db: Database) -> frozenset[str]:
    """The migrations that a database has, including any of a newer program."""
    if db.execute(_TABLE).fetchone() is None:
        return frozenset()
    return frozenset(name for (name,) in db.execute(_APPLIED, (SET,)).fetchall())
