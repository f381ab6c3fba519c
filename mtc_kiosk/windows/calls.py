"""The functions of Windows that the program calls, each declared with its argument and return types.

Without a declaration ctypes takes every value for a 32-bit integer, and a handle or an address loses its upper half.
The libraries are loaded for this module only, so that other modules' declarations cannot interfere. The names are those
of Microsoft's documentation.
"""

import ctypes
import sys
from ctypes import wintypes
from typing import Any

INFINITE = 0xFFFFFFFF
LRESULT = ctypes.c_ssize_t
POINTER = ctypes.c_void_p

if sys.platform == "win32":
    BOOL, DWORD, HANDLE, UINT, WORDS = (
        wintypes.BOOL,
        wintypes.DWORD,
        wintypes.HANDLE,
        wintypes.UINT,
        wintypes.LPCWSTR,
    )
    HWND, WPARAM, LPARAM = wintypes.HWND, wintypes.WPARAM, wintypes.LPARAM
    WINDOW_PROCEDURE = ctypes.WINFUNCTYPE(LRESULT, HWND, UINT, WPARAM, LPARAM)
    HOOK = ctypes.WINFUNCTYPE(LRESULT, ctypes.c_int, WPARAM, LPARAM)
    CONSOLE_HANDLER = ctypes.WINFUNCTYPE(BOOL, DWORD)

    class WindowClass(ctypes.Structure):
        """``WNDCLASSW``."""

        _fields_ = (
            ("style", UINT),
            ("lpfnWndProc", WINDOW_PROCEDURE),
            ("cbClsExtra", ctypes.c_int),
            ("cbWndExtra", ctypes.c_int),
            ("hInstance", HANDLE),
            ("hIcon", HANDLE),
            ("hCursor", HANDLE),
            ("hbrBackground", HANDLE),
            ("lpszMenuName", WORDS),
            ("lpszClassName", WORDS),
        )

    def _declared(library: ctypes.WinDLL, name: str, result: Any, *arguments: Any) -> Any:
        function = library[name]
        function.restype = result
        function.argtypes = arguments
        return function

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _user = ctypes.WinDLL("user32", use_last_error=True)
    _access = ctypes.WinDLL("advapi32", use_last_error=True)
    _media = ctypes.WinDLL("winmm", use_last_error=True)

    # -- processes
    current_process = _declared(_kernel, "GetCurrentProcess", HANDLE)
    get_priority_class = _declared(_kernel, "GetPriorityClass", DWORD, HANDLE)
    set_priority_class = _declared(_kernel, "SetPriorityClass", BOOL, HANDLE, DWORD)
    set_process_information = _declared(_kernel, "SetProcessInformation", BOOL, HANDLE, ctypes.c_int, POINTER, DWORD)
    set_thread_execution_state = _declared(_kernel, "SetThreadExecutionState", DWORD, DWORD)
    set_console_handler = _declared(_kernel, "SetConsoleCtrlHandler", BOOL, CONSOLE_HANDLER, BOOL)
    module_handle = _declared(_kernel, "GetModuleHandleW", HANDLE, WORDS)
    close_handle = _declared(_kernel, "CloseHandle", BOOL, HANDLE)
    local_free = _declared(_kernel, "LocalFree", POINTER, POINTER)
    drive_type = _declared(_kernel, "GetDriveTypeW", UINT, WORDS)

    # -- waiting
    create_timer = _declared(_kernel, "CreateWaitableTimerExW", HANDLE, POINTER, WORDS, DWORD, DWORD)
    set_timer = _declared(
        _kernel, "SetWaitableTimer", BOOL, HANDLE, POINTER, wintypes.LONG, POINTER, POINTER, wintypes.BOOL
    )
    create_event = _declared(_kernel, "CreateEventW", HANDLE, POINTER, BOOL, BOOL, WORDS)
    set_event = _declared(_kernel, "SetEvent", BOOL, HANDLE)
    wait_for_messages = _declared(
        _user, "MsgWaitForMultipleObjectsEx", DWORD, DWORD, ctypes.POINTER(HANDLE), DWORD, DWORD, DWORD
    )
    begin_period = _declared(_media, "timeBeginPeriod", UINT, UINT)
    sound_devices = _declared(_media, "waveOutGetNumDevs", UINT)
    end_period = _declared(_media, "timeEndPeriod", UINT, UINT)

    # -- windows and the keyboard
    system_parameters = _declared(_user, "SystemParametersInfoW", BOOL, UINT, UINT, POINTER, UINT)
    register_class = _declared(_user, "RegisterClassW", wintypes.ATOM, ctypes.POINTER(WindowClass))
    create_window = _declared(
        _user,
        "CreateWindowExW",
        HWND,
        *(DWORD, WORDS, WORDS, DWORD),
        *(ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int),
        *(HWND, HANDLE, HANDLE, POINTER),
    )
    default_procedure = _declared(_user, "DefWindowProcW", LRESULT, HWND, UINT, WPARAM, LPARAM)
    get_message = _declared(_user, "GetMessageW", wintypes.BOOL, POINTER, HWND, UINT, UINT)
    dispatch_message = _declared(_user, "DispatchMessageW", LRESULT, POINTER)
    post_message = _declared(_user, "PostMessageW", BOOL, HWND, UINT, WPARAM, LPARAM)
    post_quit = _declared(_user, "PostQuitMessage", None, ctypes.c_int)

    map_key = _declared(_user, "MapVirtualKeyW", UINT, UINT, UINT)
    translate_message = _declared(_user, "TranslateMessage", BOOL, POINTER)
    set_hook = _declared(_user, "SetWindowsHookExW", HANDLE, ctypes.c_int, HOOK, HANDLE, DWORD)
    next_hook = _declared(_user, "CallNextHookEx", LRESULT, HANDLE, ctypes.c_int, WPARAM, LPARAM)
    remove_hook = _declared(_user, "UnhookWindowsHookEx", BOOL, HANDLE)
    current_thread = _declared(_kernel, "GetCurrentThreadId", DWORD)

    # -- who may read what
    open_process_token = _declared(_access, "OpenProcessToken", BOOL, HANDLE, DWORD, ctypes.POINTER(HANDLE))
    token_information = _declared(
        _access, "GetTokenInformation", BOOL, HANDLE, ctypes.c_int, POINTER, DWORD, ctypes.POINTER(DWORD)
    )
    sid_as_text = _declared(_access, "ConvertSidToStringSidW", BOOL, POINTER, ctypes.POINTER(POINTER))
    security_of_file = _declared(
        _access,
        "GetNamedSecurityInfoW",
        DWORD,
        *(WORDS, ctypes.c_int, DWORD, POINTER, POINTER, POINTER, POINTER, ctypes.POINTER(POINTER)),
    )
    security_as_text = _declared(
        _access,
        "ConvertSecurityDescriptorToStringSecurityDescriptorW",
        BOOL,
        *(POINTER, DWORD, DWORD, ctypes.POINTER(POINTER), POINTER),
    )
    security_from_text = _declared(
        _access,
        "ConvertStringSecurityDescriptorToSecurityDescriptorW",
        BOOL,
        *(WORDS, DWORD, ctypes.POINTER(POINTER), POINTER),
    )
    list_of_security = _declared(
        _access,
        "GetSecurityDescriptorDacl",
        BOOL,
        *(POINTER, ctypes.POINTER(BOOL), ctypes.POINTER(POINTER), ctypes.POINTER(BOOL)),
    )
    set_security_of_file = _declared(
        _access,
        "SetNamedSecurityInfoW",
        DWORD,
        *(WORDS, ctypes.c_int, DWORD, POINTER, POINTER, POINTER, POINTER),
    )
    set_security_of_file_alone = _declared(_access, "SetFileSecurityW", BOOL, WORDS, DWORD, POINTER)
