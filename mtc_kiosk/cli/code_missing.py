"""The refusal of a command that lacks the code of a reason or a restart, with the codes to choose from."""

from mtc_kiosk.cli.output import USAGE, CommandFailed
from mtc_kiosk.office.code_choice import code_candidates
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.rules import Codes


def not_chosen(sentence: str, codes: Codes) -> CommandFailed:
    """The refusal of a command without a code, with the codes to choose from."""
    return CommandFailed(
        Problem(f"{sentence} Choose from:", "usage", candidates=code_candidates(codes)), exit_code=USAGE
    )
