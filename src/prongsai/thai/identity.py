"""The thirteen digits of a Thai national ID or juristic tax number."""

import re

from prongsai.thai.normalise import normalise

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212\uff0d_/]")


def national_id_digits(text: str) -> str:
    """The digits in Arabic without separators, or nothing when other signs stand among them."""
    if text.isascii() and text.isdecimal():
        return text
    digits = _SEPARATORS.sub("", normalise(text))
    return digits if re.fullmatch(r"[0-9]+", digits) else ""


def is_national_id(text: str) -> bool:
    """Thirteen digits whose last is right for the others. One random number in ten passes too."""
    digits = national_id_digits(text)
    return len(digits) == 13 and int(digits[12]) == _check_digit(digits[:12])


def _check_digit(twelve: str) -> int:
    # Weights 13 down to 2, remainder by 11, as the Department of Provincial Administration has it.
    total = sum(weight * int(digit) for weight, digit in zip(range(13, 1, -1), twelve, strict=True))
    return (11 - total % 11) % 10
