"""One pupil's entry written into the arrangements file: it says what was chosen, and nothing else changes."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.arrangements import Code, Colours, Countdown, Rate, Size, Typeface
from mtc_kiosk.config.arrangement_choice import TICKED, USUAL, Choice, OwnEntry, choice_of, entry_as_it_is, own_entry
from mtc_kiosk.config.arrangement_values import Choose, NoLimit, Pad, Pointer
from mtc_kiosk.config.arrangements_edit import EntryEdit, with_entry
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile, read_arrangements
from mtc_kiosk.config.arrangements_merge import merged
from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.resources import shipped_config
from mtc_kiosk.school.pupil import Numbers

NAME = "A1"
ME = Numbers(ref=NAME)
VALUES = {
    "colours": [*Colours, Choose.CHOOSE, "none"],
    "size": [*Size, Choose.CHOOSE, "none"],
    "pointer": [*Pointer],
    "typeface": [*Typeface],
    "countdown": [*Countdown],
    "pad": [*Pad],
    "volume_percent": ["25", "none"],
    "speech_rate": [*Rate],
    "try_it_out_seconds": ["12.5", "no_limit", "none"],
}


def read(written: bytes) -> ArrangementsFile:
    """The file, which must have no mistake."""
    file, mistakes = read_arrangements(parse(written, ARRANGEMENTS))
    assert file is not None, ([str(mistake) for mistake in mistakes], written.decode())
    return file


def edited(written: bytes, wanted: Choice, name: str = NAME) -> bytes | None:
    """The file after the pupil was given this choice."""
    file = read(written)
    own = next(iter(file.named(Numbers(ref=name))), None)
    profile = [entry for entry in file.profiles if entry.name == wanted.profile]
    after = own_entry(wanted, merged((file.school, *profile)), own)
    return with_entry(written, EntryEdit(own.name if own is not None else name, entry_as_it_is(own), after))


def chosen(written: bytes, name: str = NAME) -> Choice:
    """What the file gives the pupil."""
    file, who = read(written), Numbers(ref=name)
    (own,) = file.named(who)
    return choice_of(file.got(who), own.profile)


def is_inserted(before: str, after: str) -> bool:
    """Whether the text is as before with one piece more in it."""
    same = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    rest = len(before) - same
    return len(after) > len(before) and (not rest or after[-rest:] == before[-rest:])


# -- any file


@dataclass(frozen=True)
class Written:
    """A file as somebody may have written it: what is before the pupil's entry, the entry, and what is after it."""

    before: str
    mine: str
    after: str


comments = st.integers(0, 99).map(lambda number: f"# c{number}: 'a' [b] {{c}}")


@st.composite
def codes(draw: st.DrawFn) -> list[str]:
    """A list of arrangements."""
    listed = draw(st.lists(st.sampled_from([*map(str, Code)]), unique=True, max_size=4))
    return (["none"] if not listed or draw(st.booleans()) else []) + listed


@st.composite
def entries(draw: st.DrawFn, profile: bool) -> dict[str, object]:
    """What an entry says."""
    said: dict[str, object] = {}
    if profile and draw(st.booleans()):
        said["profile"] = "Reads"
    if draw(st.booleans()):
        said["arrangements"] = draw(codes())
    for name in draw(st.lists(st.sampled_from([*VALUES]), unique=True, max_size=3)):
        said[name] = str(draw(st.sampled_from(VALUES[name])))
    listed = said.get("arrangements", [])
    for code, name in ((Code.CCT, "colours"), (Code.FTS, "size")):
        if code in listed and said.get(name) == "none":  # type: ignore[operator]
            del said[name]
    return said


@st.composite
def scalar(draw: st.DrawFn, text: str) -> str:
    """A text with quotes or without."""
    return draw(st.sampled_from([text, f"'{text}'", f'"{text}"']))


@st.composite
def ending(draw: st.DrawFn) -> str:
    """The end of a line: perhaps with spaces or a comment, perhaps with lines of comments after it."""
    return draw(st.sampled_from(["", "", " ", "  "])) + draw(st.one_of(st.just(""), comments.map("  {}".format)))


@st.composite
def flow(draw: st.DrawFn, said: dict[str, object]) -> str:
    """The entry in braces."""
    parts = []
    for name, value in said.items():
        written = f"[{', '.join(value)}]" if isinstance(value, list) else draw(scalar(str(value)))
        parts.append(f"{name}: {written}")
    return f"{{{', '.join(parts)}}}"


@st.composite
def block(draw: st.DrawFn, said: dict[str, object], margin: int) -> str:
    """The entry on lines of its own, each begun with a line end."""
    step = margin + draw(st.integers(1, 4))
    pad, text = " " * step, ""
    for name, value in said.items():
        for _ in range(draw(st.integers(0, 2))):
            text += draw(st.one_of(st.just("\n"), comments.map(lambda one: f"\n{pad}{one}")))
        if isinstance(value, list) and draw(st.booleans()):
            text += f"\n{pad}{name}:{draw(ending())}"
            text += "".join(f"\n{pad}- {code}{draw(ending())}" for code in value)
        elif isinstance(value, list):
            text += f"\n{pad}{name}: [{', '.join(value)}]{draw(ending())}"
        else:
            text += f"\n{pad}{name}: {draw(scalar(str(value)))}{draw(ending())}"
    return text


@st.composite
def lines_of(draw: st.DrawFn, name: str, said: dict[str, object], margin: int) -> str:
    """An entry with its name, without the last line end."""
    begin = f"{' ' * margin}{draw(scalar(name))}:"
    if list(said) == ["profile"] and draw(st.booleans()):
        return f"{begin} Reads{draw(ending())}"
    if not said or draw(st.booleans()):
        return f"{begin} {draw(flow(said))}{draw(ending())}"
    return f"{begin}{draw(ending())}{draw(block(said, margin))}"


@st.composite
def files(draw: st.DrawFn) -> Written:
    """A whole file in which the pupil may have an entry."""
    between = lambda: "".join(f"{one}\n" for one in draw(st.lists(st.one_of(st.just(""), comments), max_size=2)))
    text = draw(st.sampled_from(["", "\ufeff", "---\n"])) + between()
    if draw(st.booleans()):
        text += f"school: {draw(flow(draw(entries(False))))}{draw(ending())}\n" + between()
    text += f"profiles:\n  Reads: {draw(flow(draw(entries(False))))}\n" + between()
    text += f"pupils:{draw(ending())}\n" + between()
    margin = draw(st.integers(1, 4))
    others = draw(st.lists(st.sampled_from(["B-7", "0417", "NO", "1:30", "Zoë 2"]), unique=True, max_size=2))
    first = "".join(f"{draw(lines_of(name, draw(entries(True)), margin))}\n{between()}" for name in others[:1])
    last = "".join(f"{draw(lines_of(name, draw(entries(True)), margin))}\n{between()}" for name in others[1:])
    mine = draw(lines_of(NAME, draw(entries(True)), margin)) if draw(st.booleans()) else ""
    end = draw(st.sampled_from(["\n", ""])) if not last else "\n"
    made = Written(text + first, mine, (end if mine else "") + last)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return Written(*(part.replace("\n", newline) for part in (made.before, made.mine, made.after)))


choices = st.builds(
    Choice,
    codes=st.frozensets(st.sampled_from(TICKED)),
    colours=st.sampled_from([None, Choose.CHOOSE, *Colours]),
    size=st.sampled_from([None, Choose.CHOOSE, *Size]),
    settings=st.fixed_dictionaries(
        {
            "pointer": st.sampled_from(Pointer),
            "typeface": st.sampled_from(Typeface),
            "countdown": st.sampled_from(Countdown),
            "pad": st.sampled_from(Pad),
            "volume_percent": st.sampled_from([None, 25, 100]),
            "speech_rate": st.sampled_from(Rate),
            "try_it_out_seconds": st.sampled_from([None, Decimal("12.5"), NoLimit.NO_LIMIT]),
        }
    ),
    profile=st.sampled_from([None, "Reads"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files(), choices)
@example(Written("pupils:\n", "  A1: {}  # c1", ""), Choice())
def test_the_file_says_what_was_chosen_and_all_else_stays(written: Written, wanted: Choice) -> None:
    """Byte for byte outside the entry; no comment is lost anywhere, and the file reads back as chosen."""
    content = (written.before + written.mine + written.after).encode()
    file, mistakes = read_arrangements(parse(content, ARRANGEMENTS))
    if file is None:
        event("a file with a mistake")
        assert mistakes
        return
    changed = edited(content, wanted)
    assert changed is not None
    assert wanted.is_met_by(chosen(changed))
    text = changed.decode()
    found = lambda one: Counter(re.findall("# c[^\r\n]*?}", one))
    assert not found(content.decode()) - found(text)
    if written.mine:
        assert text.startswith(written.before)
        assert text.endswith(written.after)
        event("an entry that was there")
    else:
        assert is_inserted(content.decode(), text)
        event("an entry that was not there")
    again = edited(changed, wanted)
    assert again == changed


# -- as people write it

SOME = """# top
pupils:
  A1:  # Amy
    # she chose this
    size: XXL   # with Mum
    arrangements: [ATA]  # since May
    # tail
  # before B
  B2: {size: LRG}  # Bo
"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            SOME,
            OwnEntry(None, ("ATA", "QNR"), {"size": "LRG"}),
            SOME.replace("XXL", "LRG").replace("[ATA] ", "[ATA, QNR]"),
        ),
        (
            SOME,
            OwnEntry(None, ("ATA",)),
            SOME.replace("    size: XXL   # with Mum\n", "").replace("  A1:", "  # with Mum\n  A1:"),
        ),
        ("pupils:\n# an example\n", OwnEntry("Reads"), "pupils:\n  A1: Reads\n# an example\n"),
        ("pupils: {}  # none\n", OwnEntry(None, None, {"size": "LRG"}), "pupils:  # none\n  A1:\n    size: LRG\n"),
        ("school: {size: LRG}", OwnEntry("Reads"), "school: {size: LRG}\npupils:\n  A1: Reads\n"),
        ("pupils:\r\n    B2: {}\r\n", OwnEntry(), "pupils:\r\n    B2: {}\r\n    A1: {}\r\n"),
        ("pupils: {B2: {}}\n", OwnEntry(None, ("ATA",)), "pupils: {B2: {}, A1: {arrangements: [ATA]}}\n"),
        ("{pupils: {A1: {size: XXL}}}", OwnEntry(None, ("ATA",)), "{pupils: {A1: {arrangements: [ATA]}}}"),
        ("pupils:\n  A1: Reads  # c\n", OwnEntry("Reads", ("ATA",)), None),
    ],
)
def test_a_person_would_have_written_it_so(before: str, after: OwnEntry, expected: str | None) -> None:
    """Lines that need no change stay, in their order; a comment on a line that goes is kept above the entry."""
    newline = "\r\n" if "\r" in before else "\n"
    profiles = "" if before.startswith("{") else f"profiles: {{Reads: {{}}}}{newline}"
    content = (profiles + before).encode()
    own = next((entry_as_it_is(entry) for entry in read(content).pupils if entry.name == NAME), OwnEntry())
    changed = with_entry(content, EntryEdit(NAME, own, after))
    assert changed is not None
    if expected is not None:
        assert changed.decode() == profiles + expected
    (entry,) = [entry for entry in read(changed).pupils if entry.name == NAME]
    assert entry_as_it_is(entry) == after


def test_the_file_as_it_ships_keeps_every_note() -> None:
    """Two pupils, and the first changed again."""
    content = (Path(shipped_config(ARRANGEMENTS))).read_bytes()
    wanted = Choice(codes=frozenset({Code.QNR}), colours=Colours.BOP)
    changed = edited(content, wanted)
    assert changed is not None
    changed = edited(changed, Choice(size=Choose.CHOOSE), "0417")
    assert changed is not None
    changed = edited(changed, replace(wanted, colours=None))
    assert changed is not None
    assert chosen(changed) == replace(wanted, colours=None)
    assert chosen(changed, "0417") == Choice(size=Choose.CHOOSE)
    lines = changed.decode().splitlines()
    assert [line for line in lines if line in content.decode().splitlines()] == content.decode().splitlines()
    assert len(lines) == len(content.decode().splitlines()) + 4


@pytest.mark.parametrize(
    ("school", "wanted", "entry"),
    [
        ({"arrangements": "[QNR, ATA]"}, Choice(frozenset({Code.QNR, Code.ATA})), OwnEntry()),
        ({"arrangements": "[QNR, ATA]"}, Choice(frozenset({Code.ATA})), OwnEntry(None, ("none", "ATA"))),
        ({"arrangements": "[QNR, CCT]"}, Choice(), OwnEntry(None, ("none",))),
        ({"arrangements": "[CCT]"}, Choice(), OwnEntry(None, None, {"colours": "none"})),
        ({"typeface": "opendyslexic"}, Choice(), OwnEntry(None, None, {"typeface": "andika"})),
        ({"volume_percent": "25"}, Choice(), OwnEntry(None, None, {"volume_percent": "none"})),
        ({}, Choice(frozenset({Code.RON}), settings={**USUAL, "pad": Pad.LEFT}), OwnEntry(None, ("RON",))),
    ],
)
def test_an_entry_repeats_nothing_that_everybody_has(school: dict[str, str], wanted: Choice, entry: OwnEntry) -> None:
    """And takes back what everybody has where this pupil does not need it."""
    inside = ", ".join(f"{name}: {value}" for name, value in school.items())
    content = f"school: {{{inside}}}\npupils:\n".encode()
    changed = edited(content, wanted)
    assert changed is not None
    (own,) = read(changed).pupils
    assert entry_as_it_is(own) == entry
    assert wanted.is_met_by(chosen(changed))


def test_what_cannot_be_written_with_certainty_is_not_written() -> None:
    """A file with a mistake; an entry that would be one, or would name a profile that is not there."""
    assert with_entry(b"pupils: {A1: {size: big}}", EntryEdit(NAME, OwnEntry(), OwnEntry())) is None
    assert with_entry(b"pupils:\n", EntryEdit(NAME, OwnEntry(), OwnEntry("Reads"))) is None
    silent = OwnEntry(None, ("ATA",), {"volume_percent": "0"})
    assert with_entry(b"pupils:\n", EntryEdit(NAME, OwnEntry(), silent)) is None
