"""Where the data is, a backup of it, and the backup put back: here, in a new home, and where something is wrong."""

from .class_lists import PUPILS, csv
from .terminal import Terminal

H = "--home home"


def backups(at: Terminal) -> None:
    """A home is backed up, replaced, lost, damaged, and whole again each time."""
    at.type(f"where {H}")
    at.type(f"backup b.zip {H}")
    at.made_up_home()
    at.write("class.csv", csv(*PUPILS))
    at.type(f"pupils import class.csv {H}")
    at.type(f"where {H}")
    at.type(f"backup b.zip {H}")
    at.type(f"backup b.zip {H}")
    at.type(f"backup b.zip --force {H}")
    at.type(f"backup home/exports {H}")
    at.type(f"backup home/config {H}")
    at.type(f"backup nowhere/b.zip {H}")
    at.type(f"where {H}")
    at.note("a class more, and back to where it was")
    at.type(f"pupils add --surname Later --forename Di --date-of-birth 01/02/2018 --sex F --ref D1 --group 4B {H}")
    at.type(f"restore b.zip {H}")
    at.type(f"restore b.zip --replace {H}")
    at.type(f"pupils list {H}")
    at.type(f"restore home/before-restore-20270607-090000.zip --replace {H}")
    at.type(f"pupils list {H}")
    at.note("in a new home")
    at.type("restore b.zip --this-pc-replaces --home new")
    at.type("pupils list --home new")
    at.note("files that are no backup")
    at.write("torn.zip", b"PK\x03\x04 and no more")
    at.type(f"restore torn.zip {H}")
    at.type(f"restore none.zip {H}")
    at.note("the database is gone")
    at.remove("home/mtc.db")
    at.type(f"status {H}")
    at.type(f"where {H}")
    at.type(f"backup c.zip {H}")
    at.type(f"restore b.zip {H}")
    at.note("the database is damaged")
    at.write("home/mtc.db", b"this is no database" * 300)
    at.type(f"where {H}")
    at.type(f"backup c.zip {H}")
    at.type(f"restore b.zip {H}")
    at.type(f"pupils list {H}")
    at.database("home")
