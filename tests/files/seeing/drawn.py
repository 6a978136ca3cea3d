"""Faces, cards, signatures and seals, drawn by machine: no person is in them."""

import math
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from tests.files.recognition.printed import picture

BLUE, BLACK, RED = (30, 50, 150), (25, 25, 30), (190, 40, 60)
_ROUGH = 4


def face(side: int) -> Image.Image:
    """A head with shoulders, lit from before, `side` points wide and high."""
    large = Image.new("RGB", (400, 400), (150, 175, 205))
    pen = ImageDraw.Draw(large)
    pen.ellipse((40, 330, 360, 560), fill=(60, 70, 100))
    pen.rectangle((165, 290, 235, 360), fill=(185, 140, 115))
    pen.ellipse((98, 40, 302, 300), fill=(35, 28, 26))
    pen.ellipse((112, 80, 288, 330), fill=(214, 170, 142))
    for left in (135, 217):
        pen.line((left, 160, left + 24, 152, left + 48, 160), fill=(60, 42, 36), width=9)
        pen.ellipse(
            (left, 172, left + 48, 196), fill=(245, 240, 236), outline=(70, 50, 45), width=4
        )
        pen.ellipse((left + 14, 172, left + 34, 196), fill=(40, 28, 24))
    pen.polygon([(200, 180), (180, 242), (220, 242)], fill=(196, 150, 124))
    pen.ellipse((178, 230, 222, 250), fill=(160, 112, 92))
    pen.ellipse((158, 268, 242, 292), fill=(165, 80, 80))
    pen.line((158, 280, 242, 280), fill=(95, 40, 40), width=4)
    return large.filter(ImageFilter.GaussianBlur(4)).resize((side, side), Image.Resampling.BOX)


def id_card(width: int) -> Image.Image:
    """A card of an ID card's size with a face and rows that no machine can read."""
    high = round(width / 1.586)
    card = Image.new("RGB", (width, high), (214, 228, 238))
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, width - 1, high - 1), outline=(90, 110, 130), width=3)
    for row in range(7):
        top = high * (0.1 + 0.11 * row)
        end = width * (0.9 if row < 3 else 0.6)
        pen.rectangle((width * 0.08, top, end, top + high * 0.035), fill=(120, 130, 145))
    side = round(high * 0.5)
    card.paste(face(side), (width - side - width // 16, high - side - high // 16))
    return card


def signature(seed: int, width: int = 300, ink: tuple[int, int, int] = BLUE) -> Image.Image:
    """Loops and a tail, as a pen leaves them, on nothing."""
    chance = Random(seed)  # noqa: S311 -- drawn the same each time
    high = round(width * chance.uniform(0.3, 0.45))
    made = Image.new("RGBA", (width * _ROUGH, high * _ROUGH), (*ink, 0))
    loops, phase, lean = chance.randint(4, 8), chance.uniform(0, 6), chance.uniform(0.2, 0.6)
    points = []
    for step in range(600):
        part = step / 599
        turn = part * loops * 2 * math.pi + phase
        swing = 0.38 * (1 - 0.6 * part) * (0.7 + 0.3 * math.sin(3 * part + phase))
        across = 0.08 + 0.8 * part + 0.09 * math.cos(turn) + lean * 0.12 * math.sin(turn)
        points.append((across * width * _ROUGH, (0.5 + swing * math.sin(turn)) * high * _ROUGH))
    ImageDraw.Draw(made).line(
        points, fill=(*ink, 255), width=max(1, width // 75) * _ROUGH, joint="curve"
    )
    return made.resize((width, high), Image.Resampling.BOX)


def seal(width: int, ink: tuple[int, int, int] = RED) -> Image.Image:
    """Two rings and something between them, on nothing."""
    made = Image.new("RGBA", (width, width), (*ink, 0))
    pen = ImageDraw.Draw(made)
    pen.ellipse((2, 2, width - 3, width - 3), outline=(*ink, 230), width=max(2, width // 50))
    inner = width // 5
    pen.ellipse(
        (inner, inner, width - inner, width - inner), outline=(*ink, 230), width=max(1, width // 90)
    )
    for turn in range(0, 360, 15):
        x = width / 2 + width * 0.4 * math.cos(math.radians(turn))
        y = width / 2 + width * 0.4 * math.sin(math.radians(turn))
        pen.rectangle(
            (x - width / 50, y - width / 40, x + width / 50, y + width / 40), fill=(*ink, 230)
        )
    return made


def page(*lines: str) -> Image.Image:
    """One page of these lines at 200 dots an inch, in colours."""
    return picture(*lines).convert("RGB")


def laid(on: Image.Image, what: Image.Image, left: int, top: int) -> Image.Image:
    made = on.copy()
    made.paste(what, (left, top), what if what.mode == "RGBA" else None)
    return made
