"""Give a restart or a reason on the staff's pages: choose the pupil, then the code; or take one back.

It knows the pages of this path only. The staff room decides whether the restart or reason may be given.
"""

from dataclasses import replace

from mtc_kiosk.kiosk.staff.lists import codes_view, pupils_on, pupils_view
from mtc_kiosk.kiosk.staff.port import StaffRoom, trying
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import CodeListView, Grant, PupilListView, StaffAskView, StaffDoneView


class GrantFlow:
    """The path of one grant. Every method may raise StaffRefused."""

    def __init__(self, grant: Grant, room: StaffRoom) -> None:
        self._room, self._grant = room, grant
        self._list = PupilListView(grant, "", ())
        self._pupil_id, self._pupil = 0, ""

    def pupils(self, *, typed: str | None = None, page: int | None = None) -> PupilListView:
        """The list of pupils; ``typed`` and ``page`` stay as they were unless given."""
        text = self._list.typed if typed is None else typed
        asked = replace(self._list, typed=text, page=self._list.page if page is None else page)
        self._list = pupils_view(self._room.pupils(text), asked)
        return self._list

    def choose(self, index: int) -> PupilListView | CodeListView | StaffAskView:
        """Choose a row: the codes for this pupil, or the question whether to take back what the pupil has.

        If the register has changed since the list was drawn, show the list again.
        """
        there = pupils_on(self._room.pupils(self._list.typed), self._list.page)
        chosen = next((one for one in there if one.row == self._list.rows[index]), None)
        if chosen is None:
            return self.pupils()
        self._pupil_id, self._pupil = chosen.pupil_id, chosen.row.name
        if self._room.has(self._grant, chosen.pupil_id):
            said = staff_words.may_be_taken_back(self._grant, self._pupil)
            return StaffAskView(staff_words.ASK[Button.TAKE_BACK], said, Button.TAKE_BACK)
        return self.codes(1)

    def codes(self, page: int) -> CodeListView:
        """The codes for the pupil who was chosen."""
        return codes_view(self._room.codes(self._grant), CodeListView(self._grant, self._pupil, (), page=page))

    def give(self, code: str) -> StaffDoneView:
        """Give it; return the page that says so."""
        with trying(staff_words.NOT_GIVEN[self._grant]):
            pin_cancelled = self._room.give(self._grant, self._pupil_id, code)
        sentences = staff_words.given(self._grant, self._pupil, pin_cancelled=pin_cancelled)
        return StaffDoneView(staff_words.GIVEN[self._grant], sentences)

    def take_back(self) -> StaffDoneView:
        """Take it back; return the page that says so."""
        with trying(staff_words.NOT_TAKEN_BACK[self._grant]):
            self._room.take_back(self._grant, self._pupil_id)
        return StaffDoneView(staff_words.TAKEN_BACK[self._grant], staff_words.taken_back(self._grant, self._pupil))
