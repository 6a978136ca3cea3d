"""Icons, dates as people here read them, and small words that templates need."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from prongsai.approval.states import Verdict
from prongsai.disclosures.states import KindCode, Stage
from prongsai.office.browsers import browser_in_words
from prongsai.office.chapters import address_of, chapter_of
from prongsai.office.icons import PATHS
from prongsai.office.people import FACTORS
from prongsai.office.verbs import ASKED, MACHINES, VERBS
from prongsai.organisation.states import Capacity
from prongsai.record.states import RecallReason
from prongsai.record.templatetags import editions
from prongsai.screening.states import Verdict as FindingVerdict
from prongsai.thai.dates import BANGKOK, buddhist_year, format_datetime, month_name

register = template.Library()
# Rows of a list before the rest goes to a part of its own.
PART = 25


# Paths of the portal; the bytes of a file are the one thing that the office serves under the same path.
PUBLIC_LINK = re.compile(r'(<a\b[^>]*?) href="/(?!files/[0-9a-f]{64}/[^"/]+")[^"]*"')


class PublicLinksOff(template.Node):
    """Links that would lead to nothing in the office stay as words; a link without target takes no focus."""

    def __init__(self, inside: template.NodeList) -> None:
        self.inside = inside

    def render(self, context: template.Context) -> SafeString:
        return mark_safe(PUBLIC_LINK.sub(r"\1", self.inside.render(context)))  # noqa: S308 -- takes away only


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside words, hidden from screen readers."""
    paths = format_html_join("", '<path d="{}"/>', ((path,) for path in PATHS[name]))
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', paths)


register.filter("day", editions.day)
register.filter("file_size", editions.file_size)


@register.filter
def moment(value: datetime | None) -> str:
    """`23 พ.ย. 2569 14.32 น.`, or `23 Nov 2026 14:32`."""
    if value is None:
        return ""
    if get_language() == "en":
        local = value.astimezone(BANGKOK)
        return f"{local.day} {local:%b %Y %H:%M}"
    return format_datetime(value, style="short")


@register.filter
def month(first: date) -> str:
    """`พ.ย. 2569`, or `Nov 2026`."""
    if get_language() == "en":
        return f"{first:%b %Y}"
    return f"{month_name(first.month, short=True)} {buddhist_year(first)}"


@register.filter
def get(mapping: Mapping[str, Any] | str, key: str) -> Any:
    """ "" for what is not there, and where the template was given no mapping at all."""
    return mapping.get(key, "") if isinstance(mapping, Mapping) else ""


@register.simple_tag(takes_context=True)
def same_list(context: Mapping[str, Any], **changes: Any) -> str:
    """This page's query with some values changed: how a pager keeps the filters."""
    request: HttpRequest = context["request"]
    query: QueryDict = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def part_of(context: Mapping[str, Any], rows: Sequence[Any], name: str) -> Page[Any]:
    """The part of one of several lists of a page that its query asks for under the name of the list."""
    request: HttpRequest = context["request"]
    return Paginator(rows, PART).get_page(request.GET.get(name))


@register.simple_tag(takes_context=True)
def other_part(context: Mapping[str, Any], name: str, number: int) -> str:
    """The same page with another part of that list; the others stay where they are."""
    return f"{same_list(context, **{name: number})}#{name}"


@register.tag
def without_public_links(
    parser: template.base.Parser, _token: template.base.Token
) -> PublicLinksOff:
    """`{% without_public_links %}…{% endwithout_public_links %}`: for the portal's templates shown in here."""
    inside = parser.parse(("endwithout_public_links",))
    parser.delete_first_token()
    return PublicLinksOff(inside)


@register.simple_tag(takes_context=True)
def help_address(context: Mapping[str, Any]) -> str:
    """The chapter of the guides that speaks of this screen."""
    match = context["request"].resolver_match if "request" in context else None
    if match is None:
        return reverse("help")
    return address_of(chapter_of(match.url_name or "", match.func))


@register.simple_tag
def today() -> date:
    return timezone.localdate()


@register.filter
def verb_in_words(verb: str) -> str:
    """An act's verb in the reader's language; a verb that is not in the table stands as it is."""
    return str(VERBS.get(verb, verb))


@register.filter
def asked_in_words(action: str) -> str:
    """What a submission asks for, in the reader's language."""
    return str(ASKED[action])


@register.filter
def acting(name: str) -> str:
    """A person's name as it is; a machine's in the reader's language."""
    return str(MACHINES.get(name, name))


@register.filter
def any_in(options: Iterable[tuple[str, str]], chosen: Collection[str]) -> bool:
    """Whether one of a group's options is chosen, so that the group stands open."""
    return any(value in chosen for value, _label in options)


@register.filter
def recall_reason_in_words(code: str) -> str:
    return str(RecallReason(code).label) if code in RecallReason.values else code


@register.filter
def verdict_in_words(code: str) -> str:
    """A verdict of an approver or of a screener; another stands as it is."""
    known = dict(Verdict.choices) | dict(FindingVerdict.choices)
    return str(known.get(code, code))


@register.filter
def factor_in_words(code: str) -> str:
    return str(FACTORS.get(code, code))


register.filter("browser_in_words", browser_in_words)


@register.filter
def capacity_in_words(code: str) -> str:
    """How a post is held, as papers say it: Thai whatever the language of the screen."""
    with translation.override("th"):
        return str(Capacity(code).label) if code in Capacity.values else code


@register.filter
def kinds_in_words(codes: Iterable[str]) -> str:
    return ", ".join(str(KindCode(code).label) for code in codes if code in KindCode.values)


@register.filter
def stage_in_words(code: str) -> str:
    return str(Stage(code).label) if code in Stage.values else code


@register.filter
def subject_address(subject: str) -> str:
    """Where an act's subject is read in the office; "" for what has no page of its own."""
    kind, _colon, key = subject.partition(":")
    if kind == "chain":
        return reverse("chain", kwargs={"code": key.partition("/")[0]})
    names = {"disclosure": "work", "submission": "decide", "notice": "notice"}
    return reverse(names[kind], kwargs={"ref": key}) if kind in names else ""
