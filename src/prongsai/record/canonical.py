"""One text for one document: RFC 8785, so that a hash means the same to everybody."""

import json
from typing import Any

import rfc8785


class NotCanonical(ValueError):
    """The document holds what canonical JSON cannot say: not-a-number, huge integers, broken text."""


def canonical_json(document: Any) -> str:
    """The document as canonical JSON. Raises NotCanonical."""
    try:
        return rfc8785.dumps(document).decode("utf-8")
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise NotCanonical(str(error)) from error


def is_canonical(text: str) -> bool:
    """Whether this text is what `canonical_json` would write for what it says."""
    try:
        return canonical_json(json.loads(text)) == text
    # A forged edition may be nested deeper than Python's stack: a finding, not a crash.
    except (ValueError, RecursionError):
        return False
