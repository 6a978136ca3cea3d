"""From a content to the part of the edition document that it determines.

What the gate adds (number, version, salt, decisions, times) is not here. An edition speaks for itself
for ever, so names and labels of today are written into it.
"""

from collections.abc import Iterator
from typing import Any

from prongsai.disclosures.body import clean_body
from prongsai.disclosures.content import Content, ContentFile, Withheld
from prongsai.disclosures.grounds import appeal_of, ground
from prongsai.disclosures.kinds import Detail, kind_of
from prongsai.disclosures.models import Revision, Section
from prongsai.disclosures.tables.public import table_document
from prongsai.organisation.models import Unit

Json = dict[str, Any]
# What the record's schema knows; it has no word for a long text or a choice.
EDITION_TYPES = {"longtext": "text", "choice": "text"}


def edition_content(revision: Revision) -> Json:
    """The content of a revision as its edition will say it."""
    return content_document(Content.from_json(revision.content))


def content_document(content: Content) -> Json:
    """Also for content that is not saved yet; a section or unit that is not known is left empty."""
    document = content.to_json()
    # Cleaned again: a revision may be older than today's rules, and the record is for ever.
    images = {file.sha256 for file in content.files}
    # Only where there is something: an edition without it is hashed as it always was.
    if content.withheld:
        document["withheld"] = [_withheld(part) for part in content.withheld]
    if content.table:
        document["table"] = table_document(content.table)
    return document | {
        "language": "th",
        "body": clean_body(content.body, images=images),
        "section": _section(content.section),
        "unit": _unit(content.unit),
        "details": list(_details(content)),
        "files": [_file(content.kind, file) for file in content.files],
    }


def _section(slug: str) -> Json:
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        return {"top": "", "slug": slug, "title_th": "", "title_en": ""}
    return {
        "top": section.top.slug,
        "slug": section.slug,
        "title_th": section.title_th,
        "title_en": section.title_en,
    }


def _unit(code: str) -> Json:
    names = ("code", "name_th", "name_en", "phone", "email")
    row = Unit.objects.filter(code=code).values(*names).first()
    return dict(row) if row else dict.fromkeys(names, "") | {"code": code}


def _details(content: Content) -> Iterator[Json]:
    for detail in kind_of(content.kind).details:
        value = content.details.get(detail.key, "")
        if value:
            yield {
                "key": detail.key,
                "label_th": detail.label_th,
                "label_en": detail.label_en,
                "type": EDITION_TYPES.get(detail.type, detail.type),
                **_value(detail, value),
            }


def _value(detail: Detail, value: str) -> Json:
    """A choice by its Thai words, its English ones beside them; amounts stay decimal strings."""
    choice = detail.choice(value)
    if choice is not None:
        return {"value": choice.th, "value_en": choice.en}
    return {"value": int(value) if detail.type == "int" else value}


def _withheld(part: Withheld) -> Json:
    """With the ground in both languages and the way to appeal, as they are worded today."""
    known = ground(part.ground)
    appeal = appeal_of(known) if known else None
    names = ("law_th", "law_en", "label_th", "label_en")
    return part.to_json() | {
        "ground": {
            "key": part.ground,
            **{name: getattr(known, name) if known else "" for name in names},
        },
        "appeal_th": appeal.th if appeal else "",
        "appeal_en": appeal.en if appeal else "",
    }


def _file(kind: str, file: ContentFile) -> Json:
    """Without the office's key; its purpose is what the kind says of the slot."""
    document = file.to_json()
    # Primary keys of the office mean nothing outside it.
    del document["file_id"]
    return document | {"purpose": kind_of(kind).slot(file.slot).label_th}
