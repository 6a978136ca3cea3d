"""One look at a page or a picture, for all that is seen there."""

from collections.abc import Iterator, Sequence

from PIL import Image

from prongsai.files.recognition.straightening import Box
from prongsai.files.rules import Sight, Word
from prongsai.files.seeing.cards import card_around
from prongsai.files.seeing.faces import faces_in
from prongsai.files.seeing.ink import Shades, colours_of, darkness
from prongsai.files.seeing.seals import coloured_ink, grey_seals_in, seals_in
from prongsai.files.seeing.signatures import is_signature, signatures_on, unprinted_ink

# In points; a fingernail of a page is smaller, and so are the dots of a list.
_SMALLEST = 24


def sights_on(image: Image.Image, text: str, words: Sequence[Word]) -> tuple[Sight, ...]:
    """On a page that was read: the words tell where people sign, and what is print."""
    colours = colours_of(image)
    dark = darkness(colours)
    seals = list(seals_in(coloured_ink(colours)))
    grey = grey_seals_in(unprinted_ink(dark, words))
    seals += [box for box in grey if not _is_in(box, seals)]
    signed = [box for box in signatures_on(colours, dark, text, words) if not _is_in(box, seals)]
    seen = [*_people(image, dark), *(("signature", box) for box in signed)]
    seen += [("seal", box) for box in seals]
    return tuple(_sight(kind, box, image.size) for kind, box in seen)


def sights_in_picture(picture: Image.Image) -> tuple[Sight, ...]:
    """In a picture that stands in a document whose text is known."""
    if min(picture.size) < _SMALLEST:
        return ()
    if is_signature(picture):
        return (Sight("signature", 0.0, 0.0, 1.0, 1.0),)
    dark = darkness(colours_of(picture))
    return tuple(_sight(kind, box, picture.size) for kind, box in _people(picture, dark))


def _people(image: Image.Image, dark: Shades) -> Iterator[tuple[str, Box]]:
    for face in faces_in(image.convert("L"), dark):
        yield "face", face
        card = card_around(face, dark)
        if card is not None:
            yield "card", card


def _is_in(box: Box, others: Sequence[Box]) -> bool:
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(one[0] <= middle[0] <= one[2] and one[1] <= middle[1] <= one[3] for one in others)


def _sight(kind: str, box: Box, size: tuple[int, int]) -> Sight:
    wide, high = size
    left, top, right, bottom = (
        round(edge, 4) for edge in (box[0] / wide, box[1] / high, box[2] / wide, box[3] / high)
    )
    return Sight(kind, left, top, right, bottom)
