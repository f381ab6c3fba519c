"""The script: which steps a check has, and what the arrangements change in it."""

from dataclasses import replace

from mtc_kiosk.check.arrangements import Arrangements
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.script import Asking, Done, Intro, Page, Pause, Question, Reading, ask, build
from mtc_kiosk.check.settings import SECOND, Settings, Timings

from .robot import AUDIO, CLIP, FORM, LONG_CLIP, NEXT_BUTTON, PLAIN


def test_a_plain_check_is_pages_practice_then_a_pause_and_an_asking_for_each_question() -> None:
    """The order is that of the national client: expect, practice, its end, the questions, done."""
    script = build(FORM, PLAIN.timings, PLAIN.arrangements, PLAIN.practice)
    kinds = [step.page if isinstance(step, Intro) else type(step) for step in script]
    assert kinds == [
        *(Page.EXPECT, Page.PRACTICE_INTRO, Pause, Asking, Page.PRACTICE_COMPLETE, Page.QUESTIONS_INTRO),
        *((Pause, Asking) * 4),
        Done,
    ]


def test_questions_come_in_the_order_of_the_form_with_numbers_from_one() -> None:
    """Practice is numbered by itself; the check begins again at 1."""
    script = build(FORM, PLAIN.timings, PLAIN.arrangements, (Item(1, 12), Item(2, 2)))
    asked = [step.question for step in script if isinstance(step, Asking)]
    assert [(q.number, q.showing, q.practice) for q in asked] == [
        *((1, 1, True), (2, 1, True)),
        *((1, 1, False), (2, 1, False), (3, 1, False), (4, 1, False)),
    ]
    assert [q.item for q in asked[2:]] == list(FORM.items)


def test_a_check_without_practice_has_no_practice_pages() -> None:
    """A page that announces nothing is left out."""
    script = build(FORM, PLAIN.timings, PLAIN.arrangements, ())
    assert [step.page for step in script if isinstance(step, Intro)] == [Page.EXPECT, Page.QUESTIONS_INTRO]


def test_a_check_of_the_national_kind_has_twenty_five_questions_and_three_of_practice() -> None:
    """60 states without the audio version (docs/reference/pupil-client.md), one of them "what to expect", and done."""
    form = Form("test-25", tuple(Item(2 + n % 11, 2 + n % 10) for n in range(25)))
    national = Settings()
    script = build(form, national.timings, national.arrangements, national.practice)
    assert len(script) == 1 + (1 + 6 + 1 + 1 + 50) + 1


def test_the_national_timings_are_the_defaults() -> None:
    """6 s a question, 3 s a pause, Next after 2 s, 30 minutes in all (docs/reference/pupil-client.md, "Timing")."""
    assert Timings() == Timings(
        question=6 * SECOND,
        pause=3 * SECOND,
        next_after=2 * SECOND,
        whole_check=1_800 * SECOND,
        reading_margin=100_000,
        failure_after=1 * SECOND,
        slow_disk=2 * SECOND,
        alert_left=2 * SECOND,
        gentle_after=30 * SECOND,
    )


def test_with_the_next_button_a_pause_lasts_until_next() -> None:
    """The arrangement changes the pause, in practice too, and nothing else."""
    script = build(FORM, NEXT_BUTTON.timings, NEXT_BUTTON.arrangements, NEXT_BUTTON.practice)
    pauses = [step for step in script if isinstance(step, Pause)]
    assert len(pauses) == 5
    assert all(pause.lasts is None and pause.next_after == 2 * SECOND for pause in pauses)


def test_the_audio_version_reads_every_question_for_its_clip_and_a_tenth_of_a_second() -> None:
    """The schedule is the clip's length + 100 ms, in practice too."""
    script = build(FORM, AUDIO.timings, AUDIO.arrangements, AUDIO.practice)
    readings = [step for step in script if isinstance(step, Reading)]
    assert [reading.lasts for reading in readings] == [CLIP + 100_000] * 5
    assert [type(step) for step in script[2:5]] == [Pause, Reading, Asking]


def test_a_pause_of_the_audio_version_knows_the_length_of_its_own_speech() -> None:
    """Practice pauses have clips of their own."""
    script = build(FORM, AUDIO.timings, AUDIO.arrangements, AUDIO.practice)
    pauses = [step for step in script if isinstance(step, Pause)]
    assert [pause.speech for pause in pauses] == [SECOND // 2, SECOND, LONG_CLIP, SECOND, SECOND]


def test_a_spare_is_read_with_its_own_clip() -> None:
    """The clip belongs to the item asked, not to the number."""
    clips = AUDIO.arrangements.clips
    assert clips is not None
    spoken = replace(AUDIO.arrangements, clips=replace(clips, questions={"7x5": 3 * SECOND}))
    steps = ask(Question(1, 2, Item(7, 5), practice=False), AUDIO.timings, spoken)
    assert [step.lasts for step in steps if isinstance(step, Reading)] == [3_100_000]


def test_settings_come_back_from_what_is_kept_of_them() -> None:
    """An attempt is replayed from the settings in its own row."""
    assert [Settings.from_json(kept.to_json()) for kept in (PLAIN, NEXT_BUTTON, AUDIO)] == [PLAIN, NEXT_BUTTON, AUDIO]


def test_arrangements_bring_pages_before_what_to_expect() -> None:
    """What the pupil has, who types for the pupil, and the keyboard, in this order."""
    arrangements = Arrangements(settings_page=True, asks_assistant=True, no_pad=True)
    script = build(FORM, PLAIN.timings, arrangements, PLAIN.practice)
    pages = [step.page for step in script if isinstance(step, Intro)]
    assert pages[:4] == [Page.SETTINGS, Page.ASSISTANT, Page.KEYBOARD, Page.EXPECT]


def test_settings_of_rules_1_keep_the_shape_they_had() -> None:
    """A record of that time is proven by the very bytes of its settings."""
    old = replace(AUDIO, rules=1).to_json()
    assert set(old["arrangements"]) == {"codes", "next_button", "clips"}
    assert set(old["arrangements"]["clips"]) == {"questions", "pauses"}
    assert len(old["timings"]) == 7
    assert Settings.from_json(old).to_json() == old
