"""The national figures that staff loaded, a row a year: kept in the database, so that every backup has them."""

import json
from collections.abc import Mapping

from mtc_kiosk.insight.national import NationalYear, completed
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change

NATIONAL_LOADED = "national.loaded"
"""The audit's action; its subject is the hash of the file."""

_YEARS = "select year, file, eligible, scores, at_least from national_year order by year"
_KEEP = (
    "insert or replace into national_year (year, file, at, by, eligible, scores, at_least) values (?, ?, ?, ?, ?, ?, ?)"
)


def loaded_years(db: Database) -> Mapping[int, NationalYear]:
    """The years that were loaded, each completed by what comes with the program."""
    return {one.year: one for one in read(db, "national_year", _YEARS, (), _year)}


def keep_years(db: Database, stamp: AuditStamp, years: Mapping[int, NationalYear], file: str, sha256: str) -> None:
    """Keep the years of one file, all in one transaction with its audit row; each replaces its own earlier one."""
    with change(db):
        for year, one in years.items():
            scores = json.dumps([one.scores[score] for score in sorted(one.scores)])
            shares = json.dumps([one.at_least[score] for score in sorted(one.at_least)])
            db.execute(_KEEP, (year, file, stamp.at, stamp.account, one.eligible, scores, shares))
        audit(db, stamp, NATIONAL_LOADED, sha256, after={"years": sorted(years)})


def _year(year: int, file: str, eligible: int | None, scores: str, at_least: str) -> NationalYear:
    counts = {score: int(count) for score, count in enumerate(json.loads(scores))}
    shares = {score: float(share) for score, share in enumerate(json.loads(at_least))}
    return completed(year, file, eligible, counts, shares)
