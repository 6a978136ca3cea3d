"""The staff's search: what somebody may see, and nothing else, not even as a number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from prongsai.disclosures.body import body_text
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.files.models import PageReading
from prongsai.files.queries import text_pages
from prongsai.office.desk import Desk
from prongsai.office.permissions import ROLE_RULES
from prongsai.office.queries import visible_disclosures
from prongsai.organisation.models import Act, Appointment, Post
from prongsai.thai.normalise import normalise
from prongsai.thai.words import segment

LONGEST_QUERY = 200
MOST_BESIDE = 10
AROUND = 60
_WORD = re.compile(r"\w", re.UNICODE)


@dataclass(frozen=True)
class Found:
    """A disclosure, and the words around the first hit in its text, normalised; "" when the title says it."""

    disclosure: Disclosure
    excerpt: str


def words_of(query: str) -> list[str]:
    """Normalised words, Thai ones cut by the dictionary; all of them must be found."""
    pieces = (piece.strip() for piece in segment(normalise(query[:LONGEST_QUERY])))
    return list(dict.fromkeys(piece for piece in pieces if _WORD.search(piece)))


def disclosures_with(words: list[str], desk: Desk) -> QuerySet[Disclosure]:
    """Of those that this desk may see; a hit in the title stands first, then the newest."""
    rows = visible_disclosures(desk)
    in_title = Q()
    for word in words:
        here = Q(title__icontains=word)
        rows = rows.filter(here | Q(number=word) | Q(search_text__text__contains=word))
        in_title &= here
    first = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(place=first).order_by("place", "-changed_at", "-pk")


def found(rows: list[Disclosure], words: list[str]) -> list[Found]:
    texts = dict(
        Disclosure.objects.filter(pk__in=[row.pk for row in rows]).values_list(
            "pk", "search_text__text"
        )
    )
    return [Found(row, _excerpt(texts.get(row.pk) or "", words)) for row in rows]


def _excerpt(text: str, words: list[str]) -> str:
    at = min((place for word in words if (place := text.find(word)) >= 0), default=-1)
    if at < 0:
        return ""
    start = max(0, at - AROUND)
    return " ".join(text[start : at + 2 * AROUND].split())


def people_with(words: list[str], desk: Desk) -> list[Appointment]:
    """Who holds a post today, by name, post or unit: everybody in the office may know."""
    rows = Appointment.objects.held(on=desk.on).filter(person__is_active=True)
    for word in words:
        names = Q(person__first_name__icontains=word) | Q(person__last_name__icontains=word)
        rows = rows.filter(
            names
            | Q(post__title_th__icontains=word)
            | Q(post__title_en__icontains=word)
            | Q(post__unit__name_th__icontains=word)
            | Q(post__unit__name_en__icontains=word)
        )
    rows = rows.select_related("person", "post__unit").prefetch_related("post__roles")
    return list(rows.order_by("post__rank", "post__code")[:MOST_BESIDE])


def vacant_posts_with(words: list[str], desk: Desk) -> list[Post]:
    held = Appointment.objects.held(on=desk.on).values("post")
    rows = Post.objects.exclude(pk__in=held).select_related("unit")
    for word in words:
        titles = Q(title_th__icontains=word) | Q(title_en__icontains=word)
        names = Q(unit__name_th__icontains=word) | Q(unit__name_en__icontains=word)
        rows = rows.filter(titles | names)
    return list(rows[:MOST_BESIDE])


def acts_with(words: list[str], desk: Desk) -> list[Act]:
    """The newest; nothing for those who may not read the trail."""
    if not ROLE_RULES["see_acts"][0] & desk.roles:
        return []
    rows = Act.objects.all()
    for word in words:
        rows = rows.filter(
            Q(actor_name__icontains=word)
            | Q(verb__icontains=word)
            | Q(subject__icontains=word)
            | Q(reason__icontains=word)
        )
    return list(rows.order_by("-id")[:MOST_BESIDE])


def not_in_search() -> QuerySet[Disclosure]:
    """New, changed, or with a page that was read since its words were put in."""
    read = PageReading.objects.filter(
        sha256=OuterRef("file__sha256"),
        finished_at__gt=OuterRef("disclosure__search_text__changed_at"),
    )
    grown = Attachment.objects.present().filter(Exists(read), disclosure=OuterRef("pk"))
    rows = Disclosure.objects.select_related("latest", "unit")
    return rows.filter(
        Q(search_text=None) | Q(search_text__changed_at__lt=F("changed_at")) | Exists(grown)
    ).order_by("pk")


def searchable_text(disclosure: Disclosure) -> str:
    pieces = [disclosure.number, disclosure.unit.name_th, *_content(disclosure)]
    for attachment in disclosure.attachments.present().select_related("file"):
        pieces += [attachment.file.name, attachment.label]
        pieces += [page.text for page in text_pages(attachment.file)]
    return normalise("\n".join(piece for piece in pieces if piece))


def _content(disclosure: Disclosure) -> Iterator[str]:
    content = disclosure.latest.content if disclosure.latest else {}
    for name, value in content.items():
        yield from (body_text(value),) if name == "body" else _texts(value)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, whatever field it stands in."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
