"""What was kept of settings is what their files say: the same bytes give the same result, and no mistake passes."""

import json
from collections.abc import Iterator
from functools import cache
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.config import kept
from mtc_kiosk.config.check_file import CheckFile
from mtc_kiosk.config.configuration import read_all
from mtc_kiosk.config.group import Group
from mtc_kiosk.config.kept import NotKept, digest, dumped, loaded
from mtc_kiosk.config.kiosk_file import KioskFile
from mtc_kiosk.config.mistakes import ConfigMistakes
from mtc_kiosk.config.school_file import SchoolFile
from mtc_kiosk.config.settings import ARRANGEMENTS, CHECK, FILES, KIOSK, SCHOOL, Configuration
from mtc_kiosk.config.shape import Shape
from mtc_kiosk.resources import shipped_config
from mtc_kiosk.school.pupil import EVERYBODY, Numbers

SHIPPED = {name: (shipped_config() / name).read_bytes() for name in FILES}
WRITTEN = {
    CHECK: (
        "timings: {question_seconds: 7.5, pause_seconds: 2, whole_check_minutes: 45}",
        "practice: [7x8, 12x12]",
        "form: {easy_tables: [2, 5], tables: {9: 1 to 5}, try_outs_remembered: 0}",
        "faults: {interrupted_question: forfeit, voids_replaced: 0}",
        "restarts: {allowed: 0, reasons: {ABC: Fire drill}}",
        "reasons: {XY: {label: Gone, ctf: A, set_by: head, annuls: yes, offered: no}}",
    ),
    KIOSK: (
        "name: library-1",
        "desk: https://desk.example:8426",
        "display: {diagonal_inches: 13.3, screen: 2}\nsound: {device: Headphones, volume_percent: 0}",
        "lockdown: {full_screen: no, keyboard_grab: no, allow_second_display: yes}\nraise_priority: no",
        f"staff_passcode: scrypt$16384$8$1${'0' * 32}${'f' * 64}",
    ),
    SCHOOL: (
        "name: St Mary\u2019s \u0141\nla: 123\nestab: '0417'\nurn: 123456\nctf: {on: yes, supplier_id: us}",
        "time_zone: Asia/Kathmandu\nhours: {pins_from: 07:30, until: 15:00}\nretention: {days_after_receipt: 5}",
        "scheme: national\nwindow: {register_opens: 2027-04-01, try_it_out_opens: 2027-04-20, check_opens: 2027-06-07,"
        " check_closes: 2027-06-25, register_closes: 2027-07-01, after_closing: closed}\nresults: after_window",
        "destinations: {Trust: /mnt/trust, Cloud: 's3://bucket/mtc'}",
    ),
    ARRANGEMENTS: (
        "school: {arrangements: [ATA], colours: BOP, size: XXL, pointer: large, typeface: opendyslexic}",
        "school: {countdown: bar, pad: left, volume_percent: 40, speech_rate: slow, try_it_out_seconds: no_limit}",
        "profiles: {P: {arrangements: none, colours: choose}}\npupils: {A1: P, B2: {profile: P, size: none}}",
        "pupils: {A1: {try_it_out_seconds: 7.25, arrangements: [QNR, ATA]}, B2: {volume_percent: none, colours: none}}",
    ),
}
CASES = [(name, text) for name, texts in WRITTEN.items() for text in texts]


def with_file(name: str, text: str) -> dict[str, bytes]:
    """The files that ship, with this one in the place of one."""
    return SHIPPED | {name: text.encode()}


def kept_of(written: dict[str, bytes]) -> tuple[Configuration, bytes]:
    """What the files say, and what is kept of it."""
    read = read_all(written)
    content = dumped(read, digest(written))
    assert content is not None
    return read, content


@cache
def kept_as_shipped() -> bytes:
    """What is kept of the files that ship."""
    return kept_of(SHIPPED)[1]


@pytest.mark.parametrize(("name", "text"), [*CASES, *((name, SHIPPED[name].decode()) for name in FILES)])
def test_the_same_bytes_give_the_same_settings(name: str, text: str) -> None:
    """Every file of this test, each kind of value of which differs from what ships, and the files that ship."""
    written = with_file(name, text)
    read, content = kept_of(written)
    again = loaded(content, digest(written), written)
    assert again == read
    assert read == again
    assert (again.check.settings(), again.check.form_rules()) == (read.check.settings(), read.check.form_rules())
    assert again.check.changes() == read.check.changes()
    assert (again.school.zone, again.school.release) == (read.school.zone, read.school.release)
    assert again.school.hours_in_force.times == read.school.hours_in_force.times
    assert again.school.window.dates == read.school.window.dates
    for who in (EVERYBODY, Numbers("A1"), Numbers("B2")):
        assert again.arrangements.granted(who) == read.arrangements.granted(who)
        assert again.arrangements.trace(who) == read.arrangements.trace(who)
    assert again.arrangements_written == written[ARRANGEMENTS]


def groups(model: type[Group]) -> Iterator[type[Group]]:
    """A model and all the groups within it."""
    yield model
    for field in model.model_fields.values():
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, Group):
                yield from groups(kind)


@pytest.mark.parametrize("model", [one for file in (CheckFile, KioskFile, SchoolFile) for one in groups(file)])
def test_a_shape_has_every_setting_of_its_group(model: type[Group]) -> None:
    """In the order of the file: a setting that the shape did not know would be lost from what is kept."""
    (shape,) = (one for one in model.__mro__ if issubclass(one, Shape) and one not in (model, Shape))
    assert list(shape.names()) == list(model.model_fields)


@given(st.data())
def test_any_other_byte_is_another_digest(data: st.DataObject) -> None:
    """Also one that moves from the end of one file to the beginning of the next."""
    name = data.draw(st.sampled_from(FILES))
    at = data.draw(st.integers(0, len(SHIPPED[name]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != SHIPPED[name][at]))
    changed = SHIPPED[name][:at] + bytes([byte]) + SHIPPED[name][at + 1 :]
    assert digest(SHIPPED | {name: changed}) != digest(SHIPPED)
    moved = {CHECK: SHIPPED[CHECK][:-1], KIOSK: SHIPPED[CHECK][-1:] + SHIPPED[KIOSK]}
    assert digest(SHIPPED | moved) != digest(SHIPPED)


@given(st.data())
def test_a_damaged_byte_is_noticed(data: st.DataObject) -> None:
    """Wherever it is, whatever it became; and so is an end that is gone."""
    content = kept_as_shipped()
    at = data.draw(st.integers(0, len(content) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != content[at]))
    damaged = content[:at] + bytes([byte]) + content[at + 1 :]
    for wrong in (damaged, content[:at]):
        with pytest.raises(NotKept):
            loaded(wrong, digest(SHIPPED), SHIPPED)


def changed(*places: object, value: object) -> bytes:
    """What is kept of the files that ship with one value changed, and its sum made right again."""
    text = kept_as_shipped().decode().partition("\n")[2]
    whole = json.loads(text)
    inner = whole["settings"]
    for place in places[:-1]:
        inner = inner[place]
    inner[places[-1]] = value
    again = json.dumps(whole, separators=(",", ":"))
    return f"{kept._sum(again)}\n{again}\n".encode()


@pytest.mark.parametrize(
    ("places", "value"),
    [
        (("check", "timings", "question_seconds"), 6),
        (("check", "timings", "question_seconds"), "NaN"),
        (("check", "timings", "question_seconds"), "6e3"),
        (("check", "timings", "whole_check_minutes"), True),
        (("check", "timings", "whole_check_minutes"), "30"),
        (("check", "timings"), []),
        (("check", "faults", "interrupted_question"), "whatever"),
        (("check", "practice"), [[1, 2]]),
        (("check", "reasons", 0, "offered"), 1),
        (("kiosk", "lockdown", "full_screen"), "no"),
        (("kiosk", "staff_passcode"), 5),
        (("kiosk", "unknown"), 5),
        (("school", "time_zone"), "Europe/Nowhere"),
        (("school", "window", "check_opens"), "2027-02-30"),
        (("school", "hours", "until"), "25:00"),
        (("arrangements", "school", "source"), "someone"),
        (("arrangements", "school", "settings"), {"colours": ["XXX", 1]}),
        (("arrangements", "school", "settings"), {"unknown": ["BOP", 1]}),
        (("arrangements", "school", "codes"), [["ATA", "1"]]),
        (("arrangements", "pupils"), 7),
    ],
)
def test_a_value_of_another_type_is_refused(places: tuple[object, ...], value: object) -> None:
    """Though its sum is right: then the files themselves are read."""
    with pytest.raises(NotKept):
        loaded(changed(*places, value=value), digest(SHIPPED), SHIPPED)


def test_what_is_of_other_files_is_refused() -> None:
    """A home's file that was changed has another digest."""
    other = with_file(KIOSK, "name: other")
    with pytest.raises(NotKept):
        loaded(kept_as_shipped(), digest(other), other)


def test_another_computer_name_is_another_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """``name: auto`` is the computer's own name."""
    before = digest(SHIPPED)
    monkeypatch.setattr("socket.gethostname", lambda: "renamed")
    assert digest(SHIPPED) != before


@pytest.mark.parametrize("name", FILES)
def test_a_mistake_is_never_kept(name: str) -> None:
    """The mistake is reported each time."""
    written = with_file(name, "unknown_setting: 1")
    for _ in range(2):
        with pytest.raises(ConfigMistakes):
            read_all(written)


def test_settings_that_were_kept_cannot_be_changed() -> None:
    """As little as those just read."""
    again = loaded(kept_as_shipped(), digest(SHIPPED), SHIPPED)
    with pytest.raises(AttributeError):
        again.check.timings.whole_check_minutes = 1
