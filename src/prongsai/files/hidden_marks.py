"""Marks around hidden stretches while a text is put together, and their places in the finished text.

The marks are private code points, which survive tidying; what comes from a file is freed of them first.
"""

import re

from prongsai.files.rules import Hidden

KINDS = (
    *("covered", "invisible", "off_page", "hidden_sheet", "hidden_row", "hidden_column"),
    *("comment", "tracked_change", "pivot_cache", "properties", "scan_layer"),
)
_FIRST, _END = 0xF0000, chr(0xF00FF)
_OPENING = {kind: chr(_FIRST + number) for number, kind in enumerate(KINDS)}
_KIND_OF = {mark: kind for kind, mark in _OPENING.items()}
_MARK = re.compile(f"[{chr(_FIRST)}-{_END}]")


def free_of_marks(text: str) -> str:
    """What a file says, without anything that looks like a mark of ours."""
    return _MARK.sub("", text)


def marked(text: str, kind: str) -> str:
    """The text between its marks; blank text says nothing and needs none."""
    return f"{_OPENING[kind]}{text}{_END}" if text.strip() else text


def without_marks(text: str) -> tuple[str, tuple[Hidden, ...]]:
    """The finished text and its hidden stretches; of marks within marks the outer ones count."""
    pieces: list[str] = []
    hidden: list[Hidden] = []
    open_kinds: list[str] = []
    length = start = done = 0
    for mark in _MARK.finditer(text):
        pieces.append(text[done : mark.start()])
        length += len(pieces[-1])
        done = mark.end()
        if mark[0] != _END:
            start = length if not open_kinds else start
            open_kinds.append(_KIND_OF[mark[0]])
        elif open_kinds:
            kind = open_kinds.pop()
            if not open_kinds and length > start:
                hidden.append(Hidden(kind, start, length))
    pieces.append(text[done:])
    return "".join(pieces), tuple(hidden)
