"""Text from outside, made safe to show: it cannot end a line, move a cursor or reverse the text."""

_CONTROLS = (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))
_TURNS_TEXT = (0x061C, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
SHOWN_FOR_CONTROLS = "\N{REPLACEMENT CHARACTER}"
SHOWN = dict.fromkeys((*_CONTROLS, *_TURNS_TEXT), SHOWN_FOR_CONTROLS)
_SHOWN_IN_A_LINE = {**SHOWN, 0x09: " ", 0x0A: SHOWN_FOR_CONTROLS}
_ESCAPED = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *_TURNS_TEXT)}


def in_a_line(text: str) -> str:
    """A name from outside on one line, without characters that move the cursor or reverse the text."""
    return text.translate(_SHOWN_IN_A_LINE)


def escaped(json_text: str) -> str:
    """The same JSON, with every character escaped that a terminal acts on; JSON itself escapes only some."""
    return json_text.translate(_ESCAPED)


def printable(name: str) -> str:
    """A file's name without characters that a terminal acts on."""
    return "".join(character if character.isprintable() else "?" for character in name)
