"""The frame of every page, which differs by language and place only, is made once per process."""

from functools import cache

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from prongsai.portal.context import frame_site

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: RequestContext, part: str) -> SafeString:
    """`portal/parts/<part>.html` with `site` and `here`."""
    return _made(part, get_language() or "th", context.get("here", ""))


@cache
def _made(part: str, language: str, here: str) -> SafeString:
    return render_to_string(
        f"portal/parts/{part}.html", {"site": frame_site(language), "here": here}
    )
