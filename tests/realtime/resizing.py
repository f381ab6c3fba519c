"""Changes the size of a window, or of the whole X screen, from a connection of its own, and looks at the pixels."""

from typing import Any

from Xlib import X, display
from Xlib.error import BadDrawable, BadMatch, BadWindow
from Xlib.ext import randr


class XScreen:
    """An X server's one screen, and the kiosk's window on it."""

    def __init__(self, name: str, title: str) -> None:
        self.display = display.Display(name)
        self.root = self.display.screen().root
        self._title, self._name = title, self.display.intern_atom("_NET_WM_NAME")

    def close(self) -> None:
        """End the connection."""
        self.display.close()

    @property
    def window(self) -> Any:
        """The kiosk's window as it is now; LookupError while it is being made anew."""
        for window in self.root.query_tree().children:
            if window.get_full_text_property(self._name) == self._title:
                return window
        raise LookupError(f"There is no window called {self._title!r}.")

    def resize_window(self, width: int, height: int) -> None:
        """As a window manager would."""
        self.window.configure(width=width, height=height)
        self.display.sync()

    def resize_screen(self, width: int, height: int) -> None:
        """As a dock, a projector or a turned tablet does: another mode for the monitor, and the screen as large."""
        resources = self.root.xrandr_get_screen_resources()
        (crtc, output), stamp = (resources.crtcs[0], resources.outputs[0]), resources.config_timestamp
        mode = randr.create_mode(self.root, _mode(width, height), f"{width}x{height}-made").mode
        randr.add_output_mode(self.display, output, mode)
        now = self.root.get_geometry()
        self.root.xrandr_set_screen_size(max(width, now.width), max(height, now.height), 400, 300)
        self.display.xrandr_set_crtc_config(crtc, stamp, 0, 0, mode, 1, [output])
        self.root.xrandr_set_screen_size(width, height, 400, 300)
        self.display.sync()

    @property
    def place(self) -> tuple[int, int]:
        """Where the window's upper left corner is."""
        corner = self.window.translate_coords(self.root, 0, 0)
        return -corner.x, -corner.y

    def pixels(self) -> tuple[tuple[int, int], bytes]:
        """What is on the screen where the window is: its size, and blue, green, red and a filler for each pixel.

        LookupError while the window is gone or not all of it on the screen, as between two sizes.
        """
        try:
            size = self.window.get_geometry()
            shown = self.root.get_image(*self.place, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        except (BadMatch, BadDrawable, BadWindow) as partly:
            raise LookupError("The window is not all of it on the screen.") from partly
        return (size.width, size.height), bytes(shown.data)


def _mode(width: int, height: int) -> dict[str, int]:
    name = f"{width}x{height}-made"
    flat = {"h_sync_start": width, "h_sync_end": width, "h_total": width, "h_skew": 0}
    upright = {"v_sync_start": height, "v_sync_end": height, "v_total": height}
    size = {"id": 0, "width": width, "height": height, "dot_clock": width * height * 60}
    return {**size, **flat, **upright, "name_length": len(name), "flags": 0}
