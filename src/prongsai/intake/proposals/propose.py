"""From pages of text to proposals for every field of a disclosure's official data."""

from collections.abc import Iterator, Sequence

from prongsai.files.rules import PageText
from prongsai.intake.proposals.dates import date_proposals, date_warnings, with_order_checked
from prongsai.intake.proposals.duties import obligation_proposals, shelf_proposals
from prongsai.intake.proposals.headings import number_proposal, subject_proposal
from prongsai.intake.proposals.marks import secrecy_proposal, secrecy_warnings, urgency_proposal
from prongsai.intake.proposals.papers import (
    Read,
    pages_of,
    papers_in,
    several_papers,
    type_proposal,
)
from prongsai.intake.proposals.periods import fiscal_year_proposal, period_proposal, spans_in
from prongsai.intake.proposals.sheets import is_cut, lines_of, sheets_of
from prongsai.intake.proposals.signatures import signatory_proposals
from prongsai.intake.proposals.units import NamedUnit, unit_proposal
from prongsai.intake.proposals.values import Paper, Proposals, Remark, remark
from prongsai.intake.proposals.written_dates import all_dates
from prongsai.obligations.catalogue import Obligation

_POOR, _MOST_PAGES_NAMED = 0.6, 12


def propose(
    pages: Sequence[PageText],
    *,
    units: Sequence[NamedUnit] = (),
    obligations: Sequence[Obligation] = (),
) -> Proposals:
    """What the file seems to be. Without units their codes stay empty; without obligations none is proposed."""
    sheets = sheets_of(pages)
    lines = [line for sheet in sheets for line in lines_of(sheet)]
    papers = papers_in(lines)
    written = all_dates(sheets)
    dates, against_order = with_order_checked(date_proposals(papers, written))
    signatories, of_signatories = signatory_proposals(papers)
    subject, spans = subject_proposal(papers[0]), spans_in(papers[0], written)
    fiscal_year = fiscal_year_proposal(papers[0], subject, spans, dates)
    secrecy = secrecy_proposal(lines)
    kind, section = shelf_proposals(papers, subject)
    of_dates = [*date_warnings(papers, written, dates), *against_order]
    of_file = [*_page_warnings(pages), *secrecy_warnings(secrecy), *_paper_warnings(papers)]
    return Proposals(
        document_type=type_proposal(papers),
        number=number_proposal(papers[0], [each.value for each in dates.values() if each.value]),
        subject=subject,
        unit=unit_proposal(papers, units),
        dates=dates,
        signatories=signatories,
        fiscal_year=fiscal_year,
        period=period_proposal(spans),
        urgency=urgency_proposal(lines),
        secrecy=secrecy,
        obligations=obligation_proposals(papers, subject, fiscal_year.value, obligations),
        kind=kind,
        section=section,
        papers=tuple(_paper(each) for each in papers if each.lines),
        warnings=tuple(_each_once([*of_file, *of_dates, *of_signatories])),
    )


def _paper(read: Read) -> Paper:
    first, last = pages_of(read)
    return Paper(read.type.code, first, last)


def _page_warnings(pages: Sequence[PageText]) -> Iterator[Remark]:
    unread = [page.number for page in pages if page.source == "none"]
    if not any(page.text.strip() for page in pages):
        yield remark("no_text")
    if unread:
        yield remark("unread_pages", pages=_named(unread))
    poor = [
        page.number for page in pages if page.source == "ocr" and (page.confidence or 0) < _POOR
    ]
    if poor:
        yield remark("poorly_read", pages=_named(poor))
    if is_cut(pages):
        yield remark("cut")


def _named(numbers: Sequence[int]) -> str:
    more = " …" if len(numbers) > _MOST_PAGES_NAMED else ""
    return ", ".join(map(str, numbers[:_MOST_PAGES_NAMED])) + more


def _paper_warnings(papers: Sequence[Read]) -> Iterator[Remark]:
    if len(papers) > 1:
        yield several_papers(papers)


def _each_once(warnings: Sequence[Remark]) -> Iterator[Remark]:
    seen: set[str] = set()
    for each in warnings:
        key = f"{each.code} {sorted((name, str(value)) for name, value in each.values.items())}"
        if key not in seen:
            seen.add(key)
            yield each
