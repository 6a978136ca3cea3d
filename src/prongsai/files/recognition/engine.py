"""Text of a picture of a page: make ready, read, say where everything stands."""

from PIL import Image

from prongsai.files.recognition import trained
from prongsai.files.recognition.despeckling import despeckled
from prongsai.files.recognition.printed import Recognised, assemble
from prongsai.files.recognition.straightening import Straight, straighten
from prongsai.files.recognition.tesseract import printed_words

# Pages read with less are looked at the other way up, and on their sides.
_LEGIBLE = 0.55
_SMALLEST_SIDE = 16


def recognise(image: Image.Image) -> Recognised:
    """The text of a page's picture; colours are read as greys. Raises `trained.MissingTrainedData`."""
    grey = image.convert("L")
    if min(grey.size) < _SMALLEST_SIDE:
        return Recognised("", 0.0, ())
    clean = despeckled(grey)
    best = straighten(clean)
    read = _read(best)
    if read.words and read.confidence < _LEGIBLE:
        return _read_any_way_up(clean, best.quarter, read)
    return read


def _read_any_way_up(image: Image.Image, tried: int, first: Recognised) -> Recognised:
    turns = [(tried + more) % 360 for more in (180, 90, 270)]
    others = (_read(straighten(image, quarter)) for quarter in turns)
    best = first
    for other in others:
        if other.confidence > best.confidence:
            best = other
        if best.confidence >= _LEGIBLE:
            break
    return best


def _read(straight: Straight) -> Recognised:
    printed = printed_words(straight.image, trained.THAI)
    return assemble((word, straight.on_page(word.box)) for word in printed)
