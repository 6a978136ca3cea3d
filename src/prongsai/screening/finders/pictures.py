"""What is seen on a page and not read: faces, cards, signatures, seals. Boxes tell where."""

from collections.abc import Iterable

from prongsai.files.rules import Sight
from prongsai.screening.located import Hit, Page
from prongsai.screening.words import any_of, words

# Of the page's height and width: how far below a signature its name and post may begin, and stand aside.
_BELOW, _ASIDE = 0.11, 0.08


def faces(page: Page) -> list[Hit]:
    """All of a page at once: nobody decides on a group photograph head by head. Those on cards belong to the cards."""
    on_cards = _seen(page, "card")
    found = [one for one in _seen(page, "face") if not any(_holds(card, one) for card in on_cards)]
    return [_hit(found)] if found else []


def cards(page: Page) -> list[Hit]:
    return [_hit([one]) for one in _seen(page, "card")]


def signatures(page: Page) -> list[Hit]:
    """An official's, with their post beneath it, is normal on what their office issues."""
    return [
        _hit([one], "advise" if _is_of_an_official(page, one) else "")
        for one in _seen(page, "signature")
    ]


def seals(page: Page) -> list[Hit]:
    found = _seen(page, "seal")
    return [_hit(found)] if found else []


def unseen(page: Page) -> list[Hit]:
    """Pictures that the machine could not look at."""
    found = _seen(page, "unseen")
    return [_hit(found)] if found else []


def _seen(page: Page, kind: str) -> list[Sight]:
    return [one for one in page.seen.sights if one.kind == kind]


def _hit(found: Iterable[Sight], severity: str = "") -> Hit:
    boxes = tuple(found)
    # Where it stands is all that a machine can tell one from another by.
    datum = ";".join(
        f"{one.kind} {one.left:.2f} {one.top:.2f} {one.right:.2f} {one.bottom:.2f}"
        + (f" {one.picture}" if one.picture else "")
        for one in boxes
    )
    return Hit(0, 0, datum, severity, boxes=boxes)


def _holds(box: Sight, other: Sight) -> bool:
    across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return box.left <= across <= box.right and box.top <= down <= box.bottom


def _is_of_an_official(page: Page, signature: Sight) -> bool:
    beneath = [
        page.text[slice(*page.placed(word.start, word.end))]
        for word in page.seen.words
        if signature.top < word.bottom <= signature.bottom + _BELOW
        and word.right > signature.left - _ASIDE
        and word.left < signature.right + _ASIDE
    ]
    posts = any_of(tuple(words("names")["officials"]))
    return posts.search("".join(beneath)) is not None
