"""Every text of a revision that a citizen could come to read, and the place where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from prongsai.disclosures.body import body_text
from prongsai.disclosures.content import Content, ContentFile
from prongsai.disclosures.models import Revision
from prongsai.disclosures.states import KindCode
from prongsai.disclosures.tables.catalogue import table_form
from prongsai.disclosures.tables.public import row_text
from prongsai.disclosures.tables.slots import MADE_SLOTS
from prongsai.files.models import StoredFile
from prongsai.files.queries import pages_to_look_at, progress_of, text_pages
from prongsai.files.rules import IMAGES
from prongsai.organisation.models import Unit
from prongsai.screening.located import PLAIN, Own, Seen
from prongsai.screening.markup import seen_in
from prongsai.thai.digits import to_arabic


@dataclass(frozen=True)
class PlacedText:
    """`place` is such as `body`, `detail:fee` or `file:main`; only files have pages and a hash."""

    place: str
    text: str
    page: int | None = None
    names_officials: bool = False
    sha256: str = ""
    seen: Seen = PLAIN

    @property
    def sheet(self) -> str:
        """The page of this very file, whatever it is called; empty outside files."""
        return f"{self.sha256}|{self.page or ''}" if self.sha256 else ""


@dataclass(frozen=True)
class UnreadFile:
    """A file with pages that no text layer tells; the hash recognises it in later revisions."""

    place: str
    sha256: str
    pages: tuple[int, ...]
    is_picture: bool


def placed_texts(revision: Revision) -> Iterator[PlacedText]:
    """Units come from the chart, which is public already, and are not looked at."""
    content = Content.from_json(revision.content)
    yield PlacedText("title", content.title)
    yield PlacedText("title_en", content.title_en)
    yield PlacedText("summary", content.summary)
    body = seen_in(content.body)
    yield PlacedText("body", body_text(content.body), seen=body)
    yield PlacedText("source", content.source, seen=_source(revision, content, body))
    yield PlacedText("period", content.period)
    yield PlacedText("number", content.official.number)
    for row, signatory in enumerate(content.official.signatories):
        words = f"{signatory.name}\n{signatory.post}\n{signatory.acting}"
        yield PlacedText(f"signatory:{row}", words, names_officials=True)
    for key, value in content.details.items():
        yield PlacedText(f"detail:{key}", str(value))
    yield from _table_texts(content)
    for row, part in enumerate(content.withheld):
        yield PlacedText(f"withheld:{row}", f"{part.part}\n{part.reason}")
    for file in content.files:
        # The office has made it of the table, whose cells are looked at above.
        if not (content.table and file.slot in MADE_SLOTS):
            yield from _file_texts(file)


def _table_texts(content: Content) -> Iterator[PlacedText]:
    """A text for each row, with its headings, so that what stands side by side is looked at together."""
    if content.table is None:
        return
    form = table_form(content.table.form)
    for number, row in enumerate(content.table.rows, start=1):
        yield PlacedText(f"table:{number}", row_text(form, row), seen=Seen(is_row=True))


def _file_texts(file: ContentFile) -> Iterator[PlacedText]:
    yield PlacedText(f"file_label:{file.slot}", file.label, sha256=file.sha256)
    yield PlacedText(f"file_name:{file.slot}", spoken_name(file.name), sha256=file.sha256)
    place = f"file:{file.slot}"
    for page in text_pages(_stored(file)):
        yield PlacedText(place, page.text, page.number, sha256=file.sha256, seen=Seen.of(page))
    # Both: what is left out of the text that people vouch for still stands in the file itself.
    place = f"file_text:{file.slot}"
    for page in text_pages(_stored(file), text_sha256=file.text_sha256) if file.text_sha256 else ():
        yield PlacedText(place, page.text, page.number, sha256=file.sha256, seen=Seen.of(page))


def spoken_name(file_name: str) -> str:
    """A name as detectors read it: dots and underscores join what belongs apart, such as 1-2345-67890-12-1.pdf."""
    return file_name.rpartition(".")[0].replace("_", " ")


def file_names(revision: Revision) -> list[str]:
    return [file.name for file in Content.from_json(revision.content).files]


def _source(revision: Revision, content: Content, body: Seen) -> Seen:
    """What the line of the source has to say: knowledge names its source, and pictures their licence too."""
    has_pictures = bool(body.pictures) or any(file.media_type in IMAGES for file in content.files)
    if has_pictures:
        return Seen(needs=("source", "licence"))
    is_knowledge = revision.disclosure.kind == KindCode.KNOWLEDGE
    return Seen(needs=("source",) if is_knowledge else ())


def unread_files(revision: Revision) -> Iterator[UnreadFile]:
    for file in Content.from_json(revision.content).files:
        pages = text_pages(_stored(file))
        told = _told_pages(file)
        unread = tuple(
            page.number for page in pages if page.source == "none" and page.number not in told
        )
        if unread or not pages:
            yield UnreadFile(f"file:{file.slot}", file.sha256, unread, file.media_type in IMAGES)


def _told_pages(file: ContentFile) -> set[int]:
    """Of which a person says what is on them; of one that they left empty too, nobody knows."""
    if not file.text_sha256:
        return set()
    pages = text_pages(_stored(file), text_sha256=file.text_sha256)
    return {page.number for page in pages if page.text.strip()}


def pages_waiting(revision: Revision) -> int:
    """How many pages of its files the machine has still to read, or to look at."""
    files = [_stored(file) for file in Content.from_json(revision.content).files]
    unread = sum(progress.waiting for progress in progress_of(files).values())
    return unread + pages_to_look_at(files)


def _stored(file: ContentFile) -> StoredFile:
    return StoredFile.objects.get(pk=file.file_id)


def own() -> Own:
    """The municipality's own domain, and the phones and addresses of its units."""
    contacts = list(Unit.objects.values_list("phone", "email"))
    municipality = settings.MUNICIPALITY
    phones = [phone for phone, _email in contacts] + [municipality.get("phone", "")]
    domain = municipality.get("email", "").rpartition("@")[2]
    return Own(
        domains=frozenset({domain.lower()} if domain else ()),
        emails=frozenset(email.lower() for _phone, email in contacts if email),
        phones=frozenset(re.sub(r"[^0-9]", "", to_arabic(phone)) for phone in phones if phone),
    )
