"""Small words that sentences for staff share."""


def counted(count: int, what: str, several: str = "") -> str:
    """``1 pupil``, ``2 pupils``."""
    return f"{count} {what}" if count == 1 else f"{count} {several or f'{what}s'}"
