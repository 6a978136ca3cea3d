"""Search hits: texts with what matches marked."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from prongsai.discovery.snippets import Piece

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The text, escaped, with `mark` round its matches."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in pieces))


def _marked(piece: Piece) -> str:
    return format_html("<mark>{}</mark>", piece.text) if piece.is_match else piece.text
