"""What lies in a file and is not seen by who looks at it."""

from collections.abc import Iterator
from functools import partial

from prongsai.files.rules import Hidden
from prongsai.screening.located import Find, Hit, Page

# More runs than these on one page are shown as one: nobody decides hundreds.
_MOST = 20


def _hidden(kinds: frozenset[str], page: Page) -> list[Hit]:
    runs = [page.placed(one.start, one.end) for one in _merged(page) if one.kind in kinds]
    told = runs if len(runs) <= _MOST else [*runs[: _MOST - 1], (runs[_MOST - 1][0], runs[-1][1])]
    return [Hit(start, end, "".join(page.text[start:end].split())) for start, end in told]


def _merged(page: Page) -> Iterator[Hidden]:
    """Neighbours of one kind, with nothing but space between them, are one."""
    last: Hidden | None = None
    for one in sorted(page.seen.hidden, key=lambda each: (each.start, each.end)):
        if last is None:
            last = one
        elif one.kind == last.kind and _is_blank(page, last.end, one.start):
            last = Hidden(one.kind, last.start, max(last.end, one.end))
        else:
            yield last
            last = one
    if last is not None:
        yield last


def _is_blank(page: Page, start: int, end: int) -> bool:
    first, last = page.placed(start, end) if start < end else (0, 0)
    return not page.text[first:last].strip()


def hidden(*kinds: str) -> Find:
    """The finder of text that is hidden in one of these ways."""
    return partial(_hidden, frozenset(kinds))


def scan_layers(page: Page) -> list[Hit]:
    """Text behind the picture of the page, as programs for scanning leave it: said once."""
    has_layer = any(one.kind == "scan_layer" for one in page.seen.hidden)
    return [Hit(0, 0, page.text)] if has_layer else []
