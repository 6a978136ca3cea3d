"""What an official paper says; how it looks is in `templates`.

An empty text leaves its place empty, as on a paper that waits for its number or its signature.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Table:
    """Each row has as many cells as the header. `shares` say how wide columns of a sheet are; else their words do."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    shares: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.shares and len(self.shares) != len(self.header):
            raise ValueError("A table needs a share for each column, or none.")
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
    """`acting` is the line under the post, such as “รักษาราชการแทน นายกเทศมนตรี…”; `order` has lines of its own.

    `mark` stands where a hand would sign, for who has signed in the system; without it the room stays empty.
    """

    name: str
    post: str
    acting: str = ""
    order: str = ""
    mark: str = ""


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
    # Stands small beside the heading, such as “ระหว่างพิจารณา” on a paper that is not complete.
    status: str = ""


@dataclass(frozen=True)
class Order:
    """คำสั่ง; `number` is “745/2559”, as it stands behind “ที่”."""

    issuing_body: str
    number: str
    subject: str
    ordered_on: date | None
    signatory: Signatory
    paragraphs: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    tables: tuple[Table, ...] = ()
    closing: str = ""


@dataclass(frozen=True)
class Field:
    """A line of a form. A `code`, such as a hash or an address, keeps every character and is not broken."""

    label: str
    value: str
    is_code: bool = False


@dataclass(frozen=True)
class Signature:
    """A place to sign in a form, under the words that say as what."""

    role: str
    signatory: Signatory
    signed_on: date | None = None


@dataclass(frozen=True)
class Form:
    """แบบฟอร์ม: heading, lines to fill in, what is attached, and who signs for what."""

    heading: str
    issuing_body: str
    subject: str
    filled_on: date | None
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    signatures: tuple[Signature, ...] = ()
    status: str = ""


@dataclass(frozen=True)
class Certificate:
    """หนังสือรับรอง: text, facts, and a code that leads to a page when `address` is given."""

    heading: str
    issuing_body: str
    number: str
    subject: str
    given_on: date | None
    signatory: Signatory
    paragraphs: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    after: tuple[Field, ...] = ()
    closing: str = ""
    address: str = ""
    address_words: str = ""
    # A slip that the machine fills in has none.
    has_garuda: bool = True


@dataclass(frozen=True)
class Picture:
    """A JPEG of a web page, which stands on a page of its own with the address and the words under it."""

    jpeg: bytes
    address: str
    caption: str


@dataclass(frozen=True)
class Sheet:
    """แบบรายงานที่เป็นตาราง, on its side, with one table or the words that there is none; pictures come after it."""

    heading: str
    issuing_body: str
    subject: str
    made_on: date | None
    table: Table | None = None
    nothing: str = ""
    notes: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Block:
    """One piece of a report in the order of reading: a heading, a paragraph, a line of a list, or a table."""

    kind: Literal["heading", "subheading", "paragraph", "bullet", "table"]
    text: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Report:
    """รายงาน: text under headings, with tables between, as somebody wrote it. Nobody signs it."""

    heading: str
    issuing_body: str
    made_on: date | None
    blocks: tuple[Block, ...] = ()


Letter = Announcement | Memorandum | Order | Form | Certificate | Sheet | Report
