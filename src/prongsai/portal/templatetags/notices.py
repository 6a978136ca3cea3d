"""The banner of every page, and words for what a notice says in codes."""

from django import template
from django.utils.translation import get_language

from prongsai.notices.public import PublicNotice
from prongsai.portal.notices import CAUSES, KINDS, SEVERITIES, live_notices

register = template.Library()


@register.simple_tag
def notices_now() -> tuple[PublicNotice, ...]:
    return live_notices()


@register.filter
def own_headline(notice: PublicNotice) -> str:
    """In the reader's language where there is one."""
    return (notice.text.headline_en if _is_english() else "") or notice.text.headline


@register.filter
def own_to_do(notice: PublicNotice) -> str:
    return (notice.text.to_do_en if _is_english() else "") or notice.text.to_do


@register.filter
def headline_language(notice: PublicNotice) -> str:
    return "en" if _is_english() and notice.text.headline_en else "th"


@register.filter
def to_do_language(notice: PublicNotice) -> str:
    return "en" if _is_english() and notice.text.to_do_en else "th"


@register.filter
def severity_in_words(code: str) -> str:
    return str(SEVERITIES.get(code, code))


@register.filter
def cause_in_words(code: str) -> str:
    return str(CAUSES.get(code, code))


@register.filter
def message_in_words(code: str) -> str:
    return str(KINDS.get(code, code))


def _is_english() -> bool:
    return get_language() == "en"
