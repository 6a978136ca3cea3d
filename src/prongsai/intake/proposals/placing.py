"""How a value found at a spot becomes a proposal, with what its reader says of the spot."""

from collections.abc import Sequence
from typing import TypeVar

from prongsai.intake.proposals.sheets import Spot
from prongsai.intake.proposals.values import Place, Proposal, Remark, remark

Value = TypeVar("Value")

# Machines misread three in ten Thai digits, also those of which they are sure.
DIGITS_BY_MACHINE = 0.6
UNSURE = 0.6
_SURE, _SHORT = 0.97, 60


def proposal(
    value: Value | None,
    confidence: float,
    spot: Spot | None,
    doubts: Sequence[Remark] = (),
    *,
    is_digits: bool = False,
) -> Proposal[Value]:
    """`confidence` is for typed text; a page read by machine lowers it, its digits most of all."""
    if spot is None:
        return Proposal(value, _rounded(confidence), doubts=tuple(doubts))
    start, end = spot.span
    said = [*doubts, *_doubts_of_reading(spot, is_digits)]
    confidence *= spot.certainty * (DIGITS_BY_MACHINE if is_digits and spot.sheet.is_scanned else 1)
    return Proposal(
        value,
        _rounded(confidence) if value is not None else 0.0,
        Place(spot.sheet.number, start, end),
        spot.written,
        tuple(said),
    )


def nothing(*doubts: Remark) -> Proposal[Value]:
    return Proposal(None, doubts=doubts)


def _doubts_of_reading(spot: Spot, is_digits: bool) -> list[Remark]:
    if not spot.sheet.is_scanned:
        return []
    code = "digits_by_machine" if is_digits else "unsure_reading"
    return (
        [remark(code, written=spot.written[:_SHORT])]
        if is_digits or spot.certainty < UNSURE
        else []
    )


def _rounded(confidence: float) -> float:
    return round(max(0.0, min(_SURE, confidence)), 2)
