"""`{% load addresses %}` … `{% address "item" number=page.number %}`."""

from typing import Any

from django import template
from django.utils.translation import get_language

from prongsai.record.addresses import public_path

register = template.Library()


@register.simple_tag
def address(address_name: str, /, *, language: str = "", **parts: Any) -> str:
    """A public path in the page's language, or in the one that is named."""
    return public_path(address_name, language or get_language() or "th", **parts)
