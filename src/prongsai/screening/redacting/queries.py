"""Where the redaction of a file stands, what is marked in it, and what may be marked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.conf import settings

from prongsai.disclosures.grounds import withholding_grounds_in
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.files.examination.accepted import picture_count
from prongsai.files.models import StoredFile
from prongsai.files.queries import path_of, reading_progress, text_pages
from prongsai.files.redaction.grid import CannotRedact, Sheet
from prongsai.files.redaction.questions import DOCUMENTS, PAGED, TABLES
from prongsai.files.rules import PageText
from prongsai.screening.models import (
    Finding,
    FindingDecision,
    FindingQuerySet,
    Redaction,
    Screening,
)
from prongsai.screening.redacting.covers import Mark, joined
from prongsai.screening.redacting.offers import (
    DocumentSurface,
    Offer,
    Surface,
    offers,
    spans_alike,
    surface_of,
)
from prongsai.screening.redacting.refusals import SENTENCES, CannotRedactFile
from prongsai.screening.redacting.tables import offers_of_sheet, sheets_of, surface_of_sheet
from prongsai.screening.rules import fingerprint, rules_version
from prongsai.screening.states import RedactionState
from prongsai.screening.texts import own


def can_be_redacted(stored: StoredFile) -> bool:
    return stored.media_type.partition(";")[0] in PAGED | TABLES | DOCUMENTS


def is_table(stored: StoredFile) -> bool:
    return stored.media_type.partition(";")[0] in TABLES


def has_pages(stored: StoredFile) -> bool:
    """Whether it is shown, and covered, as pictures of pages."""
    return stored.media_type in PAGED


def attachment_in(disclosure: Disclosure, slot: str) -> Attachment | None:
    return disclosure.attachments.present().select_related("file").filter(slot=slot).first()


def under_way(disclosure: Disclosure, slot: str) -> Redaction | None:
    """A draft, or what the machine is making; a draft over a file that lies there no more is none."""
    return disclosure.redactions.under_way().filter(slot=slot).first()


def newest_attempt(disclosure: Disclosure, stored: StoredFile) -> Redaction | None:
    """Over this very file, drafts that were thrown away left out."""
    rows = disclosure.redactions.filter(original=stored)
    return rows.exclude(state=RedactionState.DROPPED).first()


def in_force(disclosure: Disclosure) -> dict[str, Redaction]:
    """By slot, the redaction whose result lies there now."""
    lying = {one.slot: one.file_id for one in disclosure.attachments.present()}
    rows = disclosure.redactions.in_force().select_related("original", "asked_by", "result")
    return {row.slot: row for row in reversed(rows) if lying.get(row.slot) == row.result_id}


def unanswered(disclosure: Disclosure) -> list[Redaction]:
    """Covered files of which nobody has said yet what the register of withheld parts says of them."""
    entered = set(disclosure.withheld_parts.present().values_list("ref", flat=True))
    return [row for row in in_force(disclosure).values() if not _is_answered(row, entered)]


def _is_answered(redaction: Redaction, entered: set[UUID]) -> bool:
    newest = redaction.answers.select_related("part").last()
    if newest is not None:
        if newest.part is None:
            return not other_grounds(redaction)
        return newest.part.ref in entered
    # A screener who wanted it covered has entered it at once.
    decided = FindingDecision.objects.filter(
        finding__screening__disclosure=redaction.disclosure_id,
        finding__place=f"file:{redaction.slot}",
        withheld__ref__in=entered,
    )
    return decided.exists()


def other_grounds(redaction: Redaction) -> list[str]:
    """What was written beside its boxes that is a ground of withholding other than that of data of persons."""
    said = dict.fromkeys(Mark.from_json(each).ground for each in redaction.covers)
    return [
        text for text in said if any(not one.is_personal for one in withholding_grounds_in(text))
    ]


def cover_reasons(disclosure: Disclosure) -> list[str]:
    """Full sentences why covered files keep it from approval or publication; empty when they do not."""
    return [
        str(SENTENCES["unanswered"]).format(name=row.original.name)
        for row in unanswered(disclosure)
    ]


def next_to_make() -> Redaction | None:
    waiting = Redaction.objects.filter(state=RedactionState.MAKING)
    return waiting.select_related("original").order_by("attempts", "asked_at", "id").first()


@dataclass
class Marking:
    """A file that is being redacted: its pages, and what is marked or asked for on them."""

    disclosure: Disclosure
    attachment: Attachment
    # Marks over what the screeners want out, where somebody has looked already.
    preset: tuple[Mark, ...] | None = None
    # Finding and locating takes a while, and is asked for several times.
    _surfaces: dict[int, Surface] = field(default_factory=dict)
    _offers: dict[int, list[Offer]] = field(default_factory=dict)

    @property
    def stored(self) -> StoredFile:
        return self.attachment.file

    @property
    def slot(self) -> str:
        return self.attachment.slot

    @cached_property
    def attempt(self) -> Redaction | None:
        return newest_attempt(self.disclosure, self.stored)

    @cached_property
    def pages(self) -> list[PageText]:
        return text_pages(self.stored)

    @property
    def count(self) -> int:
        return max(len(self.pages), self.stored.pages or 0)

    @cached_property
    def pictures(self) -> int:
        """How many pictures it has that stand on no page of it. Raises `CannotLook`."""
        is_asked = not has_pages(self.stored) and self.page(1).has_pictures
        return picture_count(path_of(self.stored)) if is_asked else 0

    def page(self, number: int) -> PageText:
        """A page of which nothing was read is empty."""
        known = (page for page in self.pages if page.number == number)
        return next(known, PageText(number, "", "none"))

    @cached_property
    def asked(self) -> FindingQuerySet:
        """What the screeners want out of this file, by the newest screening."""
        newest = Screening.objects.filter(disclosure=self.disclosure).first()
        found = Finding.objects.filter(screening=newest, place=f"file:{self.slot}")
        return found.promised().prefetch_related("decisions__person")

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """As they were left; in a file that nobody has drawn in yet, over what the screeners want out.

        Without an attempt this looks at every page that something is wanted out of, which may take seconds.
        """
        if self.attempt is not None:
            return tuple(Mark.from_json(said) for said in self.attempt.covers)
        if self.preset is None:
            self.preset = self._preset(sorted(self.asked_by_page))
        return self.preset

    def marks_on(self, number: int) -> list[Mark]:
        if self.attempt is None and self.preset is None:
            return list(self._preset([number]))
        return [mark for mark in self.marks if mark.page == number]

    @cached_property
    def asked_by_page(self) -> Counter[int]:
        return Counter(finding.page or 1 for finding in self.asked)

    @cached_property
    def marked_by_page(self) -> Counter[int]:
        """Before anybody has drawn, what is wanted out is counted, not where it stands."""
        if self.attempt is None:
            return self.asked_by_page
        return Counter(mark.page for mark in self.marks)

    def _preset(self, numbers: Iterable[int]) -> tuple[Mark, ...]:
        asked = {finding.fingerprint: finding.pk for finding in self.asked}
        wanted = [number for number in numbers if number in self.asked_by_page]
        return joined(
            Mark(place, finding=asked[print_])
            for number in wanted
            for offer in self.offers(number)
            if (print_ := self.fingerprint(offer, number)) in asked
            for place in offer.places
        )

    def offers(self, number: int) -> list[Offer]:
        """What today's rules find on the page."""
        if number not in self._offers:
            self._offers[number] = self._found(number)
        return self._offers[number]

    def _found(self, number: int) -> list[Offer]:
        surface = self.surface(number)
        if not is_table(self.stored):
            return offers(surface, own())
        path, media_type = path_of(self.stored), self.stored.media_type
        return list(offers_of_sheet(path, media_type, surface.page, own(), rules_version()))

    def fingerprint(self, offer: Offer, number: int) -> str:
        """By which a finding of the screening is recognised."""
        return fingerprint(settings.FINDINGS_KEY, offer.found, f"{self.stored.sha256}|{number}")

    @property
    def waiting(self) -> int:
        """Pages that the machine has still to read."""
        return reading_progress(self.stored).waiting

    def surface(self, number: int) -> Surface:
        if number not in self._surfaces:
            self._surfaces[number] = self._surface(self.page(number))
        return self._surfaces[number]

    def _surface(self, page: PageText) -> Surface:
        if is_table(self.stored):
            return self._surface_of_table(page)
        if not has_pages(self.stored):
            return DocumentSurface(page)
        return surface_of(path_of(self.stored), self.stored.media_type, page)

    def _surface_of_table(self, page: PageText) -> Surface:
        """Raises `CannotRedactFile` for a table that cannot be made anew."""
        try:
            return surface_of_sheet(path_of(self.stored), self.stored.media_type, page)
        except CannotRedact as why:
            raise CannotRedactFile([str(why)]) from why

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Raises `CannotRedactFile` for a table that cannot be made anew."""
        try:
            return list(sheets_of(path_of(self.stored), self.stored.media_type))
        except CannotRedact as why:
            raise CannotRedactFile([str(why)]) from why

    def sheet(self, number: int) -> Sheet:
        known = (sheet for sheet in self.sheets if sheet.number == number)
        return next(known, Sheet(number, ""))

    def alike(self, sought: str) -> tuple[Mark, ...]:
        """Marks over every place of the file that says this."""
        return joined(
            Mark(place)
            for page in self.pages
            if (spans := spans_alike(page.text, sought))
            for surface in (self.surface(page.number),)
            for start, end in spans
            for place in surface.places(start, end)
        )
