"""One line of a page as a low strip of ink, always of the same height: what the digits' reader looks at."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

HEIGHT = 32
# Of a strip's rows, those in which the bodies of letters stand: between the tops of low letters and the baseline.
BODY_TOP, BASELINE = 11, 25
BODY = BASELINE - BODY_TOP
# A row belongs to the bodies when it has this share of the ink of the rows with most.
_DENSE = 0.45
MAX_WIDTH = 4_000

Strip = NDArray[np.float32]


def ink_of(image: Image.Image) -> Strip:
    """The grey picture as 0 (paper) to 1 (ink), whatever its paper and its toner are."""
    shades = np.asarray(image, dtype=np.float32)
    paper, toner = np.percentile(shades, (85, 1))
    reach = max(float(paper - toner), 40.0)
    ink: Strip = np.clip((paper - shades) / reach, 0.0, 1.0)
    return ink


def body_of(ink: Strip) -> tuple[float, float]:
    """The rows (from, to) between which a line's letters have their bodies."""
    profile = ink.sum(axis=1)
    dense = np.sort(profile)[-max(1, len(profile) // 8) :].mean()
    rows = np.nonzero(profile >= _DENSE * dense)[0]
    if not len(rows):
        return 0.0, float(len(profile))
    # The longest run without a gap: marks above and below are dense, too, at times.
    runs = np.split(rows, np.nonzero(np.diff(rows) > 2)[0] + 1)
    longest = max(runs, key=len)
    return float(longest[0]), float(longest[-1] + 1)


def strip_of(image: Image.Image, body: tuple[float, float]) -> tuple[Strip, float]:
    """The strip of the line whose bodies stand between two rows of the grey picture, and points per column of it."""
    top, base = body
    scale = max(base - top, 4.0) / BODY
    width = min(MAX_WIDTH, max(8, round(image.width / scale)))
    upper, lower = top - BODY_TOP * scale, base + (HEIGHT - BASELINE) * scale
    # Pillow fills what lies outside with black: invert, so that it becomes paper.
    inverted = Image.eval(image, lambda shade: 255 - shade)
    box = (0, int(np.floor(upper)), image.width, int(np.ceil(lower)))
    cut = inverted.crop(box).resize((width, HEIGHT), Image.Resampling.BOX)
    return ink_of(Image.eval(cut, lambda shade: 255 - shade)), image.width / width
