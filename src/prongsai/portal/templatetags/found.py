"""Search hits: texts with what matches marked."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from prongsai.discovery.snippets import Piece
from prongsai.portal.reading import text_path

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The text, escaped, with `mark` round its matches."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in pieces))


def _marked(piece: Piece) -> str:
    return format_html("<mark>{}</mark>", piece.text) if piece.is_match else piece.text


@register.simple_tag
def text_address(sha256: str, name: str, number: int | None) -> str:
    """Where the page of a file's text is read that a passage was found on."""
    return text_path(sha256, name, number, get_language() or "th")
