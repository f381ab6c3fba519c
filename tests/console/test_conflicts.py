"""Two checks of one pupil: everybody who sees results sees that one is open, and a head settles it with a reason."""

import re
from pathlib import Path

import pytest

from mtc_kiosk.school.staff import Role
from tests.console.desk import Visitor, console_of, hidden
from tests.office.with_results import WithResults, points

AT = "2027-06-07T14:00:00Z"
CHOOSE, BACK = "/results/conflicts/2", "/results/conflicts/2/take-back"
WHY = "She had the wrong slip."


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """A pupil took two checks: three right at hall-1, one right at hall-2."""
    school = WithResults(tmp_path / "home")
    school.take(2, points(3))
    school.take(2, points(1), "hall-2")
    return school


def console(school: WithResults, *roles: Role) -> Visitor:
    """The console in the afternoon."""
    return console_of(school.home, *(roles or (Role.HEAD,)), at=AT)


def numbers(page: str) -> list[str]:
    """The numbers of the checks that can be chosen, in order."""
    return re.findall(r'<input[^>]*name="counts"[^>]*value="([0-9a-f]+)"', page)


def choose(visitor: Visitor, place: int, why: str = WHY) -> None:
    """Choose the check at this place of the list."""
    number = numbers(visitor.get(CHOOSE).text)[place]
    answer = visitor.send(CHOOSE, {"counts": number, "why": why})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/results/conflicts")


def test_a_teacher_sees_that_one_is_open_and_who_can_settle_it(school: WithResults) -> None:
    """Where and when, without a way to choose; the address of the choice is refused."""
    visitor = console(school, Role.TEACHER)
    page = visitor.get("/results/conflicts").text
    assert "<h1>One pupil took two checks</h1>" in page
    assert "A head can choose which one counts." in page
    assert "hall-2, Monday 7 June, 10:20: complete." in page
    assert CHOOSE not in page
    assert (visitor.get(CHOOSE).status_code, visitor.get(BACK).status_code) == (403, 403)


def test_a_head_chooses_with_a_reason(school: WithResults) -> None:
    """Then the score of that check is in the results, and the page says who chose and why."""
    visitor = console(school)
    choose(visitor, 1)
    page = visitor.get("/results/conflicts").text
    assert "The choice for Testerly-2, Amy is kept." in page
    assert "<h1>Every choice is made</h1>" in page
    assert f"Chosen by a.adeyemi on Monday 7 June, 15:00: {WHY}" in page
    assert '<b class="num">1</b>' in visitor.get("/results").text


def test_undo_takes_the_choice_back_at_once(school: WithResults) -> None:
    """By the button of the strip after it."""
    visitor = console(school)
    choose(visitor, 0)
    page = visitor.get("/results/conflicts").text
    answer = visitor.post(BACK, hidden(page, BACK))
    assert answer.status_code == 303
    page = visitor.get("/results/conflicts").text
    assert "<h1>One pupil took two checks</h1>" in page


def test_a_choice_can_be_changed_and_taken_back(school: WithResults) -> None:
    """Each with a reason of its own."""
    visitor = console(school)
    choose(visitor, 0)
    assert "it counts now" in visitor.get(CHOOSE).text
    choose(visitor, 1, "It was the other one.")
    assert "It was the other one." in visitor.get("/results/conflicts").text
    assert visitor.send(BACK, {"why": "I have to ask her."}).status_code == 303
    assert "The choice for Testerly-2, Amy is taken back." in visitor.get("/results/conflicts").text


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({"why": WHY}, "Choose one of them."),
        ({"counts": "first", "why": ""}, "Say why, in at most 1000 characters."),
        ({"counts": "first", "why": "   "}, "Say why, in at most 1000 characters."),
        ({"counts": "first", "why": "x" * 1001}, "Say why, in at most 1000 characters."),
        ({"counts": "ffffffffffff", "why": WHY}, "Choose one of them."),
    ],
)
def test_a_mistake_is_shown_at_its_field_and_nothing_is_lost(
    school: WithResults, filled: dict[str, str], said: str
) -> None:
    """What was typed and chosen stays, and nothing is settled."""
    visitor = console(school)
    first = numbers(visitor.get(CHOOSE).text)[0]
    fields = {name: first if text == "first" else text for name, text in filled.items()}
    answer = visitor.send(CHOOSE, fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert fields["why"].strip() in answer.text
    if fields.get("counts") == first:
        assert re.search(rf'<input checked[^>]*value="{first}"', answer.text)
    assert school.audited("choice.made") == []


def test_two_heads_do_not_overwrite_each_other(school: WithResults) -> None:
    """The second is told, sees the choice of the first, and can then decide."""
    one, other = console(school), console(school)
    page = one.get(CHOOSE).text
    form = {**hidden(page, CHOOSE), "counts": numbers(page)[0], "why": "I did not know."}
    choose(other, 1)
    answer = one.post(CHOOSE, form)
    assert answer.status_code == 422
    assert "This changed while you looked at it. Nothing was changed." in answer.text
    assert "it counts now" in answer.text
    assert "I did not know." in answer.text
    assert len(school.audited("choice.made")) == 1


def test_a_second_press_settles_nothing_twice(school: WithResults) -> None:
    """It is answered as the first one was."""
    visitor = console(school)
    page = visitor.get(CHOOSE).text
    form = {**hidden(page, CHOOSE), "counts": numbers(page)[0], "why": WHY}
    answers = [visitor.post(CHOOSE, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(school.audited("choice.made")) == 1


def test_a_head_is_told_that_a_score_was_shown(school: WithResults) -> None:
    """After a choice the results show one; whoever changes the choice reads it."""
    visitor = console(school)
    choose(visitor, 0)
    visitor.get("/results")
    assert "score was shown before this choice" in visitor.get(CHOOSE).text


@pytest.mark.parametrize("url", ["/results/conflicts/1", "/results/conflicts/99", "/results/conflicts/1/take-back"])
def test_a_pupil_without_two_checks_has_no_such_page(school: WithResults, url: str) -> None:
    """Nor one that is not on the register."""
    assert console(school).get(url).status_code == 404


def test_without_conflicts_the_page_says_so(tmp_path: Path) -> None:
    """Not an empty table."""
    page = console(WithResults(tmp_path / "home")).get("/results/conflicts").text
    assert "<h1>No pupil has two checks</h1>" in page
    assert "Nothing to settle" in page
