"""Indexes by which the records of one pupil are found among all that came in.

Their keys are computed from the record and its detail, so they cannot disagree with either, and they go with a detail
that is erased. A body or a detail that is no JSON has no keys. ``store.records.pupil_finder`` decides which pupil a
record is of; a query uses an index only if it writes the key exactly as it is here.
"""


def _of_detail(name: str) -> str:
    return f"case when json_valid(detail) then json_extract(detail, '$.{name}') end"


CHECK_CODE = (
    "case when type = 'check' and json_valid(cast(body as text))"
    " then json_extract(cast(body as text), '$.content.check_code') end"
)
"""The code of the PIN that a check was taken with."""

OWN_NUMBER = _of_detail("pupil")
"""The pupil's number in the home that made the record."""

UPN = _of_detail("upn")
REF = f"upper({_of_detail('ref')})"

_KEYS = {"check_code": CHECK_CODE, "own_number": OWN_NUMBER, "upn": UPN, "ref": REF}

STATEMENTS = (
    *(
        f"create index {table}_of_{name} on {table} ({key})"
        for table in ("inbox", "conflict")
        for name, key in _KEYS.items()
    ),
    "create index pupil_of_ref on pupil (upper(ref))",
    "drop index proof_of_check_code",  # records are found by what they say themselves, proven or not
)
"""What the migration does, in order. SQLite fills the indexes with the records that are there."""

LISTED = "create index inbox_listed on inbox (type, state, at, record_id, sha256, detail)"
"""What a list of all records needs but their bodies. Without it SQLite reads through each body to reach what is
stored behind it: of 700 checks that is 10 ms a query."""
