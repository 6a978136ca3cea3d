"""A picture without what its boxes cover: its pixels alone, with the boxes painted in."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from prongsai.files import images, rules
from prongsai.files.locating import Box
from prongsai.files.redaction import pictures
from prongsai.files.redaction.rules import Redacted, covered_texts, full_height, split_words
from prongsai.files.rules import PageText

_FORMATS = {rules.PNG: "PNG", rules.JPEG: "JPEG", rules.WEBP: "WEBP"}
_QUALITY = 90


def redact_image(
    path: Path, target: Path, boxes: Sequence[Box], media_type: str, page: PageText | None = None
) -> Redacted:
    """Writes `target`. The picture must have come in through `images`; `page` has the words that were read.

    Raises `Refused` when it cannot be opened.
    """
    target.write_bytes(path.read_bytes())
    # Upright first: boxes are drawn on what the browser shows.
    images.redraw(target, media_type)
    with Image.open(target, formats=[_FORMATS[media_type]]) as picture:
        aspect = picture.height / picture.width
        stay, gone = split_words(page.words if page else (), boxes, aspect)
        made = pictures.painted(picture, full_height(boxes, gone, aspect))
    # No colour profile either: it is bytes that somebody else wrote.
    made.save(target, _FORMATS[media_type], quality=_QUALITY)
    covered = covered_texts(page, gone, stay, boxes, aspect) if page else ()
    return Redacted(tuple(covered), (1,))
