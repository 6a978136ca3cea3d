"""What a form of the redaction screen says, as marks; whatever no screen of ours would send is refused."""

from django.http import QueryDict

from prongsai.office.whole import whole
from prongsai.screening.models import Finding
from prongsai.screening.redacting import queries
from prongsai.screening.redacting.covers import (
    MOST_ON_A_PAGE,
    BadMark,
    Mark,
    Place,
    box_of,
    cells_of,
    picture_of,
    span_of,
)
from prongsai.screening.redacting.queries import Marking
from prongsai.screening.redacting.refusals import SENTENCES, CannotRedactFile


def marks_in(data: QueryDict, marking: Marking) -> list[Mark]:
    """The places that are ticked, each with its ground and its finding. Raises `CannotRedactFile`."""
    page = whole(data.get("page"))
    ticked = list(dict.fromkeys(data.getlist("box")))
    if len(ticked) > MOST_ON_A_PAGE:
        raise CannotRedactFile([SENTENCES["too_many"]])
    known = _findings(data, ticked, marking)
    try:
        return [
            Mark(
                _place(words, page, marking),
                data.get(f"ground:{words}", "").strip(),
                known.get(words),
            )
            for words in ticked
        ]
    except BadMark as error:
        raise CannotRedactFile([SENTENCES["bad_mark"]]) from error


def _place(words: str, page: int, marking: Marking) -> Place:
    picture = picture_of(words, page)
    if picture is not None:
        return picture
    if queries.is_table(marking.stored):
        return cells_of(words, page)
    return box_of(words, page) if queries.has_pages(marking.stored) else span_of(words, page)


def _findings(data: QueryDict, ticked: list[str], marking: Marking) -> dict[str, int]:
    """Only findings of this very disclosure are believed."""
    named = {words: whole(data.get(f"finding:{words}")) for words in ticked}
    own = Finding.objects.filter(screening__disclosure=marking.disclosure, pk__in=named.values())
    real = set(own.values_list("pk", flat=True))
    return {words: finding for words, finding in named.items() if finding in real}


def sought_in(data: QueryDict, marking: Marking) -> str:
    """What shall be covered wherever it stands: typed, or a stretch of the page that is shown."""
    typed = data.get("sought", "").strip()
    start, _dash, end = data.get("alike", "").partition("-")
    if not end:
        return typed
    text = marking.page(whole(data.get("page"))).text
    return text[whole(start) : whole(end)]


def rows_in(data: QueryDict) -> range | None:
    """The rows of a sheet that the form showed; None for a page."""
    first, last = whole(data.get("first")), whole(data.get("last"))
    return range(first, last + 1) if first else None
