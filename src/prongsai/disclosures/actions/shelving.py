"""Sections: the nine tops come from the founding document and stay; their children are the staff's."""

import re
import tomllib
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.locking import author_id
from prongsai.disclosures.models import Section
from prongsai.disclosures.refusals import CannotShelve
from prongsai.disclosures.tidy import line
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.record.sections import sections

DATA = Path(__file__).parents[1] / "data" / "sections.toml"
LONGEST_TITLE = 200
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


@transaction.atomic
def load_sections(*, by: Actor, at: datetime) -> int:
    """Adds the sections that are missing and answers how many; what staff changed below the tops stays."""
    children = tomllib.loads(DATA.read_text(encoding="utf-8"))
    added = 0
    for position, top in enumerate(sections()):
        names = {"title_th": top.title_th, "title_en": top.title_en, "position": position}
        # The tops follow the founding document when its data file is mended.
        shelf, is_new = Section.objects.update_or_create(slug=top.slug, defaults=names)
        added += is_new
        for place, row in enumerate(children.get(top.slug, {}).get("children", ())):
            # Never updated: a renamed or moved child is the staff's decision.
            _child, is_new = Section.objects.get_or_create(
                slug=row["slug"],
                defaults={
                    "title_th": row["th"],
                    "title_en": row["en"],
                    "parent": shelf,
                    "position": place,
                },
            )
            added += is_new
    if added:
        record_act(by=by, at=at, verb="load_sections", details={"added": added})
    return added


def add_section(
    *, parent: Section, slug: str, title_th: str, title_en: str = "", by: Actor, at: datetime
) -> Section:
    """A new child at the end of its parent's."""
    with refusals_recorded(by=by, at=at, verb="add_section", subject=f"section:{slug}"):
        _refuse_retired(parent)
        titles = _titles(title_th, title_en)
        if not SLUG.fullmatch(slug):
            raise CannotShelve([_("ชื่อย่อของหมวดใช้ได้เฉพาะ a–z 0–9 และขีดกลาง ไม่เกิน 60 ตัวอักษร")])
        if Section.objects.filter(slug=slug).exists():
            sentence = _("มีหมวดที่ใช้ชื่อย่อ “{slug}” อยู่แล้ว โปรดตั้งชื่อย่ออื่น")
            raise CannotShelve([format_lazy(sentence, slug=slug)])
        section = Section.objects.create(
            slug=slug, parent=parent, position=_last_place(parent), **titles
        )
        _record("add_section", section, by=by, at=at, parent=parent.slug, **titles)
    return section


def rename_section(
    *, section: Section, title_th: str, title_en: str = "", by: Actor, at: datetime
) -> None:
    """Published items keep the name that they were published with until their next version."""
    with refusals_recorded(by=by, at=at, verb="rename_section", subject=_subject(section)):
        row = _child(section)
        titles = _titles(title_th, title_en)
        if (row.title_th, row.title_en) != tuple(titles.values()):
            Section.objects.filter(pk=row.pk).update(**titles)
            _record("rename_section", row, by=by, at=at, **titles)
    section.refresh_from_db()


def move_section(
    *, section: Section, parent: Section, position: int, by: Actor, at: datetime
) -> None:
    """Under another parent or to another place among its siblings, which close up."""
    with refusals_recorded(by=by, at=at, verb="move_section", subject=_subject(section)):
        row = _child(section)
        _refuse_retired(parent)
        # A ring of sections would hang every page that walks up to the top.
        if row.pk in _branch(parent):
            raise CannotShelve([_("ย้ายหมวดไปไว้ใต้ตัวเองไม่ได้ โปรดเลือกหมวดอื่น")])
        siblings = list(parent.children.exclude(pk=row.pk))
        row.parent = parent
        row.save(update_fields=["parent"])
        siblings.insert(position, row)
        # Numbered anew each time, so that positions never collide nor run out.
        for place, sibling in enumerate(siblings):
            Section.objects.filter(pk=sibling.pk).update(position=place)
        _record("move_section", row, by=by, at=at, parent=parent.slug, position=position)
    section.refresh_from_db()


def retire_section(*, section: Section, by: Actor, at: datetime) -> None:
    """Takes no new disclosures from now on; what is published in it stays where it is."""
    with refusals_recorded(by=by, at=at, verb="retire_section", subject=_subject(section)):
        row = _child(section)
        if row.children.in_use().exists():
            sentence = _("เลิกใช้หมวด “{title}” ไม่ได้เพราะยังมีหมวดย่อย โปรดย้ายหรือเลิกใช้หมวดย่อยก่อน")
            raise CannotShelve([format_lazy(sentence, title=row.title_th)])
        if row.retired_at is None:
            row.retired_at, row.retired_by_id = at, author_id(by)
            row.save(update_fields=["retired_at", "retired_by"])
            _record("retire_section", row, by=by, at=at)
    section.refresh_from_db()


def _child(section: Section) -> Section:
    row = Section.objects.select_for_update().get(pk=section.pk)
    if row.parent_id is None:
        sentence = _("หมวดหลัก “{title}” มาจากประกาศของเทศบาล จึงแก้ไขที่นี่ไม่ได้ แก้ไขได้เฉพาะหมวดย่อย")
        raise CannotShelve([format_lazy(sentence, title=row.title_th)])
    return row


def _refuse_retired(parent: Section) -> None:
    if Section.objects.filter(pk=parent.pk).exclude(retired_at=None).exists():
        sentence = _("หมวด “{title}” เลิกใช้แล้ว โปรดเลือกหมวดอื่น")
        raise CannotShelve([format_lazy(sentence, title=parent.title_th)])


def _titles(title_th: str, title_en: str) -> dict[str, str]:
    titles = {"title_th": line(title_th), "title_en": line(title_en)}
    if not titles["title_th"]:
        raise CannotShelve([_("หมวดต้องมีชื่อภาษาไทย โปรดกรอกชื่อ")])
    if max(map(len, titles.values())) > LONGEST_TITLE:
        sentence = _("ชื่อหมวดยาวเกิน {most} ตัวอักษร โปรดย่อให้สั้นลง")
        raise CannotShelve([format_lazy(sentence, most=LONGEST_TITLE)])
    return titles


def _branch(section: Section | None) -> set[int]:
    """The section and all above it."""
    return {section.pk} | _branch(section.parent) if section else set()


def _last_place(parent: Section) -> int:
    last = parent.children.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _subject(section: Section) -> str:
    return f"section:{section.slug}"


def _record(verb: str, section: Section, *, by: Actor, at: datetime, **details: object) -> None:
    record_act(by=by, at=at, verb=verb, subject=_subject(section), details=details)
