"""What lies in a file and is not seen by who looks at it."""

from collections.abc import Iterator
from functools import partial

from prongsai.files.redaction.rules import COVERED_MARK
from prongsai.files.rules import Hidden
from prongsai.screening.located import Find, Hit, Page
from prongsai.thai.normalise import normalise

# Of what the redaction wrote under a bar that was drawn there before; a run may begin within a mark.
_OF_A_MARK = frozenset(normalise(COVERED_MARK))
# More runs than these on one page are shown as one: nobody decides hundreds.
_MOST = 20


def _hidden(kinds: frozenset[str], page: Page) -> list[Hit]:
    placed = [page.placed(one.start, one.end) for one in _merged(page) if one.kind in kinds]
    runs = [run for run in placed if not _is_mark(page, *run)]
    told = runs if len(runs) <= _MOST else [*runs[: _MOST - 1], (runs[_MOST - 1][0], runs[-1][1])]
    return [Hit(start, end, _letters(page, start, end)) for start, end in told]


def _letters(page: Page, start: int, end: int) -> str:
    return "".join(page.text[start:end].split())


def _is_mark(page: Page, start: int, end: int) -> bool:
    letters = _letters(page, start, end)
    return bool(letters) and set(letters) <= _OF_A_MARK


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
