"""The view-model of an edition: what the portal's item template shows, and the office's preview of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import nh3
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe

from prongsai.record.addresses import public_path
from prongsai.record.rules import text_at
from prongsai.record.states import Action, ItemState, Says, Significance, extent_label
from prongsai.record.tables import PublicTable, public_table

T = TypeVar("T")
# What an edition may show was decided when it was written; this is the second lock on the same door.
_ATTRIBUTES = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    # No class and no id: what an edition says must not be able to look like the page around it.
    "*": {"lang", "dir", "title"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True)
class SectionName:
    top: str
    slug: str
    title_th: str
    title_en: str


@dataclass(frozen=True)
class UnitContact:
    code: str
    name_th: str
    name_en: str
    phone: str
    email: str


@dataclass(frozen=True)
class Signatory:
    name: str
    post: str
    acting: str


@dataclass(frozen=True)
class OfficialDocument:
    """Where and when the document was made, as its own head and foot say."""

    number: str
    typed_date: date | None
    signed_date: date | None
    in_force_date: date | None
    signatories: tuple[Signatory, ...]

    def __bool__(self) -> bool:
        days = (self.typed_date, self.signed_date, self.in_force_date)
        return bool(self.number or any(days) or self.signatories)


@dataclass(frozen=True)
class Detail:
    """A field that only this kind has; `value` is a date or number where `type` says so."""

    key: str
    label_th: str
    label_en: str
    type: str
    value: Any
    value_en: str = ""


@dataclass(frozen=True)
class PageFile:
    slot: str
    label: str
    name: str
    media_type: str
    size: int
    pages: int | None
    sha256: str
    purpose: str

    @property
    def path(self) -> str:
        """For ever these bytes."""
        return public_path("file", sha256=self.sha256, name=self.name)


@dataclass(frozen=True)
class WithheldPart:
    """What the reader does not see, why, by which post's order, and what may be done against that."""

    extent: str
    part: str
    law_th: str
    law_en: str
    label_th: str
    label_en: str
    reason: str
    post: str
    acting: str
    decided_date: date | None
    review_date: date | None
    appeal_th: str
    appeal_en: str

    @property
    def extent_label(self) -> str:
        return extent_label(self.extent)


@dataclass(frozen=True)
class Decision:
    """Who agreed: the post, by which order if acting, and when. Never a person's name."""

    post: str
    acting: str
    at: datetime | None


@dataclass(frozen=True)
class UpdateNote:
    """One line of an item's history: an edition, or an act about it, with the words for the reader."""

    seq: int
    at: datetime
    action: str
    version: int
    significance: str
    note: str

    @property
    def action_label(self) -> str:
        return str(Action(self.action).label)


@dataclass(frozen=True)
class PublicStatement:
    """What is said instead of content; `about_number` names what was reviewed, in its `about_version`."""

    says: str
    about_number: str
    about_version: int | None

    @property
    def says_label(self) -> str:
        """A word that a later version knows speaks for itself."""
        return str(Says(self.says).label) if self.says in Says.values else self.says


@dataclass(frozen=True)
class Review:
    """When a statement, by its number, said of a version that it was looked at and nothing has changed."""

    at: datetime
    number: str
    version: int


@dataclass(frozen=True)
class Place:
    """Where an edition stands in the record; all empty in a preview."""

    number: str = ""
    version: int = 1
    current_version: int = 1
    state: ItemState = ItemState.CURRENT
    redirect_number: str = ""
    first_published_at: datetime | None = None
    updated_at: datetime | None = None
    seq: int | None = None
    leaf_hash: str = ""
    edition_hash: str = ""
    history: tuple[UpdateNote, ...] = ()
    bundle: str = ""
    review: Review | None = None


@dataclass(frozen=True)
class EditionPage:
    """Everything that the page of an item says. Texts are as written; dates are dates."""

    place: Place
    kind: str
    language: str
    title: str
    title_en: str
    summary: str
    body: SafeString
    section: SectionName
    unit: UnitContact
    official: OfficialDocument
    fiscal_year: int | None
    period: str
    source: str
    as_of_date: date | None
    details: tuple[Detail, ...]
    files: tuple[PageFile, ...]
    obligations: tuple[str, ...]
    withheld: tuple[WithheldPart, ...]
    table: PublicTable | None
    statement: PublicStatement | None
    significance: str
    change_note: str
    review_date: date | None
    expires_date: date | None
    published_at: datetime | None
    decided: tuple[Decision, ...]
    document: Mapping[str, Any] = field(repr=False)

    @property
    def number(self) -> str:
        return self.place.number

    @property
    def version(self) -> int:
        return self.place.version

    @property
    def is_latest_version(self) -> bool:
        return self.place.version == self.place.current_version

    @property
    def state(self) -> ItemState:
        return self.place.state

    @property
    def is_in_use(self) -> bool:
        return self.place.state == ItemState.CURRENT

    @property
    def history(self) -> tuple[UpdateNote, ...]:
        """Newest first."""
        return self.place.history

    @cached_property
    def notice(self) -> UpdateNote | None:
        """The act that took the item out of use, with its explanation."""
        return None if self.is_in_use else next(iter(self.history), None)


def edition_page(document: Mapping[str, Any], place: Place | None = None) -> EditionPage:
    """The page of a document of the edition schema. Without a place it is a preview."""
    texts = {name: text_at(document, name) for name in ("kind", "title", "title_en", "summary")}
    # Missing parts are empty: an office preview shows content that is not finished.
    return EditionPage(
        place=place or Place(),
        **texts,
        language=text_at(document, "language") or "th",
        body=safe_body(text_at(document, "body")),
        section=_named(SectionName, document.get("section")),
        unit=_named(UnitContact, document.get("unit")),
        official=_official(document.get("official") or {}),
        fiscal_year=document.get("fiscal_year"),
        period=text_at(document, "period"),
        source=text_at(document, "source"),
        as_of_date=_day(document.get("as_of_date")),
        details=_all(_detail, document, "details"),
        files=_all(_file, document, "files"),
        obligations=_all(str, document, "obligations"),
        withheld=_all(_withheld, document, "withheld"),
        table=public_table(document.get("table")),
        statement=_statement(document.get("statement")),
        significance=text_at(document, "change.significance") or Significance.MAJOR.value,
        change_note=text_at(document, "change.note"),
        review_date=_day(document.get("review_date")),
        expires_date=_day(document.get("expires_date")),
        published_at=_moment(document.get("published_at")),
        decided=decisions(document),
        document=document,
    )


def safe_body(html: str) -> SafeString:
    """Cleaned once more at the moment of showing: no script, style, frame, form or handler."""
    clean = nh3.clean(
        html,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return mark_safe(clean)  # noqa: S308 -- nh3 has just cleaned it


def decisions(document: Mapping[str, Any]) -> tuple[Decision, ...]:
    return tuple(
        Decision(text_at(each, "post"), text_at(each, "acting"), _moment(each.get("at")))
        for each in document.get("decided") or ()
    )


def _all(read: Callable[[Any], T], document: Mapping[str, Any], name: str) -> tuple[T, ...]:
    return tuple(read(each) for each in document.get(name) or ())


def _named(made: type[T], values: Any) -> T:
    """A dataclass of texts from a mapping; what is missing is empty."""
    return made(**{name: text_at(values, name) for name in made.__annotations__})


def _official(values: Mapping[str, Any]) -> OfficialDocument:
    return OfficialDocument(
        number=text_at(values, "number"),
        typed_date=_day(values.get("typed_date")),
        signed_date=_day(values.get("signed_date")),
        in_force_date=_day(values.get("in_force_date")),
        signatories=tuple(_named(Signatory, each) for each in values.get("signatories") or ()),
    )


def _detail(values: Mapping[str, Any]) -> Detail:
    is_date = values.get("type") == "date"
    value = values.get("value")
    return Detail(
        key=text_at(values, "key"),
        label_th=text_at(values, "label_th"),
        label_en=text_at(values, "label_en"),
        type=text_at(values, "type") or "text",
        value=(_day(value) or value) if is_date else value,
        value_en=text_at(values, "value_en"),
    )


def _file(values: Mapping[str, Any]) -> PageFile:
    names = ("slot", "label", "name", "media_type", "sha256", "purpose")
    texts = {name: text_at(values, name) for name in names}
    return PageFile(**texts, size=values.get("size") or 0, pages=values.get("pages"))


def _statement(values: Mapping[str, Any] | None) -> PublicStatement | None:
    if not values:
        return None
    about, version = text_at(values, "about_number"), values.get("about_version")
    return PublicStatement(text_at(values, "says"), about, version)


def _withheld(values: Mapping[str, Any]) -> WithheldPart:
    own = ("extent", "part", "reason", "post", "acting", "appeal_th", "appeal_en")
    of_ground = ("law_th", "law_en", "label_th", "label_en")
    return WithheldPart(
        **{name: text_at(values, name) for name in own},
        **{name: text_at(values, f"ground.{name}") for name in of_ground},
        decided_date=_day(values.get("decided_date")),
        review_date=_day(values.get("review_date")),
    )


def _day(value: Any) -> date | None:
    """A date from ISO text; what is not one is left out rather than guessed."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
