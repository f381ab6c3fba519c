"""A scene: everything that may change how the screen looks, as one value. Equal scenes need no repainting.

It says what is on the screen; ``screens``, ``page_layout`` and ``theme`` decide where and how. The module is long
because it has the view of every page.
"""

from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.arrangements import Code, Colours, Look, Size
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.view import View
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling, Field
from mtc_kiosk.kiosk.view.rows import CodeRow, HeldRow, PinRow, PupilRow


class Grant(StrEnum):
    """What staff give a pupil."""

    RESTART = "restart"
    REASON = "reason"


@dataclass(frozen=True)
class WelcomeView:
    """The welcome page: "try it out" can be started, an official check waits for the teacher."""


@dataclass(frozen=True)
class FinishedView:
    """The last answer has been given."""


@dataclass(frozen=True)
class HowWasItView:
    """One question with five answers; none is required."""

    chosen: Feeling | None


@dataclass(frozen=True)
class AgainView:
    """Have another go, or only leave: an official check is taken once."""

    can_go_again: bool


@dataclass(frozen=True)
class StaffView:
    """The staff page over a held check. ``passcode_digits`` is how many are typed; None once it is open.

    ``sentences`` are for the teacher, such as why the check is held.
    """

    passcode_digits: int | None
    sentences: tuple[str, ...]
    can_resume: bool


@dataclass(frozen=True)
class NoticeView:
    """One calm notice with one button, such as a disk that is full before a check begins."""

    heading: str
    sentences: tuple[str, ...]
    button: Button


@dataclass(frozen=True)
class WaitView:
    """Nobody can sign in now; ``sentences`` say why, and from when they can. ``can_try`` offers "try it out".

    ``has_menu``: a quiet line tells staff how to open theirs.
    """

    sentences: tuple[str, ...]
    can_try: bool
    has_menu: bool = False


@dataclass(frozen=True)
class SignInView:
    """Password and PIN as typed so far; ``field`` is the box that takes typing.

    ``message`` is a sentence or two, such as ``words.WRONG_PAIR``; the layout does not move for it. While ``waiting``,
    the password and PIN are looked up, nothing can be sent, and the page says so.
    """

    password: str
    pin: str
    field: Field
    message: tuple[str, ...] = ()
    can_send: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class ConfirmView:
    """The pupil who signed in. ``date_of_birth`` is written out, such as ``5 March 2016``; ``group`` may be empty."""

    forename: str
    surname: str
    date_of_birth: str
    school: str
    group: str


@dataclass(frozen=True)
class StaffMenuView:
    """What staff can do once the passcode is given.

    ``held`` is how many checks are held, None if that cannot be read; ``can_hold`` while one runs. ``at_desk``: PINs,
    restarts and reasons are the desk's. ``asks_date``: pupils cannot sign in before staff confirm the date.
    """

    held: int | None
    can_hold: bool
    at_desk: bool = False
    asks_date: bool = False

    @property
    def offers(self) -> tuple[Button, ...]:
        """What staff can choose, in order."""
        here = (Button.DATE,) if self.asks_date else ()
        held = (Button.HELD,) if self.at_desk else (Button.PINS, Button.HELD, Button.RESTART, Button.REASON)
        return (*here, *held, *((Button.HOLD,) if self.can_hold else ()), Button.EXIT)


@dataclass(frozen=True)
class PinListView:
    """At most ``PINS_A_PAGE`` rows: page ``page`` of ``pages``, counted from 1."""

    kind: Kind
    password: str
    rows: tuple[PinRow, ...]
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class HeldListView:
    """At most ``HELD_A_PAGE`` rows, one of them chosen. ``offered`` is what can be done with that one.

    ``message`` is a sentence about it, such as the only kiosk on which it can go on.
    """

    rows: tuple[HeldRow, ...]
    chosen: int | None = None
    offered: frozenset[Button] = frozenset()
    message: str = ""
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class PupilListView:
    """At most ``PUPILS_A_PAGE`` pupils with ``typed`` in their names."""

    grant: Grant
    typed: str
    rows: tuple[PupilRow, ...]
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class CodeListView:
    """At most ``CODES_A_PAGE`` codes for a restart or a reason of ``pupil``; ``chosen`` is a code or None."""

    grant: Grant
    pupil: str
    rows: tuple[CodeRow, ...]
    chosen: str | None = None
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class StaffAskView:
    """A question for staff to confirm; ``button`` confirms, Back does not."""

    heading: str
    sentences: tuple[str, ...]
    button: Button


@dataclass(frozen=True)
class StaffDoneView:
    """What staff asked for was done, or was refused and changed nothing; the ``heading`` says which."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ColoursView:
    """The five colour schemes to choose from. The page itself is the preview: its scene has the chosen look."""

    chosen: Colours


@dataclass(frozen=True)
class SizeView:
    """The six sizes to choose from; the page itself is the preview, as with the colours."""

    chosen: Size


@dataclass(frozen=True)
class SettingsView:
    """The pupil's arrangements, in the order of the national service's page, and which of them the pupil may change."""

    codes: tuple[Code, ...]
    can_change_colours: bool
    can_change_size: bool


@dataclass(frozen=True)
class AssistantView:
    """Who types for the pupil: two names as typed so far; ``field`` is the box that takes typing."""

    forename: str
    surname: str
    field: Field
    message: tuple[str, ...] = ()
    can_go_on: bool = False


@dataclass(frozen=True)
class KeyboardView:
    """There is no on-screen pad: Next waits for a key of the keyboard."""

    key_pressed: bool


StaffShown = (
    StaffView | StaffMenuView | PinListView | HeldListView | PupilListView | CodeListView | StaffAskView | StaffDoneView
)
Around = WelcomeView | WaitView | SignInView | ConfirmView | FinishedView | HowWasItView | AgainView | NoticeView
Arranging = ColoursView | SizeView | SettingsView | AssistantView | KeyboardView
Shown = View | Around | Arranging | StaffShown


@dataclass(frozen=True)
class Scene:
    """The view shown, with the focused and pressed controls.

    ``held_open``: on a kiosk without a passcode the held page itself offers the staff's choices. ``changes`` are the
    quiet buttons of "try it out" to change colours and size on a page between questions. ``not_the_check``: the tag
    says that the time limits differ from the check's. ``not_mine``: the pupil may still press "This is not me".
    ``can_leave``: holding Escape leaves, and the first page says so. ``remedy``: what staff must do before a held check
    can go on.
    """

    shown: Shown
    label: Kind
    focus: Control | None = None
    pressed: frozenset[Control] = frozenset()
    held_open: bool = False
    look: Look = Look()
    no_pad: bool = False
    changes: tuple[Button, ...] = ()
    not_the_check: bool = False
    not_mine: bool = False
    can_leave: bool = False
    remedy: tuple[str, ...] = ()
