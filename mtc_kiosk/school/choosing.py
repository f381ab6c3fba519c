"""Who may choose which of two checks, or of two records, counts, and what must be given with the choice.

The choice itself is made in ``store.school.choices`` and ``store.records.conflicts``; both ask here first.
"""

from mtc_kiosk.school.staff import Staff

LEAST_DIGITS = 8
"""How much of a record's hash, or of an attempt's number, names what is chosen."""

LONGEST_WHY = 1000


class NotSettled(ValueError):
    """Nothing was changed; the message is a sentence for a person."""


def refuse_choice(staff: Staff, why: str) -> None:
    """NotSettled unless a head chooses, and says why."""
    if not staff.is_head:
        raise NotSettled("Only a head may choose which of two checks counts.")
    if not why.strip() or len(why) > LONGEST_WHY:
        raise NotSettled(f"Give the reason, in {LONGEST_WHY} characters at most.")
