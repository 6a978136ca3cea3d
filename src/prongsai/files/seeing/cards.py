"""A copy of an ID card, by its shape: 85.6 by 54 mm, with a face of the usual size on light ground."""

import numpy as np

from prongsai.files.recognition.straightening import Box
from prongsai.files.seeing.ink import Mask, Shades, blobs

# ISO/IEC 7810 ID-1 is 1.586; a copy is seldom cut clean.
_LEAST_SHAPE, _MOST_SHAPE = 1.35, 1.85
# Card by face: on a Thai card the photograph is 25 mm wide, and what the detector calls a face some 16 mm.
_LEAST_FACES, _MOST_FACES = 3.2, 8.5
_CELL = 12
_INK, _LIGHT = 0.07, 0.35


def card_around(face: Box, dark: Shades) -> Box | None:
    """What hangs together around the face, where it is shaped like a card on light ground."""
    around, corner = _neighbourhood(face, dark)
    inked = around > _INK
    for box, points in blobs(inked, _CELL):
        on_page = (
            box[0] + corner[0],
            box[1] + corner[1],
            box[2] + corner[0],
            box[3] + corner[1],
        )
        if _holds(on_page, face) and _is_card(on_page, face):
            return on_page if _is_light(points, box, around, face, corner) else None
    return None


def _neighbourhood(face: Box, dark: Shades) -> tuple[Shades, tuple[int, int]]:
    """So much of the page as a card with this face can reach, and where that begins."""
    reach = _MOST_FACES * (face[2] - face[0])
    left, top = max(0, int(face[0] - reach)), max(0, int(face[1] - reach))
    return dark[top : int(face[3] + reach), left : int(face[2] + reach)], (left, top)


def _holds(box: Box, face: Box) -> bool:
    middle = (face[0] + face[2]) / 2, (face[1] + face[3]) / 2
    return box[0] < middle[0] < box[2] and box[1] < middle[1] < box[3]


def _is_card(box: Box, face: Box) -> bool:
    sides = sorted((box[2] - box[0], box[3] - box[1]))
    faces = sides[1] / (face[2] - face[0])
    return (
        _LEAST_SHAPE <= sides[1] / sides[0] <= _MOST_SHAPE and _LEAST_FACES <= faces <= _MOST_FACES
    )


def _is_light(points: Mask, box: Box, around: Shades, face: Box, corner: tuple[int, int]) -> bool:
    left, top, right, bottom = (int(edge) for edge in box)
    ground = around[top:bottom, left:right].copy()
    # The photograph itself, about twice as wide as the face.
    side = face[2] - face[0]
    first = max(0, int(face[0] - corner[0] - left - side / 2))
    ground[:, first : int(face[2] - corner[0] - left + side / 2)] = np.nan
    kept = ground[~np.isnan(ground)]
    return bool(kept.size and np.median(kept) < _LIGHT and points.any())
