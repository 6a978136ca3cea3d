"""Text of a picture of a page: make ready, read, say where everything stands."""

from PIL import Image

from prongsai.files.recognition import trained
from prongsai.files.recognition.despeckling import despeckled
from prongsai.files.recognition.digits import with_digits
from prongsai.files.recognition.printed import Printed, Recognised, assemble, mean_confidence
from prongsai.files.recognition.straightening import Straight, straighten
from prongsai.files.recognition.tesseract import printed_words

# Pages read with less are looked at the other way up, and on their sides.
_LEGIBLE = 0.55
_SMALLEST_SIDE = 16


def recognise(image: Image.Image, *, digits_twice: bool = True) -> Recognised:
    """The text of a page's picture; colours are read as greys. Raises `trained.MissingTrainedData`."""
    grey = image.convert("L")
    if min(grey.size) < _SMALLEST_SIDE:
        return Recognised("", 0.0, ())
    clean = despeckled(grey)
    straight, printed = _upright(clean)
    if digits_twice:
        printed = with_digits(straight.image, printed)
    return assemble((word, straight.on_page(word.box)) for word in printed)


def _upright(image: Image.Image) -> tuple[Straight, list[Printed]]:
    """The picture the right way up, which is how it reads best, and what it says so."""
    straight = straighten(image)
    printed = printed_words(straight.image, trained.THAI)
    best = straight, printed
    for more in (180, 90, 270):
        if not printed or mean_confidence(best[1]) >= _LEGIBLE:
            break
        turned = straighten(image, (straight.quarter + more) % 360)
        best = max(best, (turned, printed_words(turned.image, trained.THAI)), key=_legibility)
    return best


def _legibility(seen: tuple[Straight, list[Printed]]) -> float:
    return mean_confidence(seen[1])
