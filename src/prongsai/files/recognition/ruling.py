"""Rules, borders, underlines and dotted lines are no text: they are taken out before anything is read.

A reader takes them for letters and digits, and the layout takes the page to pieces along them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prongsai.files.recognition.straightening import paper_of

# Parts of a page's width: what is at least this long and at most this thick is ruled, whatever it is for (on A4, 8 mm
# and 1.2 mm); a dot of a dotted line is at most so large.
_LENGTH, _THICKNESS, _DOT = 1 / 26, 1 / 170, 1 / 250
_DARKER = 40
# Points that a copier may have left out of a rule.
_BROKEN = 2
# Of a rule, letters and crossing rules cover at most the rest.
_BARE = 0.5
_PROBES = 16
_DOTS = 6
_PITCH = 5

Shades = NDArray[np.uint8]
Dark = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Rule:
    """A level rule in row `at`, from one column to another; of an upright one, the other way round."""

    at: int
    start: int
    end: int


@dataclass(frozen=True)
class Ruling:
    """What was ruled on a page, and its picture without."""

    image: Image.Image
    level: list[Rule]
    upright: list[Rule]


@dataclass(frozen=True)
class _Runs:
    """Dark points side by side in a row: `starts` up to `ends`."""

    rows: Places
    starts: Places
    ends: Places

    def __getitem__(self, chosen: Places | Dark) -> "_Runs":
        return _Runs(self.rows[chosen], self.starts[chosen], self.ends[chosen])


def without_rules(image: Image.Image) -> Ruling:
    """The level grey picture without its rules and dotted lines; they are sought along and down it."""
    paper = paper_of(image)
    shades = np.array(image)
    dark = shades < paper - _DARKER
    dark[[0, -1]] = False
    dark[:, [0, -1]] = False
    length, thickness = round(image.width * _LENGTH), max(3, round(image.width * _THICKNESS))
    runs = _runs(dark)
    level = _erased(shades, dark, _long(runs, length), thickness, paper)
    _erase_dots(shades, dark, runs, max(3, round(image.width * _DOT)), paper)
    across = np.ascontiguousarray(dark.T)
    upright = _erased(shades.T, across, _long(_runs(across), length), thickness, paper)
    ruling = Ruling(Image.fromarray(shades), _rules(level, length), _rules(upright, length))
    _erase_crossings(ruling, thickness, paper)
    return ruling


def _erase_crossings(ruling: Ruling, thickness: int, paper: int) -> None:
    for level in ruling.level:
        for upright in ruling.upright:
            meets_along = level.start - thickness <= upright.at <= level.end + thickness
            if meets_along and upright.start - thickness <= level.at <= upright.end + thickness:
                box = (upright.at - thickness, level.at - thickness)
                ends = (upright.at + thickness, level.at + thickness)
                ruling.image.paste(paper, (*box, *ends))


def _runs(dark: Dark) -> _Runs:
    """Rows must begin and end with light points."""
    flat = dark.ravel()
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    rows, starts = np.divmod(edges[::2], dark.shape[1])
    return _Runs(rows, starts, edges[1::2] - rows * dark.shape[1])


def _long(runs: _Runs, length: int) -> _Runs:
    """Those of at least `length`, over the points that are lacking within."""
    goes_on = (runs.rows[1:] == runs.rows[:-1]) & (runs.starts[1:] - runs.ends[:-1] <= _BROKEN)
    first = np.flatnonzero(np.concatenate(([True], ~goes_on))[: len(runs.rows)])
    last = np.flatnonzero(np.concatenate((~goes_on, [True]))[: len(runs.rows)])
    joined = _Runs(runs.rows[first], runs.starts[first], runs.ends[last])
    return joined[joined.ends - joined.starts >= length]


def _erased(shades: Shades, dark: Dark, runs: _Runs, thickness: int, paper: int) -> _Runs:
    """Takes out what is thin of the runs, and gives back those of rules."""
    runs = runs[_may_be_thin(dark, runs, thickness)]
    is_rule = [
        _erase(shades, dark, (int(row), int(start), int(end)), thickness, paper)
        for row, start, end in zip(runs.rows, runs.starts, runs.ends, strict=True)
    ]
    return runs[np.array(is_rule, dtype=np.bool_)]


def _may_be_thin(dark: Dark, runs: _Runs, thickness: int) -> Dark:
    """Spares the runs within something black a closer look."""
    parts = (np.arange(_PROBES) + 0.5) / _PROBES
    columns = (runs.starts[:, None] + (runs.ends - runs.starts)[:, None] * parts).astype(np.int64)
    above = np.maximum(runs.rows - thickness, 0)[:, None]
    below = np.minimum(runs.rows + thickness, len(dark) - 1)[:, None]
    light = ~dark[above, columns] & ~dark[below, columns]
    thin: Dark = light.mean(axis=1) > _BARE / 2
    return thin


def _erase(
    shades: Shades, dark: Dark, run: tuple[int, int, int], thickness: int, paper: int
) -> bool:
    """Where a letter stands on the rule or crosses it, the rule stays."""
    row, start, end = run
    upper, lower = max(0, row - thickness), min(len(dark), row + thickness + 1)
    above, below = dark[upper : row + 1, start:end][::-1], dark[row:lower, start:end]
    reach_up, reach_down = _reach(above), _reach(below)
    is_thin = reach_up + reach_down - 1 <= thickness
    if is_thin.mean() < _BARE:
        return False
    rows = np.arange(upper, lower)[:, None]
    # The edges of a rule are grey.
    is_inside = (rows >= row - reach_up - 1) & (rows <= row + reach_down + 1)
    shades[upper:lower, start:end][is_inside & is_thin] = paper
    return True


def _reach(dark: Dark) -> Places:
    """How many points from the first row on are dark, column by column; a lacking point counts as one."""
    light = ~dark
    reach: Places = np.where(light.any(axis=0), light.argmax(axis=0), len(dark))
    return np.maximum(reach, 1)


def _erase_dots(shades: Shades, dark: Dark, runs: _Runs, size: int, paper: int) -> None:
    """Takes out rows of dots at an even pitch with nothing above or below them."""
    dots = runs[runs.ends - runs.starts <= size]
    for first, last in _even(dots, size):
        row, start, end = int(dots.rows[first]), int(dots.starts[first]), int(dots.ends[last])
        upper, lower = row - size - 1, row + size + 1
        if upper < 0 or lower >= len(dark):
            continue
        if not (dark[upper, start:end].any() or dark[lower, start:end].any()):
            shades[upper : lower + 1, start - 1 : end + 1] = paper


def _even(dots: _Runs, size: int) -> Iterator[tuple[int, int]]:
    """The first and the last of dots that follow each other in a row."""
    pitch = dots.starts[1:] - dots.starts[:-1]
    is_near = (dots.rows[1:] == dots.rows[:-1]) & (pitch <= _PITCH * size)
    is_even = is_near[1:] & is_near[:-1] & (np.abs(np.diff(pitch)) <= np.maximum(2, pitch[1:] // 4))
    edges = np.flatnonzero(np.diff(is_even.astype(np.int8), prepend=0, append=0))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start >= _DOTS - 2:
            yield int(start), int(end) + 1


def _rules(runs: _Runs, gap: int) -> list[Rule]:
    """Runs of neighbouring rows are one rule."""
    rules: list[Rule] = []
    for row, start, end in zip(runs.rows, runs.starts, runs.ends, strict=True):
        place = next(
            (
                place
                for place, rule in enumerate(rules)
                if row - rule.at <= 2 * _BROKEN
                and start <= rule.end + gap
                and rule.start <= end + gap
            ),
            None,
        )
        if place is None:
            rules.append(Rule(int(row), int(start), int(end)))
        else:
            old = rules[place]
            rules[place] = Rule(int(row), min(old.start, int(start)), max(old.end, int(end)))
    return rules
