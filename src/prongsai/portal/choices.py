"""What lists and search can be filtered by, in the reader's words."""

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prongsai.portal.context import section_links
from prongsai.portal.filters import Choice, Filters
from prongsai.portal.units import named_with_former
from prongsai.record import queries
from prongsai.record.templatetags.editions import kind_label


@lru_cache(maxsize=64)
def facets_at(head: int, section: str | None) -> queries.Facets:
    """What the record with that head can be filtered by."""
    return queries.facets(section)


def filters_of(query: Mapping[str, str], *, section: str | None = None) -> Filters:
    """The selects of a section's list, with what the query has chosen."""
    facets = facets_at(queries.head(), section)
    is_english = get_language() == "en"
    years = tuple((str(year), str(year)) for year in facets.years)
    units = tuple(
        (code, (en if is_english and en else th))
        for code, th, en in named_with_former(facets.units)
    )
    kinds = tuple((kind, kind_label(kind)) for kind in facets.kinds)
    table = (
        ("year", _("ปีงบประมาณ"), years),
        ("unit", _("หน่วยงาน"), units),
        ("kind", _("ประเภท"), kinds),
    )
    return Filters(tuple(_choice(query, *line) for line in table))


def search_filters_of(query: Mapping[str, str]) -> Filters:
    """The same for search, and the section besides."""
    sections = tuple((each.slug, each.title) for each in section_links(get_language() or "th"))
    choice = _choice(query, "section", _("หมวด"), sections)
    return Filters((choice, *filters_of(query).choices), kept={"q": query.get("q", "")})


def _choice(
    query: Mapping[str, str], name: str, label: str, options: tuple[tuple[str, str], ...]
) -> Choice:
    """A value that is not among the options is kept: the list is then honestly empty."""
    value = query.get(name, "")
    is_offered = not value or any(value == each for each, _label in options)
    return Choice(name, label, options if is_offered else ((value, value), *options), value)
