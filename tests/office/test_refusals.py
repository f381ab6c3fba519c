"""The one translator of refusals: each kind with its code, and nothing else."""

import pytest

from mtc_kiosk.config.mistakes import Code, ConfigMistakes, Mistake
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.refusals import REFUSALS, problems_of
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode, PupilObstacle, Refused
from mtc_kiosk.store.home.home import Home, HomeRefused
from tests.office.acting import ONE, acting

HAS_PIN = Obstacle(ObstacleCode.HAS_PIN, "has a PIN already")


@pytest.mark.parametrize(
    ("refusal", "problem"),
    [
        (HomeRefused("No home goes there."), Problem("No home goes there.", "home_refused")),
        (OfficeRefused(Problem("No.", "no")), Problem("No.", "no")),
        (
            ConfigMistakes([Mistake("check.yaml", 3, Code.TAB, "A tab.")]),
            Problem("A tab.", Code.TAB, "check.yaml", 3),
        ),
        (Refused([PupilObstacle(HAS_PIN)]), Problem("has a PIN already", "has_pin")),
    ],
)
def test_a_refusal_becomes_its_sentences(refusal: Exception, problem: Problem) -> None:
    """With code, and file and line where it has them."""
    assert isinstance(refusal, REFUSALS)
    assert problems_of(refusal) == (problem,)


def test_a_pupil_is_named_as_the_caller_names_pupils(home: Home) -> None:
    """With the number by default; an obstacle about no pupil, or an unknown one, is a sentence by itself."""
    refused = Refused([PupilObstacle(HAS_PIN, 1), PupilObstacle(HAS_PIN, 99)])

    def sentences(office: OpenHome) -> list[str]:
        return [problem.message for problem in problems_of(refused, office.db)]

    with acting(home) as office:
        assert sentences(office) == [f"Testerly, Amy 1 ({ONE}) has a PIN already.", "has a PIN already"]
        (first, _) = problems_of(refused, office.db, lambda pupil: pupil.called)
        assert first.message == "Amy 1 has a PIN already."


def test_a_fault_is_no_refusal() -> None:
    """It is not turned into a sentence, so that it is found."""
    assert not isinstance(ValueError("x"), REFUSALS)
    with pytest.raises(TypeError):
        problems_of(ValueError("x"))
