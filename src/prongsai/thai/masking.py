"""Numbers of persons leave no trace in rows that are no content: proposals, and what acts remember of them."""

import re

HIDDEN = "•"
# A number of a person, a telephone or an account that stands beside what is proposed; dates are shorter.
_LONG_NUMBER = re.compile(r"\d(?:[ ._\-–]?\d){8,}")
# In what becomes content only what is a person's: a company's number begins with 0, a project's is shorter.
_PERSONS_NUMBER = re.compile(
    r"(?<!\d)(?:[1-8๑-๘](?:[ ._\-–]?\d){12}|[0๐][ ._\-–]?[689๖๘๙](?:[ ._\-–]?\d){8})(?![ ._\-–]?\d)"
)
_REST = re.compile(rf"{HIDDEN}(?:[ ._\-–]?{HIDDEN}){{4,}}")


def mask_long_numbers(text: str) -> str:
    """As long as before; for what only has to be found again on the page."""
    return _LONG_NUMBER.sub(_hidden, text)


def mask_persons_numbers(text: str) -> str:
    """As long as before; thirteen digits of a person, or a mobile telephone."""
    return _PERSONS_NUMBER.sub(_hidden, text)


def is_masked(text: str) -> bool:
    """Whether something is hidden in it, so that nobody takes it for content."""
    return bool(_REST.search(text))


def _hidden(found: re.Match[str]) -> str:
    return re.sub(r"\d", HIDDEN, found[0])
