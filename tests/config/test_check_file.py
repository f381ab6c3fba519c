"""check.yaml: what may be written, what the core is given, and when the rules are no longer the national ones."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import FormRules, TableLimits
from mtc_kiosk.check.settings import InterruptedQuestion, Settings
from mtc_kiosk.config.check_file import CheckFile, SetBy
from mtc_kiosk.config.configuration import CHECK, load_check

Said = Callable[[str, str], list[str]]


@pytest.fixture
def check(tmp_path: Path) -> Callable[[str], CheckFile]:
    """Give the text of a check.yaml; have what it says."""

    def read(text: str) -> CheckFile:
        path = tmp_path / CHECK
        path.write_text(text, encoding="utf-8")
        return load_check(path)

    return read


def test_as_it_ships_the_core_is_given_the_national_rules() -> None:
    """The defaults here and in the core are one set of rules."""
    assert (CheckFile().settings(), CheckFile().form_rules()) == (Settings(), FormRules())


def test_as_it_ships_no_rule_is_changed() -> None:
    """The national rules are not "changed rules"."""
    assert (CheckFile().changes(), CheckFile().settings().changed_rules) == ((), False)


def test_seconds_become_exact_microseconds(check: Callable[[str], CheckFile]) -> None:
    """No float comes between the written text and the check's microseconds."""
    timings = (
        check("timings: {question_seconds: 7.000001, pause_seconds: 2.9, whole_check_minutes: 45}").settings().timings
    )
    assert (timings.question, timings.pause, timings.whole_check) == (7_000_001, 2_900_000, 2_700_000_000)


@given(st.integers(min_value=1_000_000, max_value=60_000_000))
def test_every_microsecond_in_range_can_be_written(microseconds: int) -> None:
    """Any question time from 1 to 60 seconds comes out as it was written."""
    written = f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06}"
    read = CheckFile.model_validate({"timings": {"question_seconds": written}})
    assert read.settings().timings.question == microseconds


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("timings: {question_seconds: 6}", ()),
        ("timings: {question_seconds: 6.000001}", ("timings",)),
        ("timings: {pause_seconds: 2.5}", ("timings",)),
        ("timings: {next_button_after_seconds: 1}", ("timings",)),
        ("timings: {whole_check_minutes: 31}", ("timings",)),
        ("practice: [1x12, 2x2]", ("practice",)),
        ("practice: [2x2, 1x12, 10x10]", ("practice",)),
        ("form: {questions: 24}", ("form",)),
        ("form: {tables: {7: 2 to 5}}", ("form",)),
        ("form: {tables: {7: 2 to 4}}", ()),
        ("form: {second_number_tolerance: 2}", ("form",)),
        ("form: {easy_tables: [10, 5, 2]}", ()),
        ("form: {easy_tables: [2, 5]}", ("form",)),
        ("form: {easy_questions: 3 to 8}", ("form",)),
        ("form: {shared_at_most: 8}", ("form",)),
        ("form: {spares_for_each_table: 1, try_outs_remembered: 0}", ()),
        ("faults: {interrupted_question: forfeit, voids_replaced: 0}", ()),
        ("restarts: {allowed: 3}", ()),
        ("reasons: {}", ()),
        ("practice: []\ntimings: {pause_seconds: 4}\nform: {questions: 20}", ("timings", "practice", "form")),
    ],
)
def test_rules_are_changed_when_timings_practice_or_form_are(
    check: Callable[[str], CheckFile], text: str, changed: tuple[str, ...]
) -> None:
    """Those three and nothing else, and only where they differ in substance."""
    read = check(text)
    assert (read.changes(), read.settings().changed_rules) == (changed, bool(changed))


def test_practice_faults_and_voids_reach_the_core(check: Callable[[str], CheckFile]) -> None:
    """What a fault costs, and the practice, are as written."""
    settings = check("practice: [7x8, 3 X 4]\nfaults: {interrupted_question: forfeit, voids_replaced: 0}").settings()
    assert settings.practice == (Item(7, 8), Item(3, 4))
    assert (settings.interrupted_question, settings.voids_replaced) == (InterruptedQuestion.FORFEIT, 0)


def test_form_rules_reach_the_core(check: Callable[[str], CheckFile]) -> None:
    """A table that is written is changed, and the others stay as they ship."""
    rules = check("form: {tables: {11: 0 to 0, 3: 2 to 4}, easy_tables: [5, 2], easy_questions: 1 to 5}").form_rules()
    assert (rules.limits(11), rules.limits(3), rules.limits(4)) == (
        TableLimits(11, 0, 0),
        TableLimits(3, 2, 4),
        TableLimits(4, 1, 3),
    )
    assert (rules.easy_tables, rules.easy_minimum, rules.easy_maximum) == ((2, 5), 1, 5)


@pytest.mark.parametrize(
    ("setting", "least", "most"),
    [
        ("timings: {question_seconds: %s}", "1", "60"),
        ("timings: {pause_seconds: %s}", "1", "5"),
        ("timings: {next_button_after_seconds: %s}", "0", "60"),
        ("timings: {whole_check_minutes: %s}", "10", "90"),
        ("faults: {voids_replaced: %s}", "0", "25"),
        ("restarts: {allowed: %s}", "0", "10"),
    ],
)
def test_both_ends_of_a_range_are_allowed_and_no_more(said: Said, setting: str, least: str, most: str) -> None:
    """The national service's limits, where it has them."""
    assert said(CHECK, setting % least) == said(CHECK, setting % most) == []
    beyond = [said(CHECK, setting % number) for number in (int(least) - 1, int(most) + 1)]
    assert all(f"from {least} to {most}" in line for lines in beyond for line in lines)
    assert [len(lines) for lines in beyond] == [1, 1]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "timings:\n  question_seconds: 0\n",
            "check.yaml:2: question_seconds: '0' is out of range. Write seconds as a number from 1 to 60, such as 1.5.",
        ),
        (
            "timings:\n  pause_secnds: 3\n",
            "check.yaml:2: 'pause_secnds' is not a setting for timings. Allowed: question_seconds, pause_seconds,"
            " next_button_after_seconds, whole_check_minutes. Did you mean pause_seconds?",
        ),
        (
            "Practice: [1x1]\n",
            "check.yaml:1: 'Practice' is not a setting in this file. Allowed: timings, practice, form, faults,"
            " restarts,"
            " reasons. Did you mean practice?",
        ),
        (
            "practice: [1x12, 2 by 2]\n",
            "check.yaml:1: practice, number 2 in the list: '2 by 2' is not a question of the check. Write two"
            " numbers from 1 to 12, such as 7x8.",
        ),
        (
            "practice: [13x2]\n",
            "check.yaml:1: practice: '13x2' is not a question of the check. Write two numbers from 1 to 12, such as"
            " 7x8.",
        ),
        ("practice: 1x12\n", "check.yaml:1: practice: Write a list, such as [first, second], or [] for none."),
        (
            "form:\n  tables:\n    1: 0 to 2\n",
            "check.yaml:3: '1' is not a setting for tables. Allowed: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12.",
        ),
        (
            "form:\n  tables:\n    7: 4 to 2\n",
            "check.yaml:3: 7 under tables: '4 to 2' is out of range. Write the smallest and the largest number, from"
            " 0 to 11, such as"
            " 1 to 3. Did you mean 2 to 4?",
        ),
        (
            "faults:\n  interrupted_question: spair\n",
            "check.yaml:2: interrupted_question: 'spair' is not allowed here. Write one of: spare (another question"
            " of the same table is asked), forfeit (the question stays blank)."
            " Did you mean spare?",
        ),
        (
            "faults: 3\n",
            "check.yaml:1: faults: Write its settings below it, one a line and two spaces to the right:"
            " interrupted_question, voids_replaced.",
        ),
        ("reasons:\n  ABSNT: {label: Absent}\n", "check.yaml:2: 'ctf' is missing for reason 'ABSNT'. Add it."),
        (
            "reasons:\n  ABSNT:\n    label: Absent\n    ctf: A\n    offred: no\n",
            "check.yaml:5: 'offred' is not a setting for reason 'ABSNT'. Allowed: label, ctf, set_by, annuls, offered."
            " Did you mean offered?",
        ),
        (
            "reasons:\n  ABSNT: {label: Absent, ctf: A, code: X}\n",
            "check.yaml:2: ABSNT: Delete the line 'code'. The name before the colon is used instead.",
        ),
        (
            "reasons: none\n",
            "check.yaml:1: reasons: Write one name a line below this, each with a colon and its value, or {} for none.",
        ),
        (
            "restarts:\n  reasons:\n    loi: Loss of internet\n",
            "check.yaml:3: code: 'loi' is not allowed here. Write 2 to 8 capital letters, such as ABSNT.",
        ),
        (
            "restarts:\n  reasons:\n    LOI: Loss\n    LOI: Lost\n",
            "check.yaml:4: 'LOI' is already on line 3. Delete one of them.",
        ),
    ],
)
def test_a_mistake_is_one_sentence_a_teacher_can_read(said: Said, text: str, line: str) -> None:
    """File, line, what is wrong, what is allowed, and what was perhaps meant."""
    assert said(CHECK, text) == [line]


def test_rules_that_no_form_can_keep_are_refused(said: Said) -> None:
    """Sixty questions do not come from tables that add up to 36."""
    (line,) = said(CHECK, "practice: []\nform:\n  questions: 60\n")
    assert line.startswith("check.yaml:2: form: A form has 60 questions")


def test_ten_practice_questions_are_allowed_and_no_more(said: Said) -> None:
    """Practice is short."""
    assert said(CHECK, f"practice: [{', '.join(['2x2'] * 10)}]") == []
    assert said(CHECK, f"practice: [{', '.join(['2x2'] * 11)}]") == [
        "check.yaml:1: practice: There are 11 practice questions. Write 10 at most."
    ]


def test_reasons_are_in_the_order_written_with_their_defaults(check: Callable[[str], CheckFile]) -> None:
    """Who may give a reason, whether it annuls and whether it is offered may be left out."""
    first, second = check(
        "reasons:\n  ZED: {label: Last, ctf: Z, set_by: head, annuls: yes, offered: NO}\n  ANY: {label: NO, ctf: A}\n"
    ).reasons
    assert (first.code, first.set_by, first.annuls, first.offered) == ("ZED", SetBy.HEAD, True, False)
    assert (second.code, second.label, second.set_by, second.annuls, second.offered) == (
        "ANY",
        "NO",
        SetBy.TEACHER,
        False,
        True,
    )


def test_the_reasons_that_ship_are_six_for_teachers_and_three_for_the_head() -> None:
    """The national list, in its order."""
    by = {
        kind: [(reason.code, reason.ctf) for reason in CheckFile().reasons if reason.set_by is kind] for kind in SetBy
    }
    assert by[SetBy.TEACHER] == [
        ("ABSNT", "A"),
        ("INCRG", "Z"),
        ("JSTAR", "J"),
        ("LEFTT", "L"),
        ("NOACC", "U"),
        ("BLSTD", "B"),
    ]
    assert by[SetBy.HEAD] == [("NOABA", "NAA"), ("ANLLH", "H"), ("ANLLQ", "Q")]


def test_the_restart_reasons_that_ship_are_the_four() -> None:
    """The national list, in its order."""
    assert [reason.code for reason in CheckFile().restarts.reasons] == ["LOI", "ITI", "CLD", "DNC"]


def test_settings_as_written_are_kept_and_read_back(check: Callable[[str], CheckFile]) -> None:
    """What the core is given goes through ``attempt.settings`` and comes back the same."""
    settings = check("timings: {question_seconds: 7.5}\npractice: [3x3]").settings()
    assert Settings.from_json(settings.to_json()) == settings
