"""Fingers on Windows: keys and the mouse by ``SendInput``, as the system has them from a keyboard or from software."""

import ctypes
import subprocess
import sys
import time
from ctypes import wintypes

TITLE = "mtc_kiosk"
HOLD_S, GAP_S = 0.03, 0.06
NEW_PAGE_S = 0.8
"""What is pressed sooner on a new page may be a second tap on the page before, and does nothing."""

_KEYBOARD, _MOUSE = 1, 0
_EXTENDED, _UP, _UNICODE = 0x1, 0x2, 0x4
_MOVE, _LEFT_DOWN, _LEFT_UP, _ABSOLUTE = 0x1, 0x2, 0x4, 0x8000
_NUM_LOCK = 0x90
_PER_MONITOR_2 = -4
CTRL_C, CTRL_BREAK = 0, 1
_MAY_THE_SESSION_END, _SESSION_ENDS = 0x0011, 0x0016

_LETTERS = dict(
    zip("qwertyuiopasdfghjklzxcvbnm", [*range(0x10, 0x1A), *range(0x1E, 0x27), *range(0x2C, 0x33)], strict=True)
)
KEYS = {
    **{str(n): (ord(str(n)), 0x01 + n if n else 0x0B, 0) for n in range(10)},
    **{letter: (ord(letter.upper()), code, 0) for letter, code in _LETTERS.items()},
    "-": (0xBD, 0x0C, 0),
    "Enter": (0x0D, 0x1C, 0),
    "Backspace": (0x08, 0x0E, 0),
    "Tab": (0x09, 0x0F, 0),
    "Space": (0x20, 0x39, 0),
    "Escape": (0x1B, 0x01, 0),
    "F4": (0x73, 0x3E, 0),
    "F12": (0x7B, 0x58, 0),
    "Ctrl": (0xA2, 0x1D, 0),
    "Shift": (0xA0, 0x2A, 0),
    "Alt": (0xA4, 0x38, 0),
    "Win": (0x5B, 0x5B, _EXTENDED),
    "NumLock": (_NUM_LOCK, 0x45, _EXTENDED),
    "PadEnter": (0x0D, 0x1C, _EXTENDED),
}
"""(virtual key, scan code, flags) of a British keyboard."""

_PAD = {"7": 0x47, "8": 0x48, "9": 0x49, "4": 0x4B, "5": 0x4C, "6": 0x4D, "1": 0x4F, "2": 0x50, "3": 0x51, "0": 0x52}
_PAD_WITHOUT_NUM_LOCK = {
    "7": 0x24,
    "8": 0x26,
    "9": 0x21,
    "4": 0x25,
    "5": 0x0C,
    "6": 0x27,
    "1": 0x23,
    "2": 0x28,
    "3": 0x22,
    "0": 0x2D,
}


class KeyboardInput(ctypes.Structure):
    """``KEYBDINPUT``."""

    _fields_ = (
        ("key", wintypes.WORD),
        ("scan", wintypes.WORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_size_t),
    )


class MouseInput(ctypes.Structure):
    """``MOUSEINPUT``."""

    _fields_ = (
        ("x", wintypes.LONG),
        ("y", wintypes.LONG),
        ("data", wintypes.DWORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_size_t),
    )


class _Either(ctypes.Union):
    _fields_ = (("keyboard", KeyboardInput), ("mouse", MouseInput))


class Input(ctypes.Structure):
    """``INPUT``."""

    _fields_ = (("kind", wintypes.DWORD), ("either", _Either))


_user = ctypes.WinDLL("user32", use_last_error=True)
_user.SendInput.restype, _user.SendInput.argtypes = wintypes.UINT, [wintypes.UINT, ctypes.POINTER(Input), ctypes.c_int]
_user.FindWindowW.restype, _user.FindWindowW.argtypes = wintypes.HWND, [wintypes.LPCWSTR, wintypes.LPCWSTR]
_user.GetForegroundWindow.restype, _user.GetForegroundWindow.argtypes = wintypes.HWND, []
_user.SendMessageW.restype = ctypes.c_ssize_t
_user.SendMessageW.argtypes = [wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM]
_user.GetWindowDpiAwarenessContext.restype = wintypes.HANDLE
_user.GetWindowDpiAwarenessContext.argtypes = [wintypes.HWND]
_user.GetAwarenessFromDpiAwarenessContext.argtypes = [wintypes.HANDLE]
_user.SetProcessDpiAwarenessContext.argtypes = [wintypes.HANDLE]
_user.GetSystemMetrics.restype, _user.GetSystemMetrics.argtypes = ctypes.c_int, [ctypes.c_int]
_user.GetKeyState.restype, _user.GetKeyState.argtypes = wintypes.SHORT, [ctypes.c_int]

_user.SetProcessDpiAwarenessContext(_PER_MONITOR_2)  # pixels are pixels for these tests too


def screen_size() -> tuple[int, int]:
    """The main display in pixels."""
    return _user.GetSystemMetrics(0), _user.GetSystemMetrics(1)


def window() -> int | None:
    """The kiosk's window; None where there is none."""
    handle: int | None = _user.FindWindowW(None, TITLE)
    return handle


def in_front() -> bool:
    """Whether the kiosk's window has the keyboard."""
    return window() is not None and _user.GetForegroundWindow() == window()


def wait_for_window(timeout_s: float = 40) -> None:
    """Wait until the kiosk's window has the keyboard."""
    deadline = time.monotonic() + timeout_s
    while not in_front():
        if time.monotonic() > deadline:
            raise TimeoutError(f"No window in front within {timeout_s} s.")
        time.sleep(0.05)


def down(name: str) -> None:
    """A key goes down."""
    _key(*KEYS[name])


def up(name: str) -> None:
    """It comes up."""
    key, scan, flags = KEYS[name]
    _key(key, scan, flags | _UP)


def tap(*names: str, gap_s: float = GAP_S) -> None:
    """Keys of the keyboard, one after the other."""
    for name in names:
        down(name)
        time.sleep(HOLD_S)
        up(name)
        time.sleep(gap_s)


def pad(*digits: str, num_lock: bool = False) -> None:
    """Digits on the number pad. With Num Lock off Windows has them as End, Down and so on."""
    for digit in digits:
        key = 0x60 + int(digit) if num_lock else _PAD_WITHOUT_NUM_LOCK[digit]
        for flags in (0, _UP):
            _key(key, _PAD[digit], flags)
            time.sleep(HOLD_S)
        time.sleep(GAP_S)


def chord(*names: str, seconds: float = 0.05) -> None:
    """Keys held together."""
    for name in names:
        down(name)
    time.sleep(seconds)
    for name in reversed(names):
        up(name)


def software_types(text: str) -> None:
    """Characters without a key, as on-screen keyboards, switches and speech send them."""
    for character in text:
        for flags in (_UNICODE, _UNICODE | _UP):
            _key(0, ord(character), flags)
        time.sleep(GAP_S)


def software_presses(*names: str) -> None:
    """Keys without a scan code, as other such software sends them."""
    for name in names:
        for flags in (0, _UP):
            _key(KEYS[name][0], 0, flags)
            time.sleep(HOLD_S)
        time.sleep(GAP_S)


def click(x: int, y: int) -> None:
    """The left button at a point of the main display."""
    width, height = screen_size()
    at = (-(-x * 65536 // width), -(-y * 65536 // height))
    for flags in (_MOVE | _ABSOLUTE, _LEFT_DOWN, _LEFT_UP):
        made = Input(_MOUSE)
        made.either.mouse = MouseInput(*(at if flags & _MOVE else (0, 0)), 0, flags, 0, 0)
        _send(made)
        time.sleep(HOLD_S)


def switch_num_lock(*, on: bool) -> None:
    """Put Num Lock on or off."""
    if bool(_user.GetKeyState(_NUM_LOCK) & 1) is not on:
        tap("NumLock")


def awareness() -> int:
    """Who scales the kiosk's window: 0 and 1 Windows, 2 the program itself, on each display."""
    found: int = _user.GetAwarenessFromDpiAwarenessContext(_user.GetWindowDpiAwarenessContext(window()))
    return found


_INTERRUPT = """
import ctypes, sys
kernel = ctypes.WinDLL("kernel32")
kernel.SetConsoleCtrlHandler.argtypes = [ctypes.c_void_p, ctypes.c_int]
kernel.FreeConsole()
attached = kernel.AttachConsole(int(sys.argv[1]))
kernel.SetConsoleCtrlHandler(None, True)  # or it would end this process first
sys.exit(0 if attached and kernel.GenerateConsoleCtrlEvent(int(sys.argv[2]), 0) else 1)
"""


def interrupt(process: int, kind: int) -> None:
    """Press Ctrl+C or Ctrl+Break in the console of another process, from one that leaves its own console for that."""
    command = [sys.executable, "-c", _INTERRUPT, str(process), str(kind)]
    subprocess.run(command, stdin=subprocess.DEVNULL, timeout=30, check=True)


def end_session(window_class: str) -> bool:
    """Tell the hidden window of a program that the session ends, as Windows does at sign-out and shutdown.

    Whether it agreed. It answers when the program is done.
    """
    handle = _user.FindWindowW(window_class, None)
    assert handle, "the program has no such window"
    agreed = _user.SendMessageW(handle, _MAY_THE_SESSION_END, 0, 0)
    _user.SendMessageW(handle, _SESSION_ENDS, 1, 0)
    return bool(agreed)


def _key(key: int, scan: int, flags: int) -> None:
    made = Input(_KEYBOARD)
    made.either.keyboard = KeyboardInput(key, scan, flags, 0, 0)
    _send(made)


def _send(made: Input) -> None:
    if _user.SendInput(1, ctypes.byref(made), ctypes.sizeof(Input)) != 1:
        raise ctypes.WinError(ctypes.get_last_error())
