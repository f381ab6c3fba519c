"""Make form files, read one, and check files against the rules of the check.

``check`` decides what a form is and which rules it keeps; the rules come from ``check.yaml``.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.form import QUESTIONS_IN_A_FORM, Form
from mtc_kiosk.check.form_file import NotAFormFile, form_of, form_text, read_form
from mtc_kiosk.check.framework import FormRules, NoFormFits, broken_rules
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import Each, Progress, no_progress
from mtc_kiosk.plain_file import read_plain, why
from mtc_kiosk.store.home.whole_files import what_is_wrong, write_whole

LARGEST_FILE = 10_000
"""Bytes. 25 lines need at most 150."""

LONG_WORK = 100
"""From so many forms on, show progress."""


@dataclass(frozen=True)
class FormFile:
    """A form file that was checked. ``form_id`` is None if no form could be read."""

    path: Path
    form_id: str | None
    problems: tuple[Problem, ...]

    @property
    def can_be_tried(self) -> bool:
        """Whether it has a form that at least "try it out" may use."""
        return self.form_id is not None

    @property
    def is_official(self) -> bool:
        """Whether its form keeps every rule of the check."""
        return self.can_be_tried and not self.problems

    @property
    def sentence(self) -> str:
        """The result in a sentence."""
        if not self.can_be_tried:
            return f"{self.path}: not a form. The file was not used."
        if self.problems:
            return f'{self.path}: the form breaks the rules of the check. Use it only for "try it out".'
        return f"{self.path}: the form keeps the rules of the check."


@dataclass(frozen=True)
class MadeForms:
    """The form files, each checked; ``kept`` of them were there already."""

    files: tuple[FormFile, ...]
    kept: int


def make_forms(folder: Path, count: int, seed: int, rules: FormRules, progress: Progress = no_progress) -> MadeForms:
    """Make ``count`` forms that keep the rules, a file each; the same seed makes the same forms.

    OfficeRefused if no form fits the rules, another file has the name or the disk refuses; only in the last case may
    some files be written.
    """
    drawn = enumerate(_drawn(count, seed, rules, progress), 1)
    made = {folder / f"form-{seed}-{number:04}.csv": form for number, form in drawn}
    new = _new(made)
    _write(new, progress)
    return MadeForms(check_files(made, rules), len(made) - len(new))


def check_files(paths: Iterable[Path], rules: FormRules) -> tuple[FormFile, ...]:
    """Check each file: the rules that its form breaks, or why no form can be read."""
    return tuple(_checked(path, rules) for path in paths)


def form_at(path: Path, rules: FormRules) -> Form:
    """The form in a file. OfficeRefused names the file and each wrong line."""
    try:
        content = read_plain(path, LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            too_large = f"The file is too large for a form's {QUESTIONS_IN_A_FORM} lines."
            raise OfficeRefused(_of_file(path, "too_large", too_large))
        return read_form(content.decode("utf-8"), rules)
    except NotAFormFile as wrong:
        problems = [Problem(fault.sentence, str(fault.fault), str(path), fault.line) for fault in wrong.faults]
        raise OfficeRefused(*problems) from wrong
    except UnicodeDecodeError as wrong:
        sentence = "The file is not plain text with numbers and commas."
        raise OfficeRefused(_of_file(path, "not_text", sentence)) from wrong
    except OSError as wrong:
        raise OfficeRefused(_of_file(path, "unreadable", f"The file cannot be read: {why(wrong)}.")) from wrong


def _drawn(count: int, seed: int, rules: FormRules, progress: Progress) -> Iterator[Form]:
    """Draw ``count`` forms, each as its file will hold it."""
    if rules.questions != QUESTIONS_IN_A_FORM:
        sentence = f"The form rules ask for {rules.questions} questions; a form file has {QUESTIONS_IN_A_FORM}."
        raise OfficeRefused(Problem(sentence, "question_count"))
    chance = random.Random(seed)
    try:
        for _ in _shown(range(count), "Drawing forms", progress):
            yield form_of(draw(chance, rules).items, rules)
    except NoFormFits as reason:
        raise OfficeRefused(Problem(str(reason), "no_form_fits")) from reason


def _checked(path: Path, rules: FormRules) -> FormFile:
    try:
        form = form_at(path, rules)
    except OfficeRefused as refusal:
        return FormFile(path, None, refusal.problems)
    broken = broken_rules(form.items, rules)
    problems = tuple(Problem(each.sentence, str(each.rule), str(path), each.number) for each in broken)
    return FormFile(path, form.id, problems)


def _new(made: Mapping[Path, Form]) -> Sequence[tuple[Path, Form]]:
    """The files still to write. OfficeRefused, before anything is written, if a different file has a name of theirs."""
    problems: list[Problem] = []
    new: list[tuple[Path, Form]] = []
    for path, form in made.items():
        try:
            if read_plain(path, LARGEST_FILE + 1) != form_text(form.items).encode():
                sentence = "A different file of this name is already there. Choose another folder or seed, or move it."
                problems.append(_of_file(path, "file_exists", sentence))
        except FileNotFoundError:
            new.append((path, form))
        except OSError as wrong:
            problems.append(_of_file(path, "unreadable", f"The file cannot be read: {why(wrong)}."))
    if problems:
        raise OfficeRefused(*problems)
    return new


def _write(new: Sequence[tuple[Path, Form]], progress: Progress) -> None:
    for written, (path, form) in enumerate(_shown(new, "Writing files", progress)):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, form_text(form.items).encode())
        except OSError as wrong:
            before = f"{written} of {len(new)} files were written before that."
            sentence = f"The file cannot be written: {what_is_wrong(wrong)}. {before}"
            raise OfficeRefused(_of_file(path, "unwritable", sentence)) from wrong


def _shown(work: Sequence[Each], what: str, progress: Progress) -> Iterable[Each]:
    return work if len(work) < LONG_WORK else progress(work, what)


def _of_file(path: Path, code: str, sentence: str) -> Problem:
    """A problem of a form file as a whole."""
    return Problem(sentence, code, str(path))
