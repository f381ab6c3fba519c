"""What is wrong with a list, in the words of the command line: with the options that help."""

from mtc_kiosk.class_list.limits import NotAClassListFile
from mtc_kiosk.class_list.read import ClassListFile
from mtc_kiosk.cli.list_words import as_options
from mtc_kiosk.school.columns import NotColumns
from mtc_kiosk.school.fault import Fault
from mtc_kiosk.school.next_step import Hint


def typed(said: Hint | Fault) -> str:
    """A sentence and what to type."""
    return as_options(said.sentence, said.next_step)


def advice(problem: NotColumns) -> str:
    """What to do about headings."""
    return ". ".join(map(typed, problem.advice))


def notes(file: ClassListFile) -> tuple[str, ...]:
    """What to look at in a file that was read."""
    return tuple(map(typed, file.notes))


def refusal(problem: NotAClassListFile) -> str:
    """Why a file cannot be read."""
    return as_options(str(problem), problem.next_step)
