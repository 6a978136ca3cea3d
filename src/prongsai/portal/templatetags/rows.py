"""Rows of lists, made once for each edition (`fragments`)."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from prongsai.portal.fragments import Fragments
from prongsai.record.models import Item

register = template.Library()
fragments = Fragments()


@register.simple_tag
def rows(items: Iterable[Item], form: str) -> SafeString:
    """Items as `portal/parts/row_<form>.html` shows them: `full`, with the summary, or `short`."""
    language = get_language() or "th"
    return SafeString("".join(_row(each, form, language) for each in items))


def _row(item: Item, form: str, language: str) -> SafeString:
    return fragments.get(
        (form, language, item.edition_hash),
        lambda: render_to_string(f"portal/parts/row_{form}.html", {"row": item}),
    )
