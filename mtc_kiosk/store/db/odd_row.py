"""The error for a row that this program did not write."""

from mtc_kiosk.store.db.storable import in_ascii

_LONGEST_NAME = 64


class OddRow(ValueError):
    """A row of a table cannot be read. The message names table and row, and none of its values."""

    def __init__(self, table: str, row: object = None) -> None:
        self.table = table
        which = f"Row {in_ascii(row)[:_LONGEST_NAME]}" if row is not None else "A row"
        super().__init__(f"{which} of the table {table} in the database is damaged and cannot be read.")
