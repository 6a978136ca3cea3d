#!/usr/bin/env python3
"""A collection for bench/screening, made from a seed: what offices write of persons, and what only looks so.

    bench/screening_set.py --count 20000 --noise tesseract > set.jsonl
    bench/screening set.jsonl

Each line is {"id", "kind", "text", "spans", "source"}. All persons and numbers are invented. `--documents`
makes whole clean documents instead, in which nothing may block.

The noise is measured: 264 IDs in Thai digits and 264 in Arabic ones, set in Sarabun at 200 dpi, half of them
blurred and turned a little, read by Tesseract 5.5 (`tha`, best). It read 31 % of the Thai digits wrong or not
at all, and hardly any Arabic one. `light` is a third of it, `heavy` half as much again with Arabic digits
misread as letters.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from itertools import accumulate

from screening_kinds import HARMLESS, PERSONAL, Kind
from screening_papers import DOCUMENTS

THAI = "๐๑๒๓๔๕๖๗๘๙"
TO_THAI = str.maketrans("0123456789", THAI)
# What became of a Thai digit, in a thousand; the rest stayed right.
CONFUSIONS: dict[str, tuple[tuple[str, int], ...]] = {
    "๔": (("๕", 580), ("", 30), ("๕๕", 25)),
    "๖": (("๒", 330), ("๐", 190), ("๒๐", 110), ("๐๒", 25), ("", 20), ("9", 10)),
    "๗": (("", 130), ("ฒ", 110), ("๓", 75), ("๕", 80), ("ซ", 70), ("๑", 40), ("ญ", 10), ("@", 10), ("ฒ๕", 20)),
    "๘": (("๕", 550), ("", 40), ("๕๕", 15)),
    "๙": (("๕", 420), ("๓", 60), ("๓๕", 25), ("", 20), ("๑", 15)),
}  # fmt: skip
LETTERS = {"0": "O", "1": "l", "5": "S", "8": "B"}
# How often a confusion, a lost separator, a lost space and (heavy) a letter for an Arabic digit happens.
STRENGTHS = {
    "none": (0.0, 0.0, 0.0, 0.0),
    "light": (0.33, 0.002, 0.01, 0.0),
    "tesseract": (1.0, 0.006, 0.02, 0.0),
    "heavy": (1.5, 0.02, 0.05, 0.03),
}


def noisy(chance: random.Random, text: str, strength: str) -> str:
    confused, separator, space, letter = STRENGTHS[strength]
    return "".join(_read(chance, sign, confused, separator, space, letter) for sign in text)


def _read(
    chance: random.Random, sign: str, confused: float, separator: float, space: float, letter: float
) -> str:
    if sign in CONFUSIONS:
        readings, shares = zip(*CONFUSIONS[sign], strict=True)
        drawn = chance.random() * 1000 / confused if confused else 1000.0
        return next(
            (read for read, upto in zip(readings, accumulate(shares), strict=True) if drawn < upto),
            sign,
        )
    if sign in "-\u2013":
        return "" if chance.random() < separator else sign
    if sign == " ":
        return "" if chance.random() < space else sign
    return LETTERS[sign] if sign in LETTERS and chance.random() < letter else sign


def snippet(chance: random.Random, number: int, kind: Kind, strength: str) -> dict[str, object]:
    parts = kind.make(chance)
    is_thai = chance.random() < 0.5
    text, spans = "", []
    for part, label in parts:
        written = (
            part.translate(TO_THAI) if is_thai and label not in ("EMAIL", "PASSPORT") else part
        )
        written = noisy(chance, written, strength)
        if label:
            spans.append({"start": len(text), "end": len(text) + len(written), "label": label})
        text += written
    source = "text" if strength == "none" else "ocr"
    return {
        "id": f"g{number:06}",
        "kind": kind.name,
        "text": text,
        "spans": spans,
        "source": source,
    }


def snippets(count: int, seed: int, strength: str) -> Iterator[dict[str, object]]:
    chance = random.Random(seed)  # noqa: S311 -- nothing secret is drawn
    kinds = (*PERSONAL, *HARMLESS)
    for number, kind in enumerate(chance.choices(kinds, [kind.weight for kind in kinds], k=count)):
        yield snippet(chance, number, kind, strength)


def documents(count: int, seed: int, strength: str) -> Iterator[dict[str, object]]:
    """Each joins two or three papers, as files do; nothing in them may block."""
    chance = random.Random(seed)  # noqa: S311 -- nothing secret is drawn
    source = "text" if strength == "none" else "ocr"
    for number in range(count):
        papers = chance.sample(DOCUMENTS, chance.randrange(1, 4))
        text = "\n\n".join(paper(chance) for paper in papers)
        written = text.translate(TO_THAI) if chance.random() < 0.5 else text
        yield {
            "id": f"d{number:05}",
            "kind": "document",
            "text": noisy(chance, written, strength),
            "spans": [],
            "source": source,
        }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2569)
    parser.add_argument("--noise", choices=tuple(STRENGTHS), default="none")
    parser.add_argument("--documents", action="store_true", help="whole clean documents")
    options = parser.parse_args()
    make = documents if options.documents else snippets
    for line in make(options.count, options.seed, options.noise):
        sys.stdout.write(f"{json.dumps(line, ensure_ascii=False)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
