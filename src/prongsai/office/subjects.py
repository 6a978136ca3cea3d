"""What acts were about, in words and with the way there, instead of keys."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from prongsai.approval.models import Submission
from prongsai.disclosures.models import Section
from prongsai.files.models import StoredFile
from prongsai.intake.models import Arrival, Batch
from prongsai.office.desk import Desk
from prongsai.office.permissions import OVERSEERS
from prongsai.office.queries import visible_disclosures
from prongsai.organisation.models import Act, Person, Post
from prongsai.thai.normalise import normalise


@dataclass(frozen=True)
class Subject:
    """`address` is empty for what has no page of its own."""

    label: str
    address: str = ""


def subjects_of(acts: Iterable[Act], desk: Desk) -> dict[str, Subject]:
    """By the key that acts carry; one question for each kind of subject, however many acts there are.

    An administrator reads the trail but not the works: of what the desk may not see, only the key is shown.
    """
    finders = FINDERS if desk.roles & OVERSEERS else FINDERS_FOR_ALL
    keys: dict[str, set[str]] = defaultdict(set)
    for act in acts:
        kind, _colon, key = act.subject.partition(":")
        keys[kind].add(key)
    return {
        f"{kind}:{key}": subject
        for kind, wanted in keys.items()
        if kind in finders
        for key, subject in finders[kind](wanted, desk).items()
    }


def _uuids(keys: Iterable[str]) -> list[UUID]:
    """What a trail of earlier versions may hold under the same kind is left out."""
    return [UUID(key) for key in keys if len(key) == 36]


def _disclosures(keys: set[str], desk: Desk) -> dict[str, Subject]:
    rows = visible_disclosures(desk).filter(ref__in=_uuids(keys))
    return {str(row.ref): Subject(str(row), reverse("work", args=[row.ref])) for row in rows}


def _submissions(keys: set[str], desk: Desk) -> dict[str, Subject]:
    seen = visible_disclosures(desk).values("pk")
    rows = Submission.objects.filter(ref__in=_uuids(keys), disclosure__in=seen)
    rows = rows.select_related("disclosure")
    return {
        str(row.ref): Subject(str(row.disclosure), reverse("decide", args=[row.ref]))
        for row in rows
    }


def _files(keys: set[str], _desk: Desk) -> dict[str, Subject]:
    rows = StoredFile.objects.filter(pk__in=_uuids(keys))
    return {str(row.pk): Subject(row.name, reverse("file", args=[row.pk])) for row in rows}


def _batches(keys: set[str], _desk: Desk) -> dict[str, Subject]:
    rows = Batch.objects.filter(ref__in=_uuids(keys)).select_related("unit")
    return {str(row.ref): Subject(row.unit.name, reverse("batch", args=[row.ref])) for row in rows}


def _arrivals(keys: set[str], _desk: Desk) -> dict[str, Subject]:
    rows = Arrival.objects.filter(ref__in=_uuids(keys)).select_related("file", "batch")
    return {
        str(row.ref): Subject(row.file.name, reverse("batch", args=[row.batch.ref])) for row in rows
    }


def _posts(keys: set[str], _desk: Desk) -> dict[str, Subject]:
    rows = Post.objects.filter(code__in=keys)
    return {row.code: Subject(row.title, reverse("organisation")) for row in rows}


def _sections(keys: set[str], _desk: Desk) -> dict[str, Subject]:
    rows = Section.objects.filter(slug__in=keys)
    return {row.slug: Subject(row.title, reverse("section", args=[row.slug])) for row in rows}


def _people(keys: set[str], _desk: Desk) -> dict[str, Subject]:
    rows = Person.objects.filter(username__in=keys)
    return {
        row.username: Subject(row.full_name, reverse("person", args=[row.username])) for row in rows
    }


Finder = Callable[[set[str], Desk], dict[str, Subject]]
FINDERS_FOR_ALL: Mapping[str, Finder] = {
    "disclosure": _disclosures,
    "submission": _submissions,
    "post": _posts,
    "section": _sections,
    "person": _people,
}
FINDERS: Mapping[str, Finder] = {
    **FINDERS_FOR_ALL,
    "file": _files,
    "batch": _batches,
    "arrival": _arrivals,
}


def about(acts: QuerySet[Act], words: str, desk: Desk) -> QuerySet[Act]:
    """Acts whose subject has these words in its title, this number, or this key."""
    works = visible_disclosures(desk)
    for word in normalise(words).split():
        works = works.filter(Q(title__icontains=word) | Q(number=word))
    refs = works.values_list("ref", flat=True)
    sent = Submission.objects.filter(disclosure__in=works.values("pk")).values_list(
        "ref", flat=True
    )
    keys = [*(f"disclosure:{ref}" for ref in refs), *(f"submission:{ref}" for ref in sent)]
    return acts.filter(Q(subject__in=keys) | Q(subject__icontains=words.strip()))
