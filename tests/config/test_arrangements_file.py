"""access_arrangements.yaml: what it grants whom, from which line, and every mistake a teacher may make in it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.arrangements import Chosen, Code, Colours, Countdown, Granted, Look, Rate, Size, TryLimit, Typeface
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile, read_arrangements
from mtc_kiosk.config.arrangements_merge import Source
from mtc_kiosk.config.arrangements_register import named_twice, unknown_pupils
from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.school.pupil import Numbers

UPN = "G201100120001"

Said = Callable[[str, str], list[str]]


def read(text: str) -> ArrangementsFile:
    """The file, which has no mistake."""
    file, mistakes = read_arrangements(parse(text.encode(), ARRANGEMENTS))
    assert file is not None, mistakes
    return file


def grants(text: str, upn: str | None = UPN, ref: str | None = None) -> Granted:
    """What a file grants a pupil."""
    return read(text).granted(Numbers(upn, ref))


# -- what is granted


def test_a_file_that_says_nothing_grants_nothing() -> None:
    """A pupil who is not named, and a walk-up, get what the check is without arrangements."""
    for numbers in ((UPN, None), (None, "4A/1"), (None, None)):
        assert read("school:\nprofiles:\npupils:\n").granted(Numbers(*numbers)) == Granted()


def test_everything_may_be_said_of_a_pupil() -> None:
    """Each setting reaches the core as its own type."""
    said = (
        f"pupils:\n  {UPN}:\n    arrangements: [ATA, qnr]\n    colours: boc\n    size: XLG\n    pointer: large\n"
        "    typeface: opendyslexic\n    countdown: hidden\n    pad: left\n    volume_percent: 40\n"
        "    speech_rate: slow\n    try_it_out_seconds: 7.5\n"
    )
    look = Look(Colours.BOC, Size.XLG, Typeface.OPENDYSLEXIC, Countdown.HIDDEN, pad_on_left=True, large_pointer=True)
    assert grants(said) == Granted(
        codes=(Code.ATA, Code.QNR, Code.CCT, Code.FTS),
        look=look,
        rate=Rate.SLOW,
        volume_percent=40,
        try_limit=TryLimit(7_500_000),
    )


@pytest.mark.parametrize("said", ["{arrangements: [CCT]}", "{arrangements: cct}", "{colours: choose}"])
def test_a_pupil_who_may_choose_colours_chooses(said: str) -> None:
    """The code in the list and the setting say the same; the pupil's own last choice is taken."""
    granted = grants(f"pupils: {{{UPN}: {said}}}")
    assert (granted.codes, granted.chooses_colours, granted.chooses_size) == ((Code.CCT,), True, False)
    assert granted.with_choice(Chosen(Colours.YOB)).look.colours is Colours.YOB


def test_a_size_that_is_fixed_is_the_arrangement_without_a_choice() -> None:
    """What the school fixed is never the pupil's to change, even where the list says FTS as well."""
    granted = grants(f"pupils: {{{UPN}: {{arrangements: [FTS], size: LRG}}}}")
    assert (granted.codes, granted.chooses_size, granted.look.size) == ((Code.FTS,), False, Size.LRG)
    assert granted.with_choice(Chosen(size=Size.VSM)).look.size is Size.LRG


@pytest.mark.parametrize(
    ("own", "codes"),
    [
        ("{profile: Reads}", "ATA QNR CCT"),
        ("Reads", "ATA QNR CCT"),
        ("{profile: reads, arrangements: [NBQ, QNR]}", "ATA QNR CCT NBQ"),
        ("{profile: Reads, arrangements: none}", ""),
        ("{profile: Reads, arrangements: []}", ""),
        ("{profile: Reads, arrangements: [none, RON]}", "RON"),
        ("{profile: Reads, arrangements: none, colours: YOB}", "CCT"),
        ("{profile: Reads, colours: none}", "ATA QNR"),
        ("{arrangements: ITA}", "ATA ITA"),
    ],
)
def test_arrangements_add_up_and_none_takes_away(own: str, codes: str) -> None:
    """The school's, the profile's and the pupil's together; with none in it, only what that list says itself."""
    above = "school: {arrangements: ATA}\nprofiles: {Reads: {arrangements: [QNR], colours: BOP}}\n"
    text = f"{above}pupils: {{{UPN}: {own}}}"
    assert " ".join(grants(text).codes) == codes


def test_what_comes_later_wins_setting_by_setting() -> None:
    """A pupil's own setting over the profile's, the profile's over the school's, and nothing else is touched."""
    text = (
        "school:\n  typeface: atkinson\n  countdown: bar\n  size: LRG\n"
        "profiles:\n  Big:\n    size: XXL\n    countdown: hidden\n"
        f"pupils:\n  {UPN}:\n    profile: Big\n    size: XLG\n"
    )
    trace = {got.what: (got.written, got.line, got.source, got.name) for got in read(text).trace(Numbers(UPN))}
    assert trace == {
        "size": ("XLG", 12, Source.PUPIL, UPN),
        "typeface": ("atkinson", 2, Source.SCHOOL, ""),
        "countdown": ("hidden", 8, Source.PROFILE, "Big"),
    }


def test_no_limit_is_for_trying_it_out() -> None:
    """As none brings back the check's own."""
    text = f"school: {{try_it_out_seconds: no limit}}\npupils: {{{UPN}: {{try_it_out_seconds: none}}}}"
    assert grants(text, None).try_limit == TryLimit(None)
    assert grants(text).try_limit is None


def test_numbers_keep_what_was_written() -> None:
    """A ref of digits keeps its nought, and NO is a ref like any other; capitals make no difference."""
    file = read("pupils:\n  0417: {arrangements: [ATA]}\n  NO: {arrangements: [RON]}\n")
    assert file.granted(Numbers(ref="0417")).codes == (Code.ATA,)
    assert file.granted(Numbers(ref="417")).codes == ()
    assert file.granted(Numbers(ref="no")).codes == (Code.RON,)


def test_ron_given_elsewhere_than_the_side_of_the_pad_is_no_mistake() -> None:
    """The school's pad on the left is for those who have one."""
    granted = grants(f"school: {{pad: left}}\npupils: {{{UPN}: {{arrangements: [RON]}}}}")
    assert (granted.codes, granted.look.pad_on_left) == ((Code.RON,), True)


# -- mistakes


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "pupils:\n  A1:\n    arrangements: [ATA,\n      QRN]\n",
            "4: arrangements, number 2 in the list: 'QRN' is not allowed here. Write one of: none (without those given"
            " further up), ATA (a beep when time is nearly over), QNR (questions read aloud), CCT (the pupil chooses"
            " colours), ITA (somebody types what the pupil says), FTS (the pupil chooses the text size),"
            " NBQ (a Next button between questions), RON (no number pad on the screen). Did you mean QNR?",
        ),
        (
            "pupils:\n  A1: ATA, QNR\n",
            "2: There is no profile 'ATA, QNR'. Write it under profiles first.",
        ),
        ("pupils:\n  A1: qnr\n", "2: There is no profile 'qnr'. Write it under profiles first. Did you mean"),
        ("profiles:\n  Reads:\npupils:\n  A1: Raeds\n", "4: There is no profile 'Raeds'. There are: Reads. Did you"),
        ("pupils:\n  A1: [ATA]\n", "2: profile: Only one value is allowed, not a list or a group. Write the name of"),
        ("pupils:\n  A1:\n", "2: profile: There is no value."),
        ("school:\n  arrangements: ATA QNR\n", "2: arrangements: 'ATA QNR' needs square brackets. Write a list"),
        ("school:\n  arrangements:\n", "2: arrangements: There is no value. Write a list in square brackets"),
        ("school:\n  arrangements: [ATA, ATA]\n", "2: ATA is in this list twice."),
        (
            "school:\n  colours: blue\n",
            "2: colours: 'blue' is not allowed here. Write one of: choose (the pupil chooses), BOW (black on white),"
            " YOB (y",
        ),
        ("school:\n  colour: BOP\n", "2: 'colour' is not a setting for school. Allowed: arrangements, colours"),
        (
            "school:\n  size: BIG\n",
            "2: size: 'BIG' is not allowed here. Write one of: choose (the pupil chooses), VSM (very small), SML (s",
        ),
        (
            "school:\n  pad: middle\n",
            "2: pad: 'middle' is not allowed here. Write one of: right (number pad on the right), left (number pad"
            " on the left).",
        ),
        ("school:\n  volume_percent: 101\n", "2: volume_percent: '101' is out of range."),
        (
            "school:\n  speech_rate: fast\n",
            "2: speech_rate: 'fast' is not allowed here. Write one of: slow (slower speech), normal (as recorded),"
            " quick (faster speech).",
        ),
        (
            "school:\n  try_it_out_seconds: 5.9\n",
            "2: try_it_out_seconds: '5.9' is out of range. Write seconds as a number from 6 to 60, such as 6.5. Or"
            ' write no_limit (a question waits for its answer). It applies to "try it out" only.',
        ),
        ("school:\n  try_it_out_seconds: 61\n", "2: try_it_out_seconds: '61' is out of range."),
        ("school:\n  profile: Reads\n", "2: 'profile' is not a setting for school."),
        ("profiles:\n  Reads:\n    profile: Other\n", "3: 'profile' is not a setting for profile 'Reads'."),
        ("profiles:\n  Reads:\n  reads:\n", "3: The profile 'reads' is already on line 2. Delete one of them."),
        ("pupils:\n  a1: {}\n  A1: {}\n", "3: The pupil 'A1' is already on line 2. Delete one of them."),
        ("pupils:\n  A1: {}\n  A1: {}\n", "3: 'A1' is already on line 2. Delete one of them."),
        ("pupils:\n  A1:\n    upn: X\n", "2: A1: Delete the line 'upn'. The name before the colon is used instead."),
        (
            "school:\n  arrangements: RON\n  pad: left\n",
            "3: pad: RON (no number pad on the screen) leaves no pad to place.",
        ),
        (
            "school:\n  arrangements: CCT\n  colours: none\n",
            "3: colours: 'none' contradicts CCT (the pupil chooses colours).",
        ),
        (
            "school:\n  volume_percent: 0\nprofiles:\n  Hears:\n    arrangements: ATA\n",
            "2: volume_percent: ATA and QNR cannot be heard at 0.",
        ),
        (
            "school:\n  arrangements: QNR\npupils:\n  A1:\n    volume_percent: 0\n",
            "5: volume_percent: ATA and QNR cannot be heard at 0.",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(said: Said, text: str, line: str) -> None:
    """What is wrong, what is allowed, and what was perhaps meant."""
    (mistake,) = said(ARRANGEMENTS, text)
    assert mistake.startswith(f"{ARRANGEMENTS}:{line}")


def test_every_mistake_is_said_at_once(said: Said) -> None:
    """An unknown profile and a pupil who is there twice beside a value that is none."""
    lines = said(ARRANGEMENTS, "pupils:\n  A1: Reads\n  A2: {size: big}\n  a1: {pad: up}\n")
    assert [line.split(": ")[0] for line in lines] == [f"{ARRANGEMENTS}:{number}" for number in (2, 3, 4, 4)]


@pytest.mark.parametrize("text", ["pupils: {A1: {size: XXL}, a1: {}}", "profiles: {Reads: {size: XXL}, reads: {}}"])
def test_two_of_one_name_are_found_within_one_line_too(said: Said, text: str) -> None:
    """The later one would take the place of the other."""
    (mistake,) = said(ARRANGEMENTS, text)
    assert "is already on line 1" in mistake


# -- against the register


def test_who_is_on_no_register_is_found_by_line() -> None:
    """By UPN and by ref, whatever their capitals; the sentence quotes what is written."""
    file = read("pupils:\n  A1: {}\n  B2: {}\n  c3: {}\n")
    (mistake,) = unknown_pupils(file, [Numbers("A1", "4A/1"), Numbers(None, "C3")])
    assert str(mistake) == (
        f"{ARRANGEMENTS}:3: 'B2' is not the UPN or ref of a pupil on the register."
        " Correct it (numbers: mtc-kiosk pupils list), or delete it."
    )


def test_a_mistyped_upn_is_said_to_be_one() -> None:
    """Its check letter shows that it is a slip, and not a pupil who is not on the register yet."""
    (mistake,) = unknown_pupils(read(f"pupils:\n  {UPN[:-1]}2: {{}}\n"), [])
    assert "Its check letter does not fit, so one character is wrong." in mistake.message
    (mistake,) = unknown_pupils(read(f"pupils:\n  {UPN}: {{}}\n"), [])
    assert "mistyped" not in mistake.message


def test_a_pupil_under_upn_and_ref_is_found() -> None:
    """By the later line; until it is put right both entries apply, and the UPN's wins."""
    file = read("pupils:\n  A1: {arrangements: [ATA], size: LRG}\n  r1: {arrangements: [NBQ], size: XXL}\n")
    (mistake,) = named_twice(file, [Numbers("A1", "R1"), Numbers("A2", None)])
    assert (mistake.line, str(mistake.code)) == (3, "twice")
    assert "on line 2" in mistake.message
    granted = file.granted(Numbers("A1", "R1"))
    assert (granted.codes, granted.look.size) == ((Code.ATA, Code.FTS, Code.NBQ), Size.LRG)


# -- whatever is written


_SETTINGS = {
    "arrangements": ["[]", "none", "[ATA]", "[CCT, FTS]", "[none, QNR]", "[NBQ, ITA]"],
    "colours": ["choose", "BOP", "none"],
    "size": ["choose", "XXL", "none"],
    "typeface": ["andika", "atkinson"],
    "countdown": ["number", "bar", "hidden"],
    "volume_percent": ["none", "50"],
    "try_it_out_seconds": ["no_limit", "none", "30"],
}
_ENTRIES = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in _SETTINGS.items()})


def _lines(name: str, entry: dict[str, str]) -> list[str]:
    return [f"  {name}:", *(f"    {setting}: {value}" for setting, value in entry.items())]


@given(school=_ENTRIES, profile=_ENTRIES, own=_ENTRIES)
def test_everything_a_pupil_gets_stands_on_a_line_of_the_file(
    school: dict[str, str], profile: dict[str, str], own: dict[str, str]
) -> None:
    """Merging is the same each time, and each thing has the line of the very setting and value that it comes from."""
    lines = ["school:", *(f"  {setting}: {value}" for setting, value in school.items()), "  pointer: large"]
    lines += ["profiles:", *_lines("P", profile), "pupils:", *_lines("A1", own | {"profile": "P"})]
    file, wrong = read_arrangements(parse("\n".join(lines).encode(), ARRANGEMENTS))
    if file is None:
        assert all(str(mistake.code) == "contradiction" for mistake in wrong)
        return
    trace = file.trace(Numbers("A1"))
    assert trace == file.trace(Numbers("a1", "not known"))
    for got in trace:
        name, _, value = lines[got.line - 1].strip().partition(": ")
        listed = {"colours": "CCT", "size": "FTS"}.get(got.what, got.what)
        assert (name == got.what and value == got.written) or (name == "arrangements" and listed in value)
    granted = file.granted(Numbers("A1"))
    gets = {got.what for got in trace}
    assert {str(code) for code in granted.codes} == {
        {"colours": "CCT", "size": "FTS"}.get(what, what) for what in gets if what in {*Code, "colours", "size"}
    }
    assert not granted.chooses_colours or Code.CCT in granted.codes
