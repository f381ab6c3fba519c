"""Made-up scenes of access arrangements: their pages, a question with each, and each colour, size and typeface.

``contact_sheet`` shows them with the rest.
"""

from dataclasses import replace

from mtc_kiosk.check.arrangements import Code, Colours, Countdown, Look, Size, Typeface
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import PageView, PauseView, QuestionView
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling, Field, ScreenKey
from mtc_kiosk.kiosk.view.scene import (
    AssistantView,
    ColoursView,
    HowWasItView,
    KeyboardView,
    Scene,
    SettingsView,
    Shown,
    SignInView,
    SizeView,
)

NEXT = Button.NEXT
BOTH = (Button.COLOURS, Button.SIZE)
QUESTION = QuestionView(7, 25, False, 1, 12, 8, True, "96", 4, 6)
LONGEST = QuestionView(25, 25, False, 1, 12, 12, True, "14444", 1, 6)
PRACTICE = QuestionView(3, 3, True, 1, 12, 12, True, "14444", 6, 6)
NO_LIMIT = replace(QUESTION, seconds_left=None, seconds=None)
SPEAKER = replace(QUESTION, typed="", has_speaker=True, can_repeat=True)
EXPECT = PageView(Page.EXPECT, 3, 25, "6")
MINUTES = PauseView(8, 25, practice=False, next_button=True, minutes_left=24)


def look_scenes() -> dict[str, Scene]:
    """Every scene by name."""
    return {**_pages(), **_questions(), **_looks()}


def key_screens(look: Look) -> list[Scene]:
    """The screens that show most of a look."""
    official = Kind.OFFICIAL
    return [
        Scene(QUESTION, official, look=look, pressed=frozenset({ScreenKey("6")})),
        Scene(PRACTICE, Kind.TRY, look=look),
        Scene(MINUTES, official, look=look, focus=NEXT),
        Scene(EXPECT, Kind.TRY, look=look, focus=NEXT, changes=BOTH),
        Scene(SettingsView((Code.CCT, Code.FTS, Code.ATA), True, True), official, look=look),
        Scene(SignInView("cat47sun", "47", Field.PIN), official, look=look, focus=Field.PIN),
        Scene(HowWasItView(Feeling.EASY), official, look=look, focus=Button.SEND),
    ]


def _pages() -> dict[str, Scene]:
    names = AssistantView("mary-ann", "o'br", Field.SURNAME)
    shown: dict[str, tuple[Shown, Control | None]] = {
        "settings": (SettingsView((Code.FTS, Code.NBQ), False, True), NEXT),
        "settings_every": (SettingsView(tuple(Code), True, True), Button.COLOURS),
        "settings_one": (SettingsView((Code.ATA,), False, False), NEXT),
        "assistant": (AssistantView("", "", Field.FORENAME), Field.FORENAME),
        "assistant_typing": (names, Field.SURNAME),
        "assistant_wrong": (replace(names, message=words.ASSISTANT_WRONG), Field.SURNAME),
        "assistant_ready": (replace(names, surname="o'brien", can_go_on=True), NEXT),
        "keyboard": (KeyboardView(key_pressed=False), None),
        "keyboard_found": (KeyboardView(key_pressed=True), NEXT),
    }
    peach, large = Look(colours=Colours.BOP), Look(size=Size.LRG)
    return {
        **{name: Scene(view, Kind.OFFICIAL, focus=focus) for name, (view, focus) in shown.items()},
        "choose_colours": Scene(ColoursView(Colours.BOW), Kind.OFFICIAL, look=Look(colours=Colours.BOW)),
        "choose_colours_peach": Scene(ColoursView(Colours.BOP), Kind.OFFICIAL, focus=Colours.BOP, look=peach),
        "choose_size": Scene(SizeView(Size.RGL), Kind.OFFICIAL, focus=NEXT),
        "choose_size_large": Scene(SizeView(Size.LRG), Kind.OFFICIAL, focus=Size.LRG, look=large),
        "expect_changes": Scene(EXPECT, Kind.TRY, focus=NEXT, changes=BOTH),
        "expect_no_limit": Scene(replace(EXPECT, seconds=""), Kind.TRY, not_the_check=True, changes=BOTH[:1]),
        "expect_not_mine": Scene(EXPECT, Kind.OFFICIAL, focus=NEXT, not_mine=True),
        "expect_try_not_mine": Scene(EXPECT, Kind.TRY, focus=NEXT, not_mine=True, not_the_check=True, changes=BOTH),
        "expect_can_leave": Scene(EXPECT, Kind.TRY, focus=NEXT, can_leave=True),
        "assistant_not_mine": Scene(names, Kind.OFFICIAL, focus=Field.SURNAME, not_mine=True),
        "settings_not_mine": Scene(SettingsView(tuple(Code), True, True), Kind.OFFICIAL, focus=NEXT, not_mine=True),
        "keyboard_not_mine": Scene(KeyboardView(key_pressed=False), Kind.OFFICIAL, not_mine=True),
        "practice_nothing_typed": Scene(
            PageView(Page.PRACTICE_COMPLETE, 3, 25, "6", practised=False), Kind.OFFICIAL, focus=NEXT
        ),
        "pause_minutes": Scene(MINUTES, Kind.OFFICIAL, focus=NEXT),
        "pause_changes": Scene(MINUTES, Kind.TRY, focus=Button.SIZE, changes=BOTH),
    }


def _questions() -> dict[str, Scene]:
    official = Kind.OFFICIAL
    return {
        "question_no_pad": Scene(QUESTION, official, no_pad=True),
        "question_left": Scene(QUESTION, official, look=Look(pad_on_left=True)),
        "question_bar": Scene(QUESTION, official, look=Look(countdown=Countdown.BAR)),
        "question_no_time": Scene(QUESTION, official, look=Look(countdown=Countdown.HIDDEN)),
        "question_no_limit": Scene(NO_LIMIT, Kind.TRY, not_the_check=True),
        "practice_no_limit": Scene(replace(PRACTICE, seconds_left=None, seconds=None), Kind.TRY, not_the_check=True),
        "question_speaker": Scene(SPEAKER, official),
        "question_speaker_pressed": Scene(SPEAKER, official, pressed=frozenset({ScreenKey("Repeat")})),
        "question_speaker_used": Scene(replace(SPEAKER, typed="9", can_repeat=False), official),
        "question_listen": Scene(replace(SPEAKER, sum_shown=False, can_repeat=False), official),
    }


def _looks() -> dict[str, Scene]:
    yellow, largest = Look(colours=Colours.YOB), Look(size=Size.XXL)
    dyslexic = Look(typeface=Typeface.OPENDYSLEXIC)
    everything = Look(Colours.BOC, Size.XXL, Typeface.OPENDYSLEXIC, pad_on_left=True)
    pressed = frozenset({ScreenKey("5"), ScreenKey("Enter")})
    colours = {
        f"question_{each.lower()}": Scene(QUESTION, Kind.OFFICIAL, look=Look(colours=each), pressed=pressed)
        for each in Colours
    }
    sizes = {
        f"question_{each.lower()}": Scene(LONGEST, Kind.OFFICIAL, look=Look(size=each))
        for each in Size
        if each is not Size.RGL
    }
    faces = {
        f"question_{each}": Scene(LONGEST, Kind.OFFICIAL, look=Look(typeface=each))
        for each in Typeface
        if each is not Typeface.ANDIKA
    }
    sign_in, hills = key_screens(yellow)[-2:]
    return {
        **colours,
        **sizes,
        **faces,
        "sign_in_yob": sign_in,
        "how_was_it_yob": hills,
        "expect_bob": Scene(EXPECT, Kind.TRY, focus=NEXT, look=Look(colours=Colours.BOB), changes=BOTH),
        "expect_xxl": Scene(EXPECT, Kind.TRY, focus=NEXT, look=largest),
        "pause_xxl": Scene(MINUTES, Kind.OFFICIAL, focus=NEXT, look=largest),
        "settings_xxl": Scene(SettingsView((Code.FTS, Code.NBQ), False, True), Kind.OFFICIAL, look=largest),
        "choose_size_xxl": Scene(SizeView(Size.XXL), Kind.OFFICIAL, look=largest),
        "expect_opendyslexic": Scene(EXPECT, Kind.OFFICIAL, focus=NEXT, look=dyslexic),
        "question_everything": Scene(
            replace(PRACTICE, has_speaker=True, typed="144"), Kind.TRY, look=everything, not_the_check=True
        ),
    }
