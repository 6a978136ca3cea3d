"""Rows of the lists of papers, and their bytes for one reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.http import FileResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from prongsai.approval.models import Submission
from prongsai.office.handing import private_pdf
from prongsai.office.verbs import ASKED
from prongsai.publication.models import Paper
from prongsai.publication.papers.queries import Expected, open_paper, papers_of
from prongsai.publication.papers.states import PaperKind

NOT_IN_NAMES = str.maketrans('/\\:*?"<>|', "---------")


@dataclass(frozen=True)
class PaperRow:
    """One line: what it is, how far it has come, and where it opens. `make` is empty where nothing is to be made."""

    label: str
    address: str
    state: str
    state_label: str
    number: str = ""
    about: str = ""
    made_at: datetime | None = None
    make: str = ""


def submission_papers(submissions: Iterable[Submission]) -> list[PaperRow]:
    """Of each submission, in their order."""
    return [_expected(each) for each in papers_of(submissions)]


def _expected(each: Expected) -> PaperRow:
    ways = {"ref": each.submission.ref, "kind": each.kind}
    about = str(ASKED[each.submission.action])
    if each.paper is not None:
        return kept_paper(each.paper, about=about)
    state, label = ("due", _("ยังไม่ได้เก็บ")) if each.is_complete else ("open", _("ระหว่างพิจารณา"))
    return PaperRow(
        label=each.label,
        address=reverse("submission_paper", kwargs=ways),
        state=state,
        state_label=label,
        about=about,
        make=reverse("make_paper", kwargs=ways) if each.is_complete else "",
    )


def kept_paper(paper: Paper, *, about: str = "") -> PaperRow:
    """A paper that will not change any more."""
    return PaperRow(
        label=str(PaperKind(paper.kind).label),
        address=reverse("paper", kwargs={"ref": paper.ref}),
        state="kept",
        state_label=_("เก็บแล้ว"),
        number=paper.number,
        about=about or (paper.title if paper.year else ""),
        made_at=paper.at,
    )


def file_name(kind: str, words: str) -> str:
    """In Thai, as the office files it."""
    with translation.override("th"):
        name = f"{PaperKind(kind).label} {words}".strip()
    return f"{name.translate(NOT_IN_NAMES)}.pdf"


def kept_bytes(paper: Paper) -> FileResponse:
    """Raises FileNotFoundError."""
    words = paper.number or (paper.disclosure.number if paper.disclosure else str(paper.year))
    return private_pdf(open_paper(paper), file_name(paper.kind, words))


def drawn_bytes(pdf: bytes, name: str) -> FileResponse:
    """What was set for this look alone."""
    return private_pdf(BytesIO(pdf), name)
