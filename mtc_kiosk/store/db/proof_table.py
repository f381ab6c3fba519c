"""The table of proofs: the result of proving each check's record. Public names are those of ``docs/data.md``.

It may be emptied at any time: missing results are computed again.
"""


def _goes_with(table: str) -> str:
    return f"""
    create trigger proof_goes_with_{table} after delete on {table}
    begin delete from proof where record_id = old.record_id and sha256 = old.sha256; end
    """  # noqa: S608 - the names are ours


STATEMENTS = (
    """
    create table proof (
        record_id text not null,
        sha256 text not null,
        check_code text,
        body_sha256 text not null check (length(body_sha256) = 64),
        prover integer not null,
        found text not null check (json_valid(found)),
        seal text not null check (length(seal) = 64),
        primary key (record_id, sha256)
    ) strict, without rowid
    """,
    "create index proof_of_check_code on proof (check_code)",
    _goes_with("inbox"),
    _goes_with("conflict"),
)
"""What the migration does, in order."""
