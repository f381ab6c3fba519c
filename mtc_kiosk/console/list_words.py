"""What staff can do about a class list on its page, behind each step that the office names."""

from mtc_kiosk.school.next_step import NextStep, Step

_SAID = {
    Step.SAY_ENCODING: " Or choose below how its letters are saved.",
    Step.OTHER_ENCODING: "",
    Step.CHOOSE_SHEET: " Choose one of them below.",
    Step.OTHER_SHEET: " You can choose another below.",
    Step.SETTLE_HIDDEN: " Say below whether they are meant.",
    Step.NAME_COLUMN: ", or say below which it is",
    Step.NAME_COLUMNS: " in the file, or say below which column is which",
    Step.TRY_COLUMNS: ", some are chosen below",
    Step.USE_COLUMN: ", choose UPN for that column below",
    Step.DROP_COLUMN: ", leave that column out below",
    Step.NUMBER: " (pupils without one can be given a ref: see below)",
    Step.TAKE_LINE: "",
    Step.CORRECT_NAME: ": correct the name on the register first, or leave this row out",
    Step.MARK_LEFT: " Mark each pupil who should not be on the register as having left.",
}


def on_the_page(sentence: str, next_step: NextStep | None) -> str:
    """The sentence, then what to do on the page."""
    return sentence if next_step is None else f"{sentence}{_SAID[next_step.step]}"
