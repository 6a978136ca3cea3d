"""One look into a file: may it come in, and what does it say. Asked for in a process of its own (`examination`)."""

from collections.abc import Callable
from pathlib import Path

from prongsai.files import html_text, images, office_text, pdf_pages, pdfs, rules, sniffing
from prongsai.files.hidden_marks import free_of_marks, marked, without_marks
from prongsai.files.refusals import Refused
from prongsai.files.rules import PageText, Read
from prongsai.thai.normalise import display_text


def read(path: Path, name: str) -> Read:
    """Looks at, cleans and reads the file at `path`, which may be rewritten. Raises `Refused`."""
    media_type = sniffing.media_type_of(path, name)
    return _READERS[media_type](path, media_type)


def look_only(path: Path, name: str) -> Read:
    """Whether a PDF may come in, without asking what it says: for copies whose words are known. Raises `Refused`."""
    return Read(sniffing.media_type_of(path, name), (), pdfs.check(path))


def _pdf(path: Path, media_type: str) -> Read:
    pages = pdfs.check(path)
    return Read(media_type, tuple(pdf_pages.read_pages(path)), pages)


def _office(path: Path, media_type: str) -> Read:
    return Read(media_type, tuple(office_text.read_office(path, media_type)))


def _text(path: Path, media_type: str) -> Read:
    """The encoding is part of the media type when it is not UTF-8, so that browsers show it right."""
    text, encoding = sniffing.decoded(path.read_bytes())
    if len(text) > rules.MAX_TEXT:
        raise Refused("too_much_text")
    return Read(_stated(media_type, encoding), (PageText(1, display_text(text)),))


def _stated(media_type: str, encoding: str) -> str:
    return media_type if encoding == "utf-8" else f"{media_type}; charset={encoding}"


def _html(path: Path, media_type: str) -> Read:
    text, encoding = sniffing.decoded(path.read_bytes())
    if len(text) > rules.MAX_TEXT:
        raise Refused("too_much_text")
    shown, besides = html_text.read_html(text, encoding)
    parts = (free_of_marks(shown), marked(free_of_marks(besides), "properties"))
    said, hidden = without_marks(display_text("\n".join(filter(None, parts))))
    return Read(_stated(media_type, encoding), (PageText(1, said, hidden=hidden),))


def _image(path: Path, media_type: str) -> Read:
    taken_out = images.redraw(path, media_type)
    return Read(media_type, (PageText(1, "", "none"),), 1, taken_out)


_READERS: dict[str, Callable[[Path, str], Read]] = {
    rules.PDF: _pdf,
    **dict.fromkeys(rules.OFFICE_FORMATS, _office),
    **dict.fromkeys((rules.CSV, rules.TXT), _text),
    rules.HTML: _html,
    **dict.fromkeys(rules.IMAGES, _image),
}
