"""What every page's frame shows: who runs the site, in which language, and the same page in the other one."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from prongsai.record.sections import sections

ENGLISH = "en"
PREFIX = "/en"


@dataclass(frozen=True)
class SectionLink:
    """A top section in the page's language."""

    slug: str
    title: str
    lead: str


@dataclass(frozen=True, slots=True)
class Site:
    """The frame's texts. `thai_path` is empty where the page has no twin in the other language; `query` is what
    the page was narrowed to, which its twin is as well.
    """

    language: str
    second_language: str
    name: str
    second_name: str
    address: str
    phone: str
    phone_digits: str
    email: str
    origin: str
    sections: tuple[SectionLink, ...]
    own_path: str = ""
    thai_path: str = ""
    english_path: str = ""
    query: str = ""

    @property
    def page_url(self) -> str:
        return self.origin + self.own_path


def site(request: HttpRequest) -> dict[str, Site]:
    # As far as pages of that address know it: nothing else reaches a page that is kept.
    return {"site": replace(site_for(request.path), query=request.META.get("QUERY_STRING", ""))}


def site_for(path: str) -> Site:
    """Only the path decides about language: no cookie, no header, so that a page is the same for all."""
    language = language_of(path)
    thai = path.removeprefix(PREFIX) if language == ENGLISH else path
    return replace(
        frame_site(language),
        own_path=path,
        thai_path=thai or "/",
        english_path=PREFIX + thai,
    )


@cache
def frame_site(language: str) -> Site:
    """The site as the parts see it that are the same on every page."""
    return Site(**_frame(language))


def language_of(path: str) -> str:
    return ENGLISH if path == PREFIX or path.startswith(f"{PREFIX}/") else settings.LANGUAGE_CODE


def section_links(language: str) -> tuple[SectionLink, ...]:
    return tuple(
        SectionLink(each.slug, each.title(language), each.lead(language)) for each in sections()
    )


@cache
def _frame(language: str) -> dict[str, Any]:
    second = settings.LANGUAGE_CODE if language == ENGLISH else ENGLISH
    about = settings.MUNICIPALITY
    return {
        "language": language,
        "second_language": second,
        "name": about[f"name_{language}"],
        "second_name": about[f"name_{second}"],
        "address": about[f"address_{language}"],
        "phone": about["phone"],
        "phone_digits": "".join(filter(str.isdigit, about["phone"])),
        "email": about["email"],
        "origin": settings.PORTAL_URL,
        "sections": section_links(language),
    }
