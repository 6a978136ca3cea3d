"""What is proposed: a value, how sure it is, where it stands in the text, and what is doubted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Generic, Literal, TypeVar

from prongsai.intake.proposals.sentences import SENTENCES

Value = TypeVar("Value")
Level = Literal["high", "medium", "low"]
DateRole = Literal["typed", "signed", "in_force", "published"]

DATE_ROLES: tuple[DateRole, ...] = ("typed", "signed", "in_force", "published")
_HIGH, _MEDIUM = 0.75, 0.45


@dataclass(frozen=True)
class Place:
    """`start` and `end` are code points of the text of page `page` (from 1)."""

    page: int
    start: int
    end: int


@dataclass(frozen=True)
class Remark:
    """A doubt or a warning; `code` is a key of `SENTENCES`, and str() is the sentence in the reader's language."""

    code: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return str(SENTENCES[self.code]).format(**self.values)


def remark(code: str, **values: object) -> Remark:
    return Remark(code, MappingProxyType(values))


@dataclass(frozen=True)
class Proposal(Generic[Value]):
    """`value` is None when something stands at the place that cannot be read as one, or when nothing was found.

    `confidence` is from 0 to 1; `written` is what the page says there.
    """

    value: Value | None
    confidence: float = 0.0
    place: Place | None = None
    written: str = ""
    doubts: tuple[Remark, ...] = ()

    @property
    def level(self) -> Level:
        if self.confidence >= _HIGH:
            return "high"
        return "medium" if self.confidence >= _MEDIUM else "low"

    @property
    def page(self) -> int | None:
        return self.place.page if self.place else None


@dataclass(frozen=True)
class Issuer:
    """The unit that a paper names; `code` and `name` are the known unit's, and empty when none is like it."""

    written: str
    code: str = ""
    name: str = ""


@dataclass(frozen=True)
class Signer:
    """`acting` is the words of the paper from “ปฏิบัติหน้าที่” or its like on, or empty."""

    name: str
    post: str = ""
    acting: str = ""


@dataclass(frozen=True)
class Paper:
    """One of the papers that a file holds; `type` is a code of `data/document_types.toml`."""

    type: str
    first_page: int
    last_page: int


@dataclass(frozen=True)
class Proposals:
    """Everything that is proposed for one file. Period is in words, such as “มกราคม 2569” or “ไตรมาสที่ 2”."""

    document_type: Proposal[str]
    number: Proposal[str]
    subject: Proposal[str]
    unit: Proposal[Issuer]
    dates: Mapping[DateRole, Proposal[date]]
    signatories: tuple[Proposal[Signer], ...]
    fiscal_year: Proposal[int]
    period: Proposal[str]
    urgency: Proposal[str]
    secrecy: Proposal[str]
    obligations: tuple[Proposal[str], ...]
    kind: Proposal[str]
    section: Proposal[str]
    papers: tuple[Paper, ...]
    warnings: tuple[Remark, ...]
