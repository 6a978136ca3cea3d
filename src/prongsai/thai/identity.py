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


def is_of_a_person(digits: str) -> bool:
    """Of thirteen digits. Juristic persons and agencies begin with 0, and so do people without civil registration.

    Those have 0-xxxx-89xxx-xx-x (from memory of the registrar's scheme); a firm that was registered in 2489 has the
    same two digits there, and is taken for one of them: better so than the other way round.
    """
    return not digits.startswith("0") or digits[5:7] == "89"


def _check_digit(twelve: str) -> int:
    # Weights 13 down to 2, remainder by 11, as the Department of Provincial Administration has it.
    total = sum(weight * int(digit) for weight, digit in zip(range(13, 1, -1), twelve, strict=True))
    return (11 - total % 11) % 10
