"""What a reader finds in a paper: its text as our own reader of files extracts it, wherever lines break."""

from collections.abc import Callable

import pypdfium2
import pytest

from prongsai.letters.documents import Letter
from prongsai.letters.render import render
from prongsai.thai.digits import to_thai


class Said:
    """The words of a paper; digits of both kinds are alike, and so are spaces and line breaks."""

    def __init__(self, pdf: bytes) -> None:
        with pypdfium2.PdfDocument(pdf) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        self.text = _solid("".join(pages))
        self.pages = len(pages)

    def __contains__(self, part: str) -> bool:
        return _solid(part) in self.text

    def __repr__(self) -> str:
        return self.text

    def count(self, part: str) -> int:
        return self.text.count(_solid(part))


def _solid(text: str) -> str:
    return to_thai("".join(text.replace("\ufffe", "-").replace("\u200b", "").split()))


@pytest.fixture
def read() -> Callable[[Letter], Said]:
    return lambda letter: Said(render(letter))
