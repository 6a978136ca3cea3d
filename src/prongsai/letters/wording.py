"""A letter's texts as the templates take them: plain dictionaries of strings ready to be set.

Templates never see the dataclasses, and texts are never read as markup.
"""

import re
from collections.abc import Iterable
from datetime import date

from prongsai.letters.documents import (
    Announcement,
    Block,
    Certificate,
    Clause,
    Endorsement,
    Field,
    Form,
    Letter,
    Memorandum,
    Order,
    Report,
    Section,
    Sheet,
    Signatory,
    Signature,
    Table,
)
from prongsai.letters.qr import qr_svg
from prongsai.letters.tables import column_align, column_width
from prongsai.thai.dates import Style, format_date
from prongsai.thai.digits import to_thai
from prongsai.thai.normalise import display_text
from prongsai.thai.words import cut

Words = dict[str, object]

DEEPEST_CLAUSE = 3
# Letters of a breakless run, of a file's title, and of an end that moves on with the signature.
LONGEST_RUN = 30
SHORT_TEXT = 400
SHORT_TABLE = 6
LONGEST_TITLE = 300

_WORD = re.compile(r"\S+")
# Addresses, e-mail and codes such as O42 are typed by their reader: their digits stay Arabic.
_MUST_BE_TYPED = re.compile(r"[A-Za-z@]")
_BREAKLESS = re.compile(rf"[A-Za-z0-9๐-๙_]{{{LONGEST_RUN + 1},}}")


class ClausesTooDeep(ValueError):
    """Clauses are numbered three deep; a fourth level has no place in an official letter."""


def official(text: str) -> str:
    """Safe to set, with Thai digits."""
    return _WORD.sub(_set_word, display_text(text)).strip()


def _set_word(match: re.Match[str]) -> str:
    word = match[0] if _MUST_BE_TYPED.search(match[0]) else to_thai(match[0])
    return _BREAKLESS.sub(lambda run: _breakable(run[0]), word)


def _breakable(run: str) -> str:
    """A zero-width space now and then, or a long run would leave the page."""
    return "\u200b".join(run[i : i + LONGEST_RUN] for i in range(0, len(run), LONGEST_RUN))


def wording(letter: Letter) -> Words:
    """What the template of this kind of letter reads."""
    match letter:
        case Announcement():
            return _announcement(letter)
        case Order():
            return _order(letter)
        case Form():
            return _form(letter)
        case Certificate():
            return _certificate(letter)
        case Memorandum():
            return _memorandum(letter)
        case Sheet():
            return _sheet(letter)
        case Report():
            return _report(letter)


def _announcement(letter: Announcement) -> Words:
    return {
        "title": _title("ประกาศ" + letter.issuing_body, letter.subject),
        "kind": "ประกาศ",
        "number": "",
        "dated": "ประกาศ ณ วันที่",
        "announced_on": _day(letter.announced_on, style="formal"),
        **_decreed(letter),
    }


def _order(letter: Order) -> Words:
    return {
        "title": _title(f"คำสั่ง{letter.issuing_body} ที่ {letter.number}", letter.subject),
        "kind": "คำสั่ง",
        "number": official(letter.number),
        "dated": "สั่ง ณ วันที่",
        "announced_on": _day(letter.ordered_on, style="formal"),
        **_decreed(letter),
    }


def _decreed(letter: Announcement | Order) -> Words:
    return {
        "issuing_body": official(letter.issuing_body),
        "subject": official(letter.subject),
        "paragraphs": _lines(letter.paragraphs),
        "clauses": _clauses(letter.clauses),
        "tables": _tables(letter.tables),
        "closing": _lines([letter.closing]),
        "signatory": _signatory(letter.signatory),
    }


def _form(letter: Form) -> Words:
    return {
        "title": _title(letter.heading, letter.subject),
        "heading": official(letter.heading),
        "issuing_body": official(letter.issuing_body),
        "filled_on": _day(letter.filled_on),
        "fields": [_field(field) for field in letter.fields],
        "tables": _tables(letter.tables),
        "signatures": [_signature(signature) for signature in letter.signatures],
        "status": official(letter.status),
    }


def _certificate(letter: Certificate) -> Words:
    return {
        "title": _title(letter.heading, letter.subject),
        "heading": official(letter.heading),
        "issuing_body": official(letter.issuing_body),
        "has-garuda": letter.has_garuda,
        "number": official(letter.number),
        "given_on": _day(letter.given_on, style="formal"),
        "paragraphs": _lines(letter.paragraphs),
        "fields": [_field(field) for field in letter.fields],
        "tables": _tables(letter.tables),
        "after": [_field(field) for field in letter.after],
        "closing": _lines([letter.closing]),
        "signatory": _signatory(letter.signatory),
        "address": display_text(letter.address).strip(),
        "address_words": official(letter.address_words),
        "code": qr_svg(letter.address) if letter.address else "",
    }


def _sheet(letter: Sheet) -> Words:
    return {
        "title": _title(letter.heading, letter.subject),
        "heading": official(letter.heading),
        "issuing_body": official(letter.issuing_body),
        "subject": official(letter.subject),
        "made_on": _day(letter.made_on),
        "tables": _tables([letter.table] if letter.table else []),
        "nothing": official(letter.nothing),
        "notes": [official(note) for note in letter.notes],
        "pictures": [
            {
                "address": picture.address,
                "caption": official(picture.caption),
                "file": picture_name(number),
                "alt": display_text(f"{picture.caption} {picture.address}"),
            }
            for number, picture in enumerate(letter.pictures, start=1)
        ],
    }


def _report(letter: Report) -> Words:
    return {
        "title": _title("รายงาน", letter.heading),
        "heading": official(letter.heading),
        "issuing_body": official(letter.issuing_body),
        "made_on": _day(letter.made_on),
        "blocks": [_block(each) for each in letter.blocks],
    }


def _block(block: Block) -> Words:
    return {
        "kind": block.kind,
        "lines": _lines([block.text]),
        "tables": _tables([block.table] if block.table else []),
    }


def picture_name(number: int) -> str:
    """As what the template finds a picture beside itself."""
    return f"picture-{number}.jpg"


def _field(field: Field) -> Words:
    value = display_text(field.value).strip() if field.is_code else official(field.value)
    return {"name": official(field.label), "value": value, "is-code": field.is_code}


def _signature(signature: Signature) -> Words:
    return {
        "role": official(signature.role),
        "signatory": _signatory(signature.signatory),
        "signed_on": _day(signature.signed_on),
    }


def _memorandum(letter: Memorandum) -> Words:
    return {
        "title": _title("บันทึกข้อความ", letter.subject),
        "unit": official(letter.unit),
        "phone": official(letter.phone),
        "number": official(letter.number),
        "written_on": _day(letter.written_on),
        "subject": official(letter.subject),
        "addressee": official(letter.addressee),
        "sections": [_section(section) for section in letter.sections],
        "closing": _lines([letter.closing]),
        "signatory": _signatory(letter.signatory),
        "endorsements": [_endorsement(endorsement) for endorsement in letter.endorsements],
        "status": official(letter.status),
    }


def _title(kind: str, subject: str) -> str:
    """What a reader's window and a screen reader call the file; PDF strings have a limit."""
    title = display_text(f"{kind} เรื่อง {subject}").replace("\n", " ").strip()
    return title[: cut(title, 0, LONGEST_TITLE)[1]]


def _section(section: Section) -> Words:
    heading = official(section.heading)
    return {
        "heading": heading,
        "paragraphs": _lines(section.paragraphs),
        "clauses": _clauses(section.clauses, level=3 if heading else 2),
        "tables": _tables(section.tables),
    }


def _endorsement(endorsement: Endorsement) -> Words:
    return {
        "addressee": official(endorsement.addressee),
        "text": _lines([endorsement.text]),
        "signatory": _signatory(endorsement.signatory),
        "signed_on": _day(endorsement.signed_on),
    }


def _signatory(signatory: Signatory) -> Words:
    return {
        "name": official(signatory.name),
        "post": official(signatory.post),
        "acting": official(signatory.acting),
        "order": _lines([signatory.order]),
        "mark": official(signatory.mark),
    }


def _clauses(
    clauses: Iterable[Clause], *, number: tuple[int, ...] = (), level: int = 2
) -> list[Words]:
    """One flat list in reading order; `level` is that of a heading, without gaps between levels."""
    flat: list[Words] = []
    for position, clause in enumerate(clauses, start=1):
        own = (*number, position)
        if len(own) > DEEPEST_CLAUSE:
            raise ClausesTooDeep(f"Clause {'.'.join(map(str, own))} is deeper than three levels.")
        flat.append(_clause(clause, own, level))
        flat += _clauses(clause.clauses, number=own, level=level + bool(clause.heading.strip()))
    return flat


def _clause(clause: Clause, number: tuple[int, ...], level: int) -> Words:
    label = ".".join(map(str, number))
    return {
        # Only a short end is held together with the signature, or half a page stays empty.
        "is-short": _is_short(clause),
        "label": to_thai(label if len(number) > 1 else f"{label}."),
        "depth": len(number),
        "level": level,
        "heading": official(clause.heading),
        "lines": _lines([clause.text]),
        "tables": _tables([clause.table] if clause.table else []),
    }


def _is_short(clause: Clause) -> bool:
    rows = len(clause.table.rows) if clause.table else 0
    return len(clause.text) <= SHORT_TEXT and rows <= SHORT_TABLE


def _tables(tables: Iterable[Table]) -> list[Words]:
    return [_table(table) for table in tables]


def _table(table: Table) -> Words:
    header = [official(cell) for cell in table.header]
    rows = [[official(cell) for cell in row] for row in table.rows]
    columns = [
        {"width": column_width([title, *cells]), "align": column_align(cells)}
        for title, *cells in zip(header, *rows, strict=True)
    ]
    said = {"caption": official(table.caption), "header": header, "rows": rows, "columns": columns}
    return said | ({"shares": list(table.shares)} if table.shares else {})


def _lines(texts: Iterable[str]) -> list[str]:
    """A line break in a text begins a new paragraph."""
    return [line.strip() for text in texts for line in official(text).split("\n") if line.strip()]


def _day(day: date | None, style: Style = "long") -> str:
    return format_date(day, style=style, digits="thai") if day else ""
