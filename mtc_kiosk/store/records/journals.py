"""The journals of received checks, for insight: only of the records that are asked for.

A record is read by its id and SHA-256, which results already found proven; its bytes must still have that hash, so its
journal needs no second replay.
"""

import contextlib
from collections.abc import Iterable, Mapping

from mtc_kiosk.check.facts import Fact
from mtc_kiosk.check.journal_form import NotAFact, fact_from
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.record.content import Check
from mtc_kiosk.record.sealed import NotARecord
from mtc_kiosk.record.settings_shape import NotSettings, settings_from
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.records.rows import RecordRow, Table, rows

Key = tuple[str, str]
Journal = tuple[tuple[Fact, ...], Settings]


def journals(db: Database, proven: Iterable[Key]) -> Mapping[Key, Journal]:
    """The facts and settings of these ``proven`` checks, by id and SHA-256; without any changed since its proof."""
    found: dict[Key, Journal] = {}
    for key in proven:
        for table in (Table.INBOX, Table.CONFLICT):
            for row in rows(db, table, "record_id = ? and sha256 = ?", key):
                with contextlib.suppress(NotARecord, NotAFact, NotSettings):
                    found |= _journal(row, key)
    return found


def _journal(row: RecordRow, key: Key) -> Mapping[Key, Journal]:
    sealed = row.sealed()
    content = sealed.content
    if not isinstance(content, Check) or (content.id, sealed.sha256) != key:
        return {}
    facts = tuple(fact_from(event.type, event.at_us, event.data) for event in content.events)
    return {key: (facts, settings_from(content.settings))}
