"""The road to the desk over HTTPS: a record goes to the desk itself, which answers with a signed receipt."""

from collections.abc import Mapping

from mtc_kiosk.record.sealed import Fault
from mtc_kiosk.store.records.inbox import Verdict
from mtc_kiosk.sync.client import DeskClient, DeskRefused
from mtc_kiosk.sync.transport import OTHER_NAME, FileRefused, TransportTrouble

OF_ONE_FILE = frozenset(
    {*map(str, Fault), str(Verdict.ANOTHER_SCHOOLS), str(Verdict.OTHER_PUPILS), OTHER_NAME, "too_large", "fault"}
)
"""The codes with which a desk refuses one file, whatever it does with the next; a fault of the program may be met by
one record alone, which must not keep back those behind it."""


class HttpsRoad:
    """The road through one ``DeskClient``. It implements ``sync.transport.Transport``."""

    place = "the desk"

    def __init__(self, client: DeskClient) -> None:
        self._client = client

    def names(self) -> Mapping[str, int]:
        """The record files that the desk has of this kiosk."""
        return self._client.names()

    def read(self, name: str) -> bytes:
        """TransportTrouble always: a desk takes records in, and gives none out."""
        raise TransportTrouble(f"The desk gives out no records, so {name} cannot be read.", again=False)

    def keep(self, name: str, content: bytes) -> bytes:
        """Bring a record to the desk; its signed receipt, which it gives once the record is on its disk."""
        try:
            return self._client.keep(name, content)
        except DeskRefused as refused:
            if refused.code in OF_ONE_FILE:
                raise FileRefused(str(refused)) from refused
            raise

    def is_there(self, name: str, content: bytes) -> bool:
        """Whether the desk has a file of this name and size; only a receipt says that it is this very one."""
        return self._client.names().get(name) == len(content)
