"""Numbers that come from outside."""


def whole(text: str | None) -> int:
    """The number that a form or an address names; 0 for anything else, which names nothing."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0
