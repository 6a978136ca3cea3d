"""Pictures are drawn anew, so that nothing but what they show goes on: no position, no camera, no tail."""

import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from prongsai.files import rules
from prongsai.files.refusals import Refused

_FORMATS = {rules.PNG: "PNG", rules.JPEG: "JPEG", rules.WEBP: "WEBP"}
_QUALITY = 90


def redraw(path: Path, media_type: str) -> None:
    """Replace the picture at `path` with its pixels alone, upright. Raises `Refused`."""
    try:
        with warnings.catch_warnings():
            # Our own limit comes below; Pillow's warning would only be noise in the log.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            _redraw(path, media_type)
    except Image.DecompressionBombError as error:
        values = {"width": "?", "height": "?", "limit": rules.MAX_PIXELS // 1_000_000}
        raise Refused("image_bomb", values) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("image_broken") from error


def _redraw(path: Path, media_type: str) -> None:
    # Phones write a second picture behind the first one (MPO): Pillow opens that as JPEG, too.
    with Image.open(path, formats=[_FORMATS[media_type]]) as image:
        _refuse_bomb(*image.size)
        # Whoever approves the first frame has not seen what the others show.
        if media_type != rules.JPEG and getattr(image, "n_frames", 1) > 1:
            raise Refused("image_animated")
        image.load()
        upright = ImageOps.exif_transpose(image)
        profile = image.info.get("icc_profile")
    if upright.mode == "P":
        upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
    # Print programs write CMYK, which not every browser shows in its colours.
    if media_type == rules.JPEG and upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    # A copy of the pixels alone: Pillow would carry comments and EXIF over from `info`.
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    bare.save(path, _FORMATS[media_type], quality=_QUALITY, icc_profile=profile)


def _refuse_bomb(width: int, height: int) -> None:
    if width * height > rules.MAX_PIXELS or max(width, height) > rules.MAX_SIDE:
        limit = rules.MAX_PIXELS // 1_000_000
        raise Refused("image_bomb", {"width": width, "height": height, "limit": limit})
