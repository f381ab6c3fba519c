"""Who may read a folder or file on Windows: its access list, read and written as text (SDDL) with account numbers.

A folder below ProgramData inherits a list that lets every account of the PC read it. Lists are handled in the system's
notation, ``D:P(A;OICI;FA;;;SY)...``, in which accounts are numbers or two letters, the same in every language.
"""

import contextlib
import ctypes
import re
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

from mtc_kiosk.windows import calls

_ENTRY = re.compile(r"\(([^()]*)\)")
_EVERYBODY = frozenset(
    (
        *("WD", "S-1-1-0"),  # everyone
        *("AN", "S-1-5-7"),  # anonymous
        *("AU", "S-1-5-11"),  # everybody who has signed in
        *("IU", "S-1-5-4", "NU", "S-1-5-2"),  # everybody at the PC, everybody over the network
        *("BU", "S-1-5-32-545", "BG", "S-1-5-32-546", "PU", "S-1-5-32-547"),  # users, guests, power users
        *("DU", "DG", "DC"),  # the domain's users, guests, computers
        *("AC", "S-1-15-2-1", "S-1-15-2-2"),  # apps from the store
        *("CO", "S-1-3-0"),  # the creator of a file there
    )
)
"""Accounts for more than one person, or for a person not known yet."""

_DOMAIN_EVERYBODY = re.compile(r"S-1-5-21-[\d-]+-51[345]")
_FILE_OBJECT, _LIST, _PROTECTED = 1, 0x4, 0x80000000
_TOKEN_QUERY, _TOKEN_USER = 0x8, 1
_REVISION = 1
_DRIVE_FIXED = 3


def private_list(account: str, *, folder: bool, kept: tuple[str, ...] = ()) -> str:
    """The list that lets in only SYSTEM, Administrators and this account, and inherits nothing.

    ``kept`` are entries to keep besides. In a folder they apply to everything in it too.
    """
    inherit = "OICI" if folder else ""
    entries = [f"A;{inherit};FA;;;{who}" for who in ("SY", "BA", account)]
    return "D:P" + "".join(f"({entry})" for entry in [*entries, *kept])


def closed(found: str, account: str, *, folder: bool) -> str | None:
    """The list to set instead of this one; None if it lets in no group that everybody belongs to.

    Entries for a named account or group stay: the school's IT staff may have let a kiosk's account in. A folder stops
    inheriting from above; a file keeps what its folder gives.
    """
    entries = [entry.split(";") for entry in _ENTRY.findall(found)]
    no_list = "NO_ACCESS_CONTROL" in found
    if not no_list and not any(entry[0] == "A" and _is_everybody(entry[-1]) for entry in entries):
        return None
    ours = {"SY", "S-1-5-18", "BA", "S-1-5-32-544", account}
    kept = tuple(
        ";".join((entry[0], entry[1].replace("ID", ""), *entry[2:]))
        for entry in entries
        if len(entry) == 6 and not (folder and "ID" in entry[1])
        if entry[5] not in ours and not _is_everybody(entry[5])
    )
    return private_list(account, folder=folder, kept=kept)


def inheriting(mode: int) -> int:
    """The mode to make a folder with; on Windows never one that creates its own access list.

    Newer Pythons give a folder of mode 0o700 such a list, which shuts out an account that was let into the folder
    above.
    """
    return 0o777 if sys.platform == "win32" else mode


def is_lasting(path: Path) -> bool:
    """Whether a path is on a disk that stays in this PC: only there do its accounts mean anything."""
    return sys.platform == "win32" and bool(calls.drive_type(path.absolute().anchor) == _DRIVE_FIXED)


def keep_others_out(path: Path) -> None:
    """Let only this account, Administrators and SYSTEM into a folder (with all in it) or a file.

    Does nothing on other systems, on a file system without access lists, or if this account may not change them.
    """
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            account = _account()
            wanted = closed(access_list(path), account, folder=path.is_dir())
            if wanted is not None:
                set_access_list(path, wanted)


@contextlib.contextmanager
def _freed() -> Iterator[ctypes.c_void_p]:
    """An address that the system fills in, freed at the end."""
    address = ctypes.c_void_p()
    try:
        yield address
    finally:
        if sys.platform == "win32":
            calls.local_free(address)


def access_list(path: Path) -> str:
    """The access list of a folder or file in the system's notation; OSError if it has none."""
    if sys.platform != "win32":
        raise OSError("Only Windows has access lists of this kind.")
    with _freed() as descriptor, _freed() as text:
        code = calls.security_of_file(str(path), _FILE_OBJECT, _LIST, None, None, None, None, ctypes.byref(descriptor))
        if code:
            raise ctypes.WinError(code)
        if not calls.security_as_text(descriptor, _REVISION, _LIST, ctypes.byref(text), None):
            raise ctypes.WinError(ctypes.get_last_error())
        return ctypes.wstring_at(text)


if sys.platform == "win32":

    def _account() -> str:
        """The number (SID) of the account that runs this process."""
        token, size = wintypes.HANDLE(), wintypes.DWORD()
        if not calls.open_process_token(calls.current_process(), _TOKEN_QUERY, ctypes.byref(token)):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            calls.token_information(token, _TOKEN_USER, None, 0, ctypes.byref(size))
            user = ctypes.create_string_buffer(size.value)
            if not calls.token_information(token, _TOKEN_USER, user, size, ctypes.byref(size)):
                raise ctypes.WinError(ctypes.get_last_error())
            with _freed() as text:
                # TOKEN_USER begins with the address of the account's number.
                if not calls.sid_as_text(ctypes.c_void_p.from_buffer(user), ctypes.byref(text)):
                    raise ctypes.WinError(ctypes.get_last_error())
                return ctypes.wstring_at(text)
        finally:
            calls.close_handle(token)

    def set_access_list(path: Path, wanted: str) -> None:
        """Give a folder or file this list; what is in a folder already takes it over."""
        entries, present, defaulted = ctypes.c_void_p(), wintypes.BOOL(), wintypes.BOOL()
        with _freed() as descriptor:
            if not calls.security_from_text(wanted, _REVISION, ctypes.byref(descriptor), None):
                raise ctypes.WinError(ctypes.get_last_error())
            calls.list_of_security(descriptor, ctypes.byref(present), ctypes.byref(entries), ctypes.byref(defaulted))
            code = calls.set_security_of_file(str(path), _FILE_OBJECT, _LIST | _PROTECTED, None, None, entries, None)
            if code:
                raise ctypes.WinError(code)
            if closed(access_list(path), "", folder=True) is not None:
                # Some systems add the folder's list all the same: set exactly this one.
                calls.set_security_of_file_alone(str(path), _LIST | _PROTECTED, descriptor)


def _is_everybody(account: str) -> bool:
    return account in _EVERYBODY or _DOMAIN_EVERYBODY.fullmatch(account) is not None
