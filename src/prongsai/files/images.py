"""Pictures are drawn anew, so that nothing but what they show goes on: no position, no camera, no tail."""

import warnings
from pathlib import Path

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from prongsai.files import rules
from prongsai.files.refusals import Refused

_FORMATS = {rules.PNG: "PNG", rules.JPEG: "JPEG", rules.WEBP: "WEBP"}
_QUALITY = 90
# Where pictures of all formats keep words about themselves.
_TEXTS = frozenset(("comment", "xmp", "Comment", "Author", "Description", "XML:com.adobe.xmp"))


def redraw(path: Path, media_type: str) -> tuple[str, ...]:
    """Replace the picture at `path` with its pixels alone, upright. Raises `Refused`.

    Answers what was taken out, as keys of `refusals.NOTES`.
    """
    try:
        with warnings.catch_warnings():
            # Our own limit comes below; Pillow's warning would only be noise in the log.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _redraw(path, media_type)
    except Image.DecompressionBombError as error:
        raise Refused("image_too_fine", {"limit": rules.MAX_PIXELS // 1_000_000}) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("image_broken") from error


def _redraw(path: Path, media_type: str) -> tuple[str, ...]:
    upright, taken_out, profile = _upright(path, media_type)
    # A copy of the pixels alone: Pillow would carry comments and EXIF over from `info`.
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    bare.save(path, _FORMATS[media_type], quality=_QUALITY, icc_profile=profile)
    return taken_out


def _upright(path: Path, media_type: str) -> tuple[Image.Image, tuple[str, ...], bytes | None]:
    """As it will be kept, what is to be taken out, and its colour profile.

    The largest pictures fit into memory twice and not three times: here, and as they were before each step.
    """
    # Phones write a second picture behind the first one (MPO): Pillow opens that as JPEG, too.
    with Image.open(path, formats=[_FORMATS[media_type]]) as image:
        _refuse_bomb(*image.size)
        # Whoever approves the first frame has not seen what the others show.
        if media_type != rules.JPEG and getattr(image, "n_frames", 1) > 1:
            raise Refused("image_animated")
        image.load()
        taken_out = _extras(image)
        ImageOps.exif_transpose(image, in_place=True)
        profile = image.info.get("icc_profile")
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB"), taken_out, profile
    # Print programs write CMYK, which not every browser shows in its colours.
    if media_type == rules.JPEG and image.mode not in ("L", "RGB"):
        return image.convert("RGB"), taken_out, profile
    return image, taken_out, profile


def _extras(image: Image.Image) -> tuple[str, ...]:
    exif = image.getexif()
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        return ("position", "metadata")
    return ("metadata",) if exif or _TEXTS & image.info.keys() else ()


def _refuse_bomb(width: int, height: int) -> None:
    if width * height > rules.MAX_PIXELS or max(width, height) > rules.MAX_SIDE:
        limit = rules.MAX_PIXELS // 1_000_000
        raise Refused("image_bomb", {"width": width, "height": height, "limit": limit})
