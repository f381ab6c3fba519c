"""``docs/console.md`` says who may do what, as ``school.permissions`` has it."""

from pathlib import Path

from mtc_kiosk.school.permissions import ALLOWED, MEANING, May
from mtc_kiosk.school.staff import Role

PAGE = Path(__file__).parents[2] / "docs" / "console.md"


def matrix() -> str:
    """The two tables: what each role is for, and what each may do."""
    lines = ["| role | |", "|---|---|", *(f"| **{role}** | {MEANING[role]} |" for role in Role), ""]
    lines += [f"| | {' | '.join(Role)} |", f"|---|{'---|' * len(Role)}"]
    for what in May:
        if what is not May.SIGNED_IN:
            lines.append(f"| {what} | {' | '.join('yes' if what in ALLOWED[role] else '' for role in Role)} |")
    return "\n".join(lines)


def test_the_tables_are_those_of_the_program() -> None:
    """Every role and every permission, in order."""
    assert matrix() in PAGE.read_text(encoding="utf-8")


def test_every_permission_is_somebodys_and_every_role_is_for_something() -> None:
    """None of them is there for nothing."""
    assert frozenset(May) == frozenset().union(*ALLOWED.values())
    assert all(len(allowed) > 1 for allowed in ALLOWED.values())
