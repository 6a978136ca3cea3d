"""The texts of the papers as an administrator sees them: what counts now, where it comes from, and its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.publication.papers.phrases import (
    confidence_of,
    keys,
    source_of,
    unedited,
    words_in,
)
from prongsai.publication.papers.queries import newest_texts
from prongsai.publication.papers.states import PaperKind

# By what stands before the first point of a key.
PARTS: Mapping[str, str | Promise] = {
    "memo": PaperKind.MEMORANDUM.label,
    "endorsement": _("คำเกษียนของผู้พิจารณา"),
    "signature": _("ลายมือชื่อ"),
    "form": PaperKind.REQUEST_FORM.label,
    "proof": PaperKind.PROOF.label,
    "certificate": PaperKind.POSTING_CERTIFICATE.label,
    "order": PaperKind.APPOINTMENT_ORDER.label,
    "framework": PaperKind.FRAMEWORK.label,
    "table": _("หัวตาราง"),
}


@dataclass(frozen=True)
class ShownText:
    key: str
    text: str
    is_edited: bool
    source: str
    confidence: str | Promise
    words: tuple[str, ...]
    before: str


def shown_text(key: str, edited: Mapping[str, str]) -> ShownText:
    """`before` is what the files say. An unknown key raises KeyError."""
    own = edited.get(key, "")
    return ShownText(
        key=key,
        text=own or unedited(key),
        is_edited=bool(own),
        source=source_of(key),
        confidence=confidence_of(key).label,
        words=tuple(f"{{{word}}}" for word in words_in(key)),
        before=unedited(key),
    )


def texts_by_part() -> list[tuple[str | Promise, list[ShownText]]]:
    """In the order of `PARTS`."""
    edited, order = newest_texts(), list(PARTS)
    rows = sorted(keys(), key=lambda key: order.index(_part(key)))
    return [
        (PARTS[part], [shown_text(key, edited) for key in found])
        for part, found in groupby(rows, key=_part)
    ]


def _part(key: str) -> str:
    return key.partition(".")[0]
