"""What the redaction screen shows of one page of a file: what may be covered there, and where the work stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from prongsai.disclosures.grounds import grounds
from prongsai.files.locating import Box
from prongsai.files.redaction.questions import CHECKING
from prongsai.screening.detectors import detector
from prongsai.screening.models import Finding, Redaction
from prongsai.screening.redacting import queries
from prongsai.screening.redacting.covers import MOST_ON_A_PAGE, Mark, Picture, Place, words_of
from prongsai.screening.redacting.offers import Offer, Surface, lines
from prongsai.screening.redacting.queries import Marking
from prongsai.screening.redacting.refusals import is_confirmable, sentence
from prongsai.screening.redacting.tasks import step_of
from prongsai.screening.states import RedactionState


@dataclass(frozen=True)
class Choice:
    """A place that may be covered, as a form carries it in `words`.

    `kind` is `finding`, `drawn`, `line` or `picture` (whose number is `picture`); `alike` is the span that stands for
    the same text elsewhere.
    """

    words: str
    kind: str
    label: str
    text: str = ""
    is_marked: bool = False
    is_asked: bool = False
    ground: str = ""
    finding: int | None = None
    alike: str = ""
    box: Box | None = None
    picture: int = 0

    @property
    def rect(self) -> tuple[str, str, str, str] | None:
        """x, y, width and height in parts of the page, as SVG takes them in any language."""
        if self.box is None:
            return None
        box = self.box
        edges = (box.left, box.top, box.right - box.left, box.bottom - box.top)
        x, y, width, height = (f"{edge:.4f}" for edge in edges)
        return x, y, width, height


@dataclass(frozen=True)
class PageLink:
    """A page of the file, how much is marked on it, and how much the screeners want out of it."""

    number: int
    marks: int
    asked: int
    is_shown: bool


@dataclass(frozen=True)
class Problem:
    """Why the last attempt may not be used; a confirmable one may be let stand by who has looked."""

    sentence: str
    page: int
    is_confirmable: bool


def screen(marking: Marking, number: int) -> dict[str, Any]:
    """Everything that `redacting/redact.html` takes for a page."""
    surface = marking.surface(number)
    found = choices(marking, surface)
    return frame(marking, number) | {
        "choices": found,
        "lines": line_choices(marking, surface, {choice.words for choice in found}),
        "unplaced": unplaced(marking, number, surface),
        "is_unread": surface.page.source == "none",
        "pictures": picture_choices(marking, number),
    }


def frame(marking: Marking, number: int) -> dict[str, Any]:
    """What is the same for pages, sheets and documents."""
    attempt = marking.attempt
    found = problems(attempt)
    return {
        "disclosure": marking.disclosure,
        "attachment": marking.attachment,
        "in_force": queries.in_force(marking.disclosure).get(marking.slot),
        "is_making": attempt is not None and attempt.state == RedactionState.MAKING,
        "progress": progress(attempt) if attempt else "",
        "problems": found,
        "may_confirm": bool(found) and all(one.is_confirmable for one in found),
        "has_draft": attempt is not None and attempt.state == RedactionState.DRAFT,
        "number": number,
        "count": marking.count,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < marking.count else None,
        "pages": page_links(marking, number),
        "total": marking.marked_by_page.total(),
        "waiting": marking.waiting,
        "grounds": [one.sentence_th for one in (*grounds("personal"), *grounds("withhold"))],
    }


def page_links(marking: Marking, number: int) -> list[PageLink]:
    marked, asked = marking.marked_by_page, marking.asked_by_page
    return [
        PageLink(page, marked[page], asked[page], page == number)
        for page in range(1, marking.count + 1)
    ]


def choices(marking: Marking, surface: Surface) -> list[Choice]:
    """What detectors find on the page, and what was drawn by hand."""
    number = surface.page.number
    marked = {mark.words: mark for mark in marking.marks_on(number)}
    asked = {finding.fingerprint: finding for finding in marking.asked}
    offered: dict[str, Choice] = {}
    for offer in marking.offers(number):
        wanted = asked.get(marking.fingerprint(offer, number))
        for choice in _offered(offer, wanted, marked):
            offered.setdefault(choice.words, choice)
    known = {words for line in lines(surface) for words in map(words_of, line.places)}
    drawn = [
        _drawn(mark, place)
        for place, mark in enumerate(
            (
                mark
                for words, mark in marked.items()
                if words not in offered | dict.fromkeys(known)
                and not isinstance(mark.place, Picture)
            ),
            start=1,
        )
    ]
    return [*list(offered.values())[:MOST_ON_A_PAGE], *drawn]


def _offered(offer: Offer, wanted: Finding | None, marked: dict[str, Mark]) -> Iterator[Choice]:
    found = offer.found
    rule = detector(found.detector)
    seen = (place for place in offer.places if not isinstance(place, Picture))
    for line, place in enumerate(seen, start=1):
        words = words_of(place)
        mark = marked.get(words)
        more = _(" (ส่วนที่ {n})").format(n=line) if len(offer.places) > 1 else ""
        yield Choice(
            words,
            "finding",
            (rule.explanation if rule else found.detector) + more,
            text=found.excerpt,
            is_marked=mark is not None,
            is_asked=wanted is not None,
            ground=mark.ground if mark else "",
            finding=wanted.pk if wanted else None,
            alike=f"{found.start}-{found.end}" if line == 1 and not found.boxes else "",
            box=_box(place),
        )


def _drawn(mark: Mark, place: int) -> Choice:
    label = _("กรอบที่วาดเอง {n}").format(n=place)
    return Choice(
        mark.words,
        "drawn",
        label,
        is_marked=True,
        ground=mark.ground,
        finding=mark.finding,
        box=_box(mark.place),
    )


def _box(place: Place) -> Box | None:
    return place if isinstance(place, Box) else None


def line_choices(marking: Marking, surface: Surface, taken: set[str]) -> list[Choice]:
    """The lines of the page, for those who do not draw."""
    number = surface.page.number
    marked = {mark.words: mark for mark in marking.marks_on(number)}
    made: list[Choice] = []
    for line in lines(surface):
        for place in line.places:
            words = words_of(place)
            if words not in taken:
                mark = marked.get(words)
                ground = mark.ground if mark else ""
                is_marked = mark is not None
                made.append(
                    Choice(words, "line", line.text, "", is_marked, ground=ground, box=_box(place))
                )
    return made[:MOST_ON_A_PAGE]


def picture_choices(marking: Marking, number: int) -> list[Choice]:
    """Every picture of a document or a book of sheets, beside its first page, with what the machine saw in it."""
    if number != 1:
        return []
    seen: dict[str, list[Offer]] = {}
    for offer in marking.offers(number):
        for place in offer.places:
            seen.setdefault(words_of(place), []).append(offer)
    places = (Picture(number, at) for at in range(1, min(marking.pictures, MOST_ON_A_PAGE) + 1))
    return [_of_picture(marking, place, seen.get(words_of(place), [])) for place in places]


def _of_picture(marking: Marking, place: Picture, offered: list[Offer]) -> Choice:
    asked = {finding.fingerprint: finding for finding in marking.asked}
    wanted = (asked.get(marking.fingerprint(one, place.page)) for one in offered)
    finding = next(filter(None, wanted), None)
    words = words_of(place)
    mark = next((one for one in marking.marks_on(place.page) if one.words == words), None)
    rules = filter(None, (detector(one.found.detector) for one in offered))
    return Choice(
        words,
        "picture",
        _("ภาพที่ {n}").format(n=place.number),
        text="; ".join(dict.fromkeys(rule.explanation for rule in rules)),
        is_marked=mark is not None,
        is_asked=finding is not None,
        ground=mark.ground if mark else "",
        finding=finding.pk if finding else None,
        picture=place.number,
    )


def unplaced(marking: Marking, number: int, surface: Surface) -> list[Finding]:
    """What the screeners want out of the page, and the machine cannot point to: it has to be drawn."""
    placed = {
        marking.fingerprint(offer, number) for offer in marking.offers(number) if offer.places
    }
    return [
        finding
        for finding in marking.asked
        if (finding.page or 1) == number and finding.fingerprint not in placed
    ]


def problems(attempt: Redaction | None) -> list[Problem]:
    if attempt is None or attempt.state != RedactionState.FAILED:
        return []
    seen = {one["excerpt"] for one in attempt.problems if one["kind"] == "still_there"}
    return [
        Problem(sentence(one), one["page"], is_confirmable(one))
        for one in attempt.problems
        # Of course its bytes are there, too: what to do about it has been said.
        if one["kind"] != "in_bytes" or one["excerpt"] not in seen
    ]


def progress(attempt: Redaction) -> str:
    """How far the machine is, in words."""
    if attempt.state != RedactionState.MAKING:
        return str(attempt.get_state_display())
    step = step_of(attempt)
    if step is None:
        return _("รอคิวสร้างไฟล์…")
    if step.name != CHECKING:
        return _("กำลังปิดทับ…")
    if not step.of:
        return _("กำลังตรวจผล…")
    return _("กำลังตรวจผล… ดูแล้ว {done} จาก {of} หน้า").format(done=step.done, of=step.of)
