"""How far a page that was read differs from what stands on it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from prongsai.files.rules import Word
from prongsai.thai.digits import ARABIC, THAI
from prongsai.thai.normalise import display_text

DOUBTFUL = 0.6
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(f"[{THAI}{ARABIC}](?:[{THAI}{ARABIC}.,/:-]*[{THAI}{ARABIC}])?")


@dataclass
class Tally:
    """Counts over pages. A number is a run of digits with the signs inside it; it is right when all of it is.

    `letters` are those of the truth, with every run of white space as one space; `bare` without white space.
    """

    pages: int = 0
    letters: int = 0
    wrong: int = 0
    bare_letters: int = 0
    bare_wrong: int = 0
    thai_digits: int = 0
    thai_wrong: int = 0
    arabic_digits: int = 0
    arabic_wrong: int = 0
    numbers: int = 0
    numbers_wrong: int = 0
    wrong_and_unmarked: int = 0
    right_and_marked: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, truth: str, text: str, words: tuple[Word, ...]) -> None:
        truth, marks = _collapsed(truth, ())
        text, marks = _collapsed(text, words)
        moves = alignment(truth, text)
        self.pages += 1
        self.letters += len(truth)
        self.wrong += sum(
            place is None or truth[index] != text[place] for index, place in enumerate(moves)
        )
        self.wrong += len(text) - sum(place is not None for place in moves)
        bare, bare_text = truth.replace(" ", ""), text.replace(" ", "")
        self.bare_letters += len(bare)
        self.bare_wrong += distance(bare, bare_text)
        self._add_digits(truth, text, moves)
        self._add_numbers(truth, text, moves, marks)

    def _add_digits(self, truth: str, text: str, moves: list[int | None]) -> None:
        for digit, place in zip(truth, moves, strict=True):
            is_wrong = place is None or text[place] != digit
            if digit in THAI:
                self.thai_digits += 1
                self.thai_wrong += is_wrong
            elif digit in ARABIC:
                self.arabic_digits += 1
                self.arabic_wrong += is_wrong

    def _add_numbers(
        self, truth: str, text: str, moves: list[int | None], marks: list[bool]
    ) -> None:
        for number in _NUMBER.finditer(truth):
            places = [place for place in moves[number.start() : number.end()] if place is not None]
            first, last = (places[0], places[-1] + 1) if places else (0, 0)
            is_right = text[first:last] == number.group() and _stands_alone(text, first, last)
            is_marked = any(marks[first:last])
            self.numbers += 1
            self.numbers_wrong += not is_right
            self.wrong_and_unmarked += not is_right and not is_marked
            self.right_and_marked += is_right and is_marked

    def result(self) -> dict[str, object]:
        return {
            "pages": self.pages,
            "character_error_rate": _share(self.wrong, self.letters),
            "character_error_rate_without_spaces": _share(self.bare_wrong, self.bare_letters),
            "digit_error_rate": _share(
                self.thai_wrong + self.arabic_wrong, self.thai_digits + self.arabic_digits
            ),
            "thai_digits": self.thai_digits,
            "thai_digit_error_rate": _share(self.thai_wrong, self.thai_digits),
            "arabic_digits": self.arabic_digits,
            "arabic_digit_error_rate": _share(self.arabic_wrong, self.arabic_digits),
            "numbers": self.numbers,
            "numbers_wrong": self.numbers_wrong,
            "numbers_wrong_and_unmarked": self.wrong_and_unmarked,
            "numbers_right_and_marked": self.right_and_marked,
            "seconds_per_page": round(sum(self.seconds) / len(self.seconds), 3)
            if self.seconds
            else None,
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _stands_alone(text: str, first: int, last: int) -> bool:
    around = text[max(0, first - 1) : first] + text[last : last + 1]
    return not any(letter in THAI + ARABIC for letter in around)


def _collapsed(text: str, words: tuple[Word, ...]) -> tuple[str, list[bool]]:
    """The text with every run of white space as one space, and whether each letter is in a doubtful word."""
    if not words:
        text = display_text(text)
    kept = list(_with_single_spaces(zip(text, _doubtful(text, words), strict=True)))
    while kept and kept[-1][0] == " ":
        kept.pop()
    return "".join(sign for sign, _ in kept), [mark for _, mark in kept]


def _doubtful(text: str, words: tuple[Word, ...]) -> list[bool]:
    marks = [False] * len(text)
    for word in words:
        if word.confidence < DOUBTFUL:
            marks[word.start : word.end] = [True] * (word.end - word.start)
    return marks


def _with_single_spaces(letters: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Without white space at the beginning, and with one space for every other run of it."""
    before = " "
    for letter, mark in letters:
        sign = " " if _SPACES.match(letter) else letter
        if (before, sign) != (" ", " "):
            yield sign, mark
        before = sign


def _rows(truth: str, text: str) -> list[np.ndarray]:
    """Levenshtein's table, row by row."""
    codes = np.array([ord(letter) for letter in text], dtype=np.int32)
    steps = np.arange(len(text) + 1, dtype=np.int32)
    rows = [steps.copy()]
    for index, letter in enumerate(truth, start=1):
        before = rows[-1]
        row = np.empty_like(before)
        row[0] = index
        row[1:] = np.minimum(before[:-1] + (codes != ord(letter)), before[1:] + 1)
        rows.append(np.minimum.accumulate(row - steps) + steps)
    return rows


def distance(truth: str, text: str) -> int:
    """Letters to insert, delete or replace."""
    return int(_rows(truth, text)[-1][-1])


def alignment(truth: str, text: str) -> list[int | None]:
    """For every letter of the truth, the place in `text` that it became."""
    rows = _rows(truth, text)
    row, column = len(truth), len(text)
    moves: list[int | None] = [None] * row
    while row and column:
        cost = int(rows[row][column])
        if cost == rows[row - 1][column - 1] + (truth[row - 1] != text[column - 1]):
            row, column = row - 1, column - 1
            moves[row] = column
        elif cost == rows[row - 1][column] + 1:
            row -= 1
        else:
            column -= 1
    return moves
