"""The whole content of a disclosure as one immutable value, and its JSON.

The keys of the JSON are those of the edition's content (docs/reference), so that what is approved is
what is published. Dates are ISO in it, and absent ones null; `details` holds only what was filled in.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self

import rfc8785

from prongsai.disclosures.tables.table import Table

Json = dict[str, Any]


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True)
class Signatory:
    """Who signed the official document; `acting` is the words of the order, or empty."""

    name: str
    post: str = ""
    acting: str = ""

    def to_json(self) -> Json:
        return {"name": self.name, "post": self.post, "acting": self.acting}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        return cls(**{key: document.get(key, "") for key in ("name", "post", "acting")})


@dataclass(frozen=True)
class Official:
    """What stands at the head and foot of an official document."""

    number: str = ""
    typed_date: date | None = None
    signed_date: date | None = None
    in_force_date: date | None = None
    signatories: tuple[Signatory, ...] = ()

    def to_json(self) -> Json:
        return {
            "number": self.number,
            "typed_date": _iso(self.typed_date),
            "signed_date": _iso(self.signed_date),
            "in_force_date": _iso(self.in_force_date),
            "signatories": [signatory.to_json() for signatory in self.signatories],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        return cls(
            number=document.get("number", ""),
            typed_date=_date(document.get("typed_date")),
            signed_date=_date(document.get("signed_date")),
            in_force_date=_date(document.get("in_force_date")),
            signatories=tuple(map(Signatory.from_json, document.get("signatories", ()))),
        )


@dataclass(frozen=True)
class ContentFile:
    """A file as it stood in its slot at that save; `file_id` is the stored file's key in the office.

    `text_sha256` names the text that a person vouches for; empty while there is only the machine's.
    """

    slot: str
    label: str
    name: str
    media_type: str
    size: int
    pages: int | None
    sha256: str
    file_id: str
    text_sha256: str = ""

    def to_json(self) -> Json:
        document = {key.name: getattr(self, key.name) for key in fields(self)}
        # Left out where there is none: what was approved before this key existed keeps its hash.
        if not self.text_sha256:
            del document["text_sha256"]
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        return cls(**{key.name: document[key.name] for key in fields(cls) if key.name in document})


@dataclass(frozen=True)
class Withheld:
    """A part that the public does not see, in words that do not tell it, and the ground of law for that.

    `ground` is a key of data/grounds.toml, `decided_date` the day of the order, `post` and `acting` whose it is.
    """

    ref: str
    extent: str
    part: str
    ground: str
    reason: str
    post: str
    acting: str
    decided_date: date | None = None
    review_date: date | None = None

    def to_json(self) -> Json:
        document = {key.name: getattr(self, key.name) for key in fields(self)}
        return document | {
            "decided_date": _iso(self.decided_date),
            "review_date": _iso(self.review_date),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        names = ("ref", "extent", "part", "ground", "reason", "post", "acting")
        return cls(
            **{name: document.get(name, "") for name in names},
            decided_date=_date(document.get("decided_date")),
            review_date=_date(document.get("review_date")),
        )


@dataclass(frozen=True)
class Statement:
    """What is said instead of content, or about it; `says` is a value of `record.states.Says`.

    One that says that nothing has changed names the item that was reviewed, and the version that was read.
    """

    says: str
    about_number: str = ""
    about_version: int | None = None

    def to_json(self) -> Json:
        return {key.name: getattr(self, key.name) for key in fields(self)}

    @classmethod
    def from_json(cls, document: Mapping[str, Any] | None) -> Self | None:
        if not document:
            return None
        return cls(
            document["says"], document.get("about_number", ""), document.get("about_version")
        )


@dataclass(frozen=True)
class Content:
    """One state of a disclosure. `section` is a slug, `unit` a code, `body` clean HTML."""

    kind: str
    section: str
    unit: str
    title: str = ""
    title_en: str = ""
    summary: str = ""
    body: str = ""
    official: Official = field(default_factory=Official)
    fiscal_year: int | None = None
    period: str = ""
    source: str = ""
    as_of_date: date | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    files: tuple[ContentFile, ...] = ()
    obligations: tuple[str, ...] = ()
    review_date: date | None = None
    expires_date: date | None = None
    minimum_posting_days: int | None = None
    withheld: tuple[Withheld, ...] = ()
    table: Table | None = None
    statement: Statement | None = None

    def to_json(self) -> Json:
        document = {key.name: getattr(self, key.name) for key in fields(self)}
        del document["withheld"], document["table"], document["statement"]
        # Left out where nothing is: what was approved before these keys existed keeps its hash.
        if self.table:
            document["table"] = self.table.to_json()
        if self.statement:
            document["statement"] = self.statement.to_json()
        if self.withheld:
            document["withheld"] = [part.to_json() for part in self.withheld]
        return document | {
            "official": self.official.to_json(),
            "as_of_date": _iso(self.as_of_date),
            # An emptied detail and one never filled in must have the same hash.
            "details": {key: value for key, value in sorted(self.details.items()) if value},
            "files": [file.to_json() for file in self.files],
            "obligations": list(self.obligations),
            "review_date": _iso(self.review_date),
            "expires_date": _iso(self.expires_date),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Keys that are missing (from before they existed) take their default; unknown ones are dropped."""
        # Revisions live for ever; their JSON was written by all versions of this class.
        known = {key.name: document[key.name] for key in fields(cls) if key.name in document}
        return cls(
            **known
            | {
                "official": Official.from_json(document.get("official", {})),
                "as_of_date": _date(document.get("as_of_date")),
                "details": dict(document.get("details", {})),
                "files": tuple(map(ContentFile.from_json, document.get("files", ()))),
                "obligations": tuple(document.get("obligations", ())),
                "review_date": _date(document.get("review_date")),
                "expires_date": _date(document.get("expires_date")),
                "withheld": tuple(map(Withheld.from_json, document.get("withheld", ()))),
                "table": Table.from_json(document["table"]) if document.get("table") else None,
                "statement": Statement.from_json(document.get("statement")),
            }
        )


def content_hash(content_json: Mapping[str, Any]) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON: what an approval is bound to, files included."""
    return hashlib.sha256(rfc8785.dumps(dict(content_json))).hexdigest()
