"""A restart or a reason on its way through the staff's pages: the pupil is chosen, then the code, or it is taken back.

It knows which page comes, not what is before and behind them; whether it may be given is the staff room's to say.
"""

from dataclasses import replace

from mtc_kiosk.kiosk.staff.lists import codes_view, pupils_on, pupils_view
from mtc_kiosk.kiosk.staff.port import StaffRoom
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import CodeListView, Grant, PupilListView, StaffAskView


class GrantFlow:
    """One grant, from its first page on. Every call may raise StaffRefused."""

    def __init__(self, grant: Grant, room: StaffRoom) -> None:
        self._room, self._grant = room, grant
        self._list = PupilListView(grant, "", ())
        self._pupil_id, self._pupil = 0, ""

    def pupils(self, *, typed: str | None = None, page: int | None = None) -> PupilListView:
        """The list of pupils, with what is typed and the page as they were where nothing else is said."""
        text = self._list.typed if typed is None else typed
        asked = replace(self._list, typed=text, page=self._list.page if page is None else page)
        self._list = pupils_view(self._room.pupils(text), asked)
        return self._list

    def choose(self, index: int) -> PupilListView | CodeListView | StaffAskView:
        """A row of the list: the codes for this pupil, or whether to take back what the pupil has.

        The list again where the register has changed since it was drawn.
        """
        there = pupils_on(self._room.pupils(self._list.typed), self._list.page)
        chosen = next((one for one in there if one.row == self._list.rows[index]), None)
        if chosen is None:
            return self.pupils()
        self._pupil_id, self._pupil = chosen.pupil_id, chosen.row.name
        if self._room.has(self._grant, chosen.pupil_id):
            said = words.may_be_taken_back(self._grant, self._pupil)
            return StaffAskView(words.ASK[Button.TAKE_BACK], said, Button.TAKE_BACK)
        return self.codes(1)

    def codes(self, page: int) -> CodeListView:
        """The codes for the pupil who was chosen."""
        return codes_view(self._room.codes(self._grant), CodeListView(self._grant, self._pupil, (), page=page))

    def give(self, code: str) -> tuple[str, ...]:
        """Give it; what staff are told."""
        pin_cancelled = self._room.give(self._grant, self._pupil_id, code)
        return words.given(self._grant, self._pupil, pin_cancelled=pin_cancelled)

    def take_back(self) -> tuple[str, ...]:
        """Take it back; what staff are told."""
        self._room.take_back(self._grant, self._pupil_id)
        return words.taken_back(self._grant, self._pupil)
