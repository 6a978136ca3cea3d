"""What the screen shows on which a person compares a file's text with its pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.files.models import PageDraft, StoredFile
from prongsai.files.queries import page_drafts, text_pages
from prongsai.files.rules import IMAGES, PDF, PageText

# Words of which a reader of pictures was less sure are marked.
DOUBTFUL = 0.7


@dataclass(frozen=True)
class Piece:
    """A stretch of the machine's text."""

    text: str
    is_doubtful: bool = False


@dataclass(frozen=True)
class PageStep:
    """A page in the row of all pages, and whether it was found to be the same as its picture."""

    number: int
    is_same: bool
    is_here: bool = False


@dataclass(frozen=True)
class Checking:
    """One page beside its picture. `version` tells an older copy of the text in a browser from this one."""

    disclosure: Disclosure
    attachment: Attachment
    number: int
    text: str
    pieces: tuple[Piece, ...]
    steps: tuple[PageStep, ...]
    has_picture: bool
    version: str

    @property
    def doubts(self) -> int:
        return sum(piece.is_doubtful for piece in self.pieces)

    @property
    def done(self) -> int:
        return sum(step.is_same for step in self.steps)

    @property
    def is_same(self) -> bool:
        return any(step.is_same for step in self.steps if step.is_here)

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.steps)

    @property
    def previous(self) -> int | None:
        return self._beside(-1)

    @property
    def next(self) -> int | None:
        return self._beside(+1)

    def _beside(self, by: int) -> int | None:
        numbers = [step.number for step in self.steps]
        place = numbers.index(self.number) + by
        return numbers[place] if 0 <= place < len(numbers) else None


def attachment_in(disclosure: Disclosure, slot: str) -> Attachment | None:
    present = disclosure.attachments.present().select_related("file", "checked_text")
    return present.filter(slot=slot).first()


def checking(attachment: Attachment, person_id: int, number: int) -> Checking | None:
    """The screen at page `number`; None when the file has no such page."""
    texts = {page.number: page for page in text_pages(attachment.file)}
    if number not in texts:
        return None
    drafts = page_drafts(attachment.file, person_id)
    begun = _begun(attachment, drafts)
    return Checking(
        disclosure=attachment.disclosure,
        attachment=attachment,
        number=number,
        text=begun.get(number, (texts[number].text, False))[0],
        pieces=tuple(_pieces(texts[number])),
        steps=tuple(
            PageStep(each, begun.get(each, ("", False))[1], each == number) for each in texts
        ),
        has_picture=has_pictures(attachment.file),
        version=drafts[number].saved_at.isoformat() if number in drafts else "",
    )


def first_open_page(attachment: Attachment, person_id: int) -> int:
    """Where to go on: the first page that was not compared yet, or the first of all."""
    begun = _begun(attachment, page_drafts(attachment.file, person_id))
    numbers = [page.number for page in text_pages(attachment.file)] or [1]
    waiting = (number for number in numbers if not begun.get(number, ("", False))[1])
    return next(waiting, numbers[0])


def compared_pages(attachment: Attachment, person_id: int) -> dict[int, str]:
    """The text of every page that this person has found to be the same, or that was vouched for before."""
    begun = _begun(attachment, page_drafts(attachment.file, person_id))
    return {number: text for number, (text, is_same) in begun.items() if is_same}


def is_unchanged(attachment: Attachment, person_id: int, number: int, text: str) -> bool:
    """Whether this page was found to be the same in these very words."""
    known = compared_pages(attachment, person_id).get(number)
    return known is not None and known.splitlines() == text.splitlines()


def has_pictures(stored: StoredFile) -> bool:
    return stored.media_type == PDF or stored.media_type in IMAGES


def _begun(attachment: Attachment, drafts: dict[int, PageDraft]) -> dict[int, tuple[str, bool]]:
    """Text and verdict of each page: what was vouched for before, and over it what is being typed."""
    vouched = attachment.checked_text.pages if attachment.checked_text else []
    begun = {page["number"]: (page["text"], True) for page in vouched}
    return begun | {number: (draft.text, draft.is_same) for number, draft in drafts.items()}


def _pieces(page: PageText) -> Iterable[Piece]:
    place = 0
    for word in sorted(page.words, key=lambda word: word.start):
        if word.confidence >= DOUBTFUL or word.start < place:
            continue
        if word.start > place:
            yield Piece(page.text[place : word.start])
        yield Piece(page.text[word.start : word.end], is_doubtful=True)
        place = word.end
    if place < len(page.text):
        yield Piece(page.text[place:])
