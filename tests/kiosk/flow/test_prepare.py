"""The one way to prepare an attempt: whom it is for, which form it has, what it is built from, and what is reported."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mtc_kiosk import resources
from mtc_kiosk.check.arrangements import Code, Granted, TryLimit
from mtc_kiosk.check.draw import Met, draw_tables
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.audio import recordings
from mtc_kiosk.kiosk.audio.recordings import RecordingFault
from mtc_kiosk.kiosk.flow.prepare import CheckHere, check_here, prepare_attempt
from mtc_kiosk.school.pupil import Pupil, Sex
from mtc_kiosk.school.sign_in import SignedIn

HERE = CheckHere("hall-1", FormRules(), Settings(), volume_percent=70)


def signed_in(kind: Kind) -> SignedIn:
    """A pupil who signed in to this kind of check."""
    amy = Pupil(
        id=5,
        upn=None,
        ref="kite-7",
        surname="Testerly",
        forename="Amy",
        middle_names="",
        date_of_birth=date(2018, 3, 14),
        sex=Sex("F"),
        alias_forename="",
        alias_surname="",
        group_name="",
    )
    return SignedIn("code-1", 3, kind, amy)


def test_a_walk_up_tries_it_out() -> None:
    """Under no pupil's name, on this kiosk."""
    new = prepare_attempt(HERE, Granted()).new
    assert (new.kind, new.kiosk, new.check_code, new.session_id, new.pupil_id) == ("try", "hall-1", None, None, None)
    assert len(new.form.items) == 25


@pytest.mark.parametrize("kind", list(Kind))
def test_an_attempt_belongs_to_the_pin_that_signed_in(kind: Kind) -> None:
    """Code, session and pupil are those of the PIN, and so is the kind."""
    new = prepare_attempt(HERE, Granted(), signed_in=signed_in(kind)).new
    assert (new.kind, new.check_code, new.session_id, new.pupil_id) == (str(kind), "code-1", 3, 5)


def test_chance_alone_tells_two_attempts_apart() -> None:
    """Robots with the same seed get the same attempt, with its id; pupils never get one twice."""
    first, again = (prepare_attempt(HERE, Granted(), chance=random.Random(7)) for _ in range(2))
    assert first == again
    others = [prepare_attempt(HERE, Granted()).new for _ in range(2)]
    assert len({new.id for new in others}) == len({new.form.id for new in others}) == 2


def test_no_form_is_met_twice() -> None:
    """The form that chance would have brought is drawn anew for whoever met it."""
    first = prepare_attempt(HERE, Granted(), chance=random.Random(7)).new.form
    again = prepare_attempt(HERE, Granted(), met=Met((first,)), chance=random.Random(7)).new.form
    assert again.items != first.items


def test_a_form_that_is_too_alike_is_noted() -> None:
    """In the attempt's journal; rules that allow no shared question are not kept by any second form of one table."""
    rules = FormRules(shared_at_most=-1)
    earlier = prepare_attempt(HERE, Granted(), chance=random.Random(7)).new.form
    here = CheckHere("hall-1", rules, Settings())
    (note,) = prepare_attempt(here, Granted(), met=Met((earlier,)), chance=random.Random(8)).notes
    assert note.startswith("form shares ")
    assert note.endswith(" after 2000 draws")
    assert prepare_attempt(HERE, Granted()).notes == ()


def test_a_form_that_was_asked_for_is_taken_as_it_is() -> None:
    """Even if it was met."""
    form = draw_tables(random.Random(1), (7,))
    prepared = prepare_attempt(HERE, Granted(), met=Met((form,)), form=form)
    assert (prepared.new.form, prepared.notes) == (form, ())


def test_longer_limits_are_for_trying_it_out_alone() -> None:
    """An official check keeps the school's timings whatever is granted."""
    granted = Granted(try_limit=TryLimit(20_000_000))
    tried = prepare_attempt(HERE, granted, signed_in=signed_in(Kind.TRY)).new.settings
    official = prepare_attempt(HERE, granted, signed_in=signed_in(Kind.OFFICIAL)).new.settings
    assert (tried.timings.question, tried.changed_rules) == (20_000_000, True)
    assert (official.timings, official.changed_rules) == (Settings().timings, False)


def test_the_pcs_own_volume_is_for_whoever_has_none() -> None:
    """A pupil's own goes before it."""
    volumes = [
        prepare_attempt(HERE, Granted(volume_percent=own)).new.settings.arrangements.volume_percent
        for own in (None, 40)
    ]
    assert volumes == [70, 40]


@pytest.fixture
def no_recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program finds none of its recordings."""
    recordings.forget()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "mtc_kiosk")
    yield
    recordings.forget()


@pytest.mark.usefixtures("no_recordings")
def test_staff_are_told_which_recording_is_missing() -> None:
    """The check does not begin; without the audio version nothing is looked for."""
    told: list[str] = []
    with pytest.raises(RecordingFault):
        prepare_attempt(HERE, Granted((Code.QNR,)), tell=told.extend)
    assert len(told) == 1
    prepare_attempt(HERE, Granted(), tell=told.extend)
    assert len(told) == 1


def test_a_kiosk_goes_by_the_schools_settings_files() -> None:
    """Rules, settings and volume as the files say, and as they are shipped."""
    configuration = Configuration()
    here = check_here(configuration, "hall-1")
    assert (here.kiosk, here.rules, here.settings) == (
        "hall-1",
        configuration.check.form_rules(),
        configuration.check.settings(),
    )
    assert here.volume_percent == configuration.kiosk.sound.volume_percent
