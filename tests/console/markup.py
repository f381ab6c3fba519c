"""What a test reads from a page without a browser: its links, its forms as they would be sent, and its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_NOT_SENT = ("submit", "image", "reset", "button")
_TICKED = ("checkbox", "radio")


@dataclass
class Field:
    """One control of a form. ``choices`` are the values of a select, a group of radio buttons or of tick boxes."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form: where it goes, its controls by name, and the names and values of its buttons."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def as_sent(self, *, button: int = 0) -> dict[str, list[str]]:
        """The values that a browser sends for an untouched form when this button is pressed; files are left out."""
        sent = {one.name: list(one.values) for one in self.fields.values() if one.values and one.kind != "file"}
        if button < len(self.buttons) and self.buttons[button][0]:
            name, value = self.buttons[button]
            sent[name] = [value]
        return sent


class Page(HTMLParser):
    """A page as it was answered. Addresses are made whole from ``url``."""

    def __init__(self, url: str, text: str) -> None:
        super().__init__()
        self.url = url
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.tags: list[tuple[str, Mapping[str, str]]] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        """Note a link, a form or a control."""
        attributes = {name: value or "" for name, value in given}
        self.tags.append((tag, attributes))
        if tag == "a" and "href" in attributes:
            self.links.append(urljoin(self.url, attributes["href"]))
        elif tag == "form":
            action = urljoin(self.url, attributes.get("action", "") or self.url)
            self._form = Form(action, attributes.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and "name" in attributes:
            self._control(self._form, tag, attributes)
        elif tag == "button" and self._form is not None:
            self._form.buttons.append(("", ""))
        elif tag == "option" and self._select is not None:
            value = attributes.get("value", "")
            self._select.choices.append(value)
            if "selected" in attributes:
                self._select.values = [value]

    def handle_endtag(self, tag: str) -> None:
        """Leave a form, or a control with something inside."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            if self._select is not None and not self._select.values:
                self._select.values = self._select.choices[:1]
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        """The text of an area."""
        if self._area is not None:
            self._area.values = [self._area.values[0] + data]

    def _control(self, form: Form, tag: str, attributes: Mapping[str, str]) -> None:
        name, kind = attributes["name"], attributes.get("type", "text" if tag == "input" else tag)
        value = attributes.get("value", "on" if kind in _TICKED else "")
        if tag == "button" or kind in _NOT_SENT:
            form.buttons.append((name, value))
            return
        control = form.fields.setdefault(name, Field(name, kind))
        if tag == "select":
            self._select = control
        elif tag == "textarea":
            self._area, control.values = control, [""]
        elif kind in _TICKED:
            control.choices.append(value)
            if "checked" in attributes:
                control.values.append(value)
        else:
            control.values.append(value)


def within(url: str) -> str:
    """The path and query of an address, as a client without a browser asks for it."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
