"""What staff can type about a class list: the options behind each step that the office names."""

from mtc_kiosk.school.next_step import NextStep, Step

_PLAIN = {
    Step.CHOOSE_SHEET: " Choose one of them with --sheet.",
    Step.OTHER_SHEET: " Use --sheet to choose another.",
    Step.DROP_COLUMN: ", delete that column",
    Step.NUMBER: " (--number gives each pupil a ref)",
    Step.TAKE_LINE: ": use --update to take this line or pupils edit to change one pupil",
    Step.CORRECT_NAME: (
        ": correct the name there with pupils edit or write a ref for this pupil into a column Pupil ref"
    ),
    Step.MARK_LEFT: " Use pupils leave for each pupil who should not be on the register.",
}
"""Steps that are about nothing in particular, and what is typed for them."""


def as_options(sentence: str, next_step: NextStep | None) -> str:
    """The sentence, then what to type."""
    if next_step is None:
        return sentence
    if next_step.step in _PLAIN:
        return f"{sentence}{_PLAIN[next_step.step]}"
    about = next_step.about
    match next_step.step:
        case Step.SAY_ENCODING:
            said = sentence.removesuffix(".")
            return f"{said}, or say how it is written with --encoding: {', '.join(about)}."
        case Step.OTHER_ENCODING:
            again = f"If that looks wrong, import it again with --encoding and one of {', '.join(about)}."
            return f"{sentence} {again}"
        case Step.SETTLE_HIDDEN:
            (them,) = about
            again = (
                f"import the file again with --hidden skip to leave {them} out or --hidden take to import {them} too"
            )
            return f"{sentence} Show {them} in Excel, or {again}."
        case _:
            return f"{sentence}{_columns(next_step.step, about)}"


def _columns(step: Step, about: tuple[str, ...]) -> str:
    """How to say which column is which."""
    if step is Step.NAME_COLUMN:
        return f' or say which it is with --map "{about[0]}=HEADING"'
    maps = " ".join(f'--map "{title}={heading}"' for title, heading in zip(about[::2], about[1::2], strict=True))
    if step is Step.NAME_COLUMNS:
        return f" or say which column is which with --map COLUMN=HEADING such as {maps}"
    return f", import the list with {maps}" if step is Step.USE_COLUMN else f", try {maps}"
