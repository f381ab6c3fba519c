"""A class of one pupil: nothing is said of several, and nothing reads as a hole in a sentence."""

from mtc_kiosk.export.pictures.scores import scores_picture
from mtc_kiosk.insight.class_figures import distribution


def test_the_scores_of_one_pupil_in_a_sentence() -> None:
    """With all right, and with fewer."""
    assert scores_picture(distribution([15], 25), None, "4B").sentence == (
        "4B: 1 pupil, with the score 15 out of 25; none had all 25."
    )
    assert scores_picture(distribution([25, 25], 25), None, "4B").sentence == (
        "4B: 2 pupils, with the score 25 out of 25; two had all 25."
    )
