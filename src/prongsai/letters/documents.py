"""What an official paper says; how it looks is in `templates`.

An empty text leaves its place empty, as on a paper that waits for its number or its signature.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Table:
    """Each row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.header:
            raise ValueError("A table needs a header: without one it cannot be read aloud.")
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("Each row of a table needs as many cells as its header.")


@dataclass(frozen=True)
class Clause:
    """A numbered paragraph; `clauses` below it are numbered 1.1, below those 1.1.1, and no deeper."""

    text: str = ""
    heading: str = ""
    clauses: tuple["Clause", ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Signatory:
    """`acting` is the second line under the post, such as “รักษาราชการแทน นายกเทศมนตรี…”."""

    name: str
    post: str
    acting: str = ""


@dataclass(frozen=True)
class Announcement:
    """ประกาศ."""

    issuing_body: str
    subject: str
    announced_on: date | None
    signatory: Signatory
    paragraphs: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    tables: tuple[Table, ...] = ()
    closing: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a memorandum under its heading, such as “เรื่องเดิม” or “ข้อพิจารณา”."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Endorsement:
    """What a superior wrote on the memorandum on its way up."""

    text: str
    signatory: Signatory
    addressee: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class Memorandum:
    """บันทึกข้อความ."""

    unit: str
    phone: str
    number: str
    written_on: date | None
    subject: str
    addressee: str
    signatory: Signatory
    sections: tuple[Section, ...] = ()
    closing: str = ""
    endorsements: tuple[Endorsement, ...] = ()


Letter = Announcement | Memorandum
