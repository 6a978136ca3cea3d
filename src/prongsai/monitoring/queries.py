"""What the record holds for duties, and what that comes to."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from django.utils.timezone import localdate

from prongsai.discovery.texts import bare_texts, own_texts
from prongsai.monitoring.evidence import Evidence, FileSeen
from prongsai.monitoring.models import Charge
from prongsai.monitoring.periods import Part, basis_year, parts
from prongsai.monitoring.rules import Asked, Statement, Verdict, together, verdict
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import instruments, obligations
from prongsai.obligations.results import Result
from prongsai.obligations.states import RETURNS_YEARLY
from prongsai.organisation.models import Post
from prongsai.record.models import Binding, Edition, FileText, Item
from prongsai.record.rules import text_at
from prongsai.record.states import ItemState
from prongsai.thai.dates import fiscal_year
from prongsai.thai.normalise import normalise
from prongsai.thai.periods import stretch

# Of what is kept current or comes with events the newest show whether it is kept up.
MOST_LOOKED_AT = 40
# A month's duty may have dozens of papers a year, and each must be read for its month.
MOST_IN_A_YEAR = 400
# Text enough to find any component; a plan of 900 pages is not read whole each night.
LONGEST_TEXT = 400_000
_FORMATS = {".htm": "html", ".jpeg": "jpg"}
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Watch:
    """The duties that are looked at for one fiscal year (Buddhist era)."""

    year: int
    duties: tuple[Obligation, ...]


def watched(*, on: date) -> list[Watch]:
    """Standing duties for the present fiscal year; yearly lists for their own: those of this year and the last one,
    and the newest of all while none of them is there.
    """
    this = fiscal_year(on)
    lists = sorted({each.assessment_year for each in instruments() if each.assessment_year})
    past = [year for year in lists if year <= this]
    recent = {year for year in lists if this - 1 <= year <= this + 1} | set(past[-1:])
    standing = tuple(each for each in obligations() if each.instrument.assessment_year is None)
    yearly = [
        Watch(
            year,
            tuple(each for each in obligations() if each.instrument.assessment_year == year),
        )
        for year in sorted(recent)
    ]
    return [Watch(this, standing), *yearly]


@dataclass(frozen=True)
class Owner:
    """The post that answers for a duty, in both languages; empty where nobody is named."""

    code: str = ""
    title_th: str = ""
    title_en: str = ""
    unit_code: str = ""


@dataclass(frozen=True)
class Looked:
    """One duty of one year with what each of its periods came to."""

    obligation: Obligation
    year: int
    owner: Owner
    found: tuple[tuple[Part, Verdict], ...]

    @cached_property
    def result(self) -> Result:
        return together([each.result for _part, each in self.found])

    @cached_property
    def due_date(self) -> date | None:
        """The earliest that is still owed or still to come."""
        open_ = [part.due_date for part, each in self.found if each.result not in _DONE]
        return min((day for day in open_ if day), default=None)


_DONE = frozenset({Result.MET, Result.NOT_APPLICABLE})


def coverage(
    duties: Iterable[Obligation], *, year: int, on: date, holidays: Collection[date]
) -> list[Looked]:
    """What the duties come to when they must be shown in the fiscal year `year`, with what is public now."""
    wanted = list(duties)
    source = Bound(wanted)
    owners = owners_of(wanted)
    return [
        Looked(
            obligation=each,
            year=year,
            owner=owners[each.key],
            found=tuple(_found(each, year, on, holidays, source)),
        )
        for each in wanted
    ]


def _found(
    duty: Obligation, year: int, on: date, holidays: Collection[date], source: "Bound"
) -> Iterable[tuple[Part, Verdict]]:
    bound = source.evidence(duty, year)
    for part in parts(duty, year, holidays):
        asked = Asked(duty, year, part, on)
        yield part, verdict(asked, bound, source.said(duty, part))


def owners_of(duties: Sequence[Obligation]) -> dict[str, Owner]:
    """By key of the duty: whom the municipality charged with the topic, else the post that the catalogue names."""
    charged = {row.topic: row.post_id for row in Charge.objects.all()}
    posts = {
        key: Owner(post.code, post.title_th, post.title_en, post.unit.code)
        for post in Post.objects.select_related("unit")
        for key in (post.pk, post.code)
    }
    nobody = Owner()
    return {each.key: posts.get(charged.get(each.topic, each.owner), nobody) for each in duties}


def keys_that_count(duty: Obligation) -> frozenset[str]:
    """Its own key, and those of other instruments that ask for the same topic: binding once is enough.

    Within one instrument keys stay apart, because it asks for both.
    """
    topics = {duty.topic, *duty.also_topics}
    others = {
        each.key
        for each in obligations()
        if each.topic in topics and each.instrument.key != duty.instrument.key
    }
    return frozenset({duty.key, *others})


class Bound:
    """What is bound to some duties. Each edition is read once, however many duties it answers."""

    def __init__(self, duties: Iterable[Obligation]) -> None:
        self._keys = {duty.key: keys_that_count(duty) for duty in duties}
        wanted = frozenset().union(*self._keys.values())
        self._numbers: dict[str, list[str]] = {}
        for key, number in Binding.objects.filter(obligation_key__in=wanted).values_list(
            "obligation_key", "number"
        ):
            self._numbers.setdefault(key, []).append(number)
        self._read: dict[str, Evidence] = {}

    def evidence(self, duty: Obligation, year: int) -> tuple[Evidence, ...]:
        """The newest first."""
        numbers = {number for key in self._keys[duty.key] for number in self._numbers.get(key, ())}
        items = Item.objects.filter(number__in=numbers, state=ItemState.CURRENT)
        items = items.order_by("-major_updated_at", "-number")
        most = MOST_LOOKED_AT
        if duty.period in RETURNS_YEARLY:
            # Those of other years are only named, by the newest of them.
            basis = basis_year(duty, year)
            own = list(items.filter(fiscal_year=basis)[:MOST_IN_A_YEAR])
            chosen = own or list(items[:most])
        else:
            chosen = list(items[:most])
        return tuple(self._evidence(chosen))

    def said(self, duty: Obligation, part: Part) -> tuple[Statement, ...]:
        return ()

    def _evidence(self, items: Sequence[Item]) -> Iterable[Evidence]:
        new = [each for each in items if each.number not in self._read]
        self._read |= read_evidence(new)
        return [self._read[each.number] for each in items if each.number in self._read]


def read_evidence(items: Sequence[Item]) -> dict[str, Evidence]:
    """What a citizen gets of these items, by number; one whose edition is erased is left out."""
    texts = dict(
        Edition.objects.filter(
            hash__in=[each.edition_hash for each in items], canonical__isnull=False
        ).values_list("hash", "canonical")
    )
    documents = {
        each.number: json.loads(text) for each in items if (text := texts.get(each.edition_hash))
    }
    hashes = {
        file["sha256"] for document in documents.values() for file in document.get("files", ())
    }
    pages = dict(FileText.objects.filter(sha256__in=hashes).values_list("sha256", "pages"))
    return {
        each.number: _evidence(each, documents[each.number], pages)
        for each in items
        if each.number in documents
    }


def _evidence(item: Item, document: Document, pages: Mapping[str, Any]) -> Evidence:
    official = document.get("official") or {}
    files = document.get("files", ())
    title = normalise(item.title)
    return Evidence(
        number=item.number,
        version=item.version,
        title=title,
        text=_text(document, title, [pages.get(file["sha256"]) or () for file in files]),
        published_date=localdate(item.first_published_at),
        reviewed_date=localdate(item.major_updated_at),
        fiscal_year=item.fiscal_year,
        stretch=_stretch(document, item),
        review_date=_day(document.get("review_date")),
        as_of_date=_day(document.get("as_of_date")),
        typed_date=_day(official.get("typed_date")),
        signed_date=_day(official.get("signed_date")),
        in_force_date=_day(official.get("in_force_date")),
        has_signatory=bool(official.get("signatories")),
        files=tuple(_file(file, pages.get(file["sha256"]) or ()) for file in files),
    )


def _text(document: Document, title: str, read: Sequence[Sequence[Document]]) -> str:
    """As long as is needed to find what is looked for, and no longer."""
    own = [title, *own_texts(document), *bare_texts(document)]
    words = "\n".join([*own, *(text_at(page, "text") for pages in read for page in pages)])
    return normalise(words[:LONGEST_TEXT])


def _stretch(document: Document, item: Item) -> Any:
    """The period that was filled in; else the one that the title names."""
    year = item.fiscal_year
    return stretch(text_at(document, "period"), fiscal_year=year) or stretch(
        item.title, fiscal_year=year
    )


def _file(file: Document, pages: Sequence[Document]) -> FileSeen:
    """Pages that a machine read count as text only when somebody has compared them: `text_sha256` names that text."""
    ending = PurePosixPath(file["name"]).suffix.lower()
    has_text = bool(file.get("text_sha256")) or any(
        page.get("source") == "text" and str(page.get("text") or "").strip() for page in pages
    )
    return FileSeen(
        name=file["name"],
        format=_FORMATS.get(ending, ending.removeprefix(".")),
        has_text=has_text or not pages,
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
