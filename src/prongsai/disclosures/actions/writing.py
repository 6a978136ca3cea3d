"""Starting, saving and autosaving."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.locking import (
    add_revision,
    author_id,
    begun,
    latest_content,
    locked,
    present_files,
    present_parts,
    refuse_if_locked,
)
from prongsai.disclosures.actions.printing import drop_outdated
from prongsai.disclosures.content import Content
from prongsai.disclosures.kinds import kind_of
from prongsai.disclosures.merge import APART, merge
from prongsai.disclosures.models import Disclosure, Revision, Section, WorkingCopy
from prongsai.disclosures.refusals import CannotSave, EditConflict, Versions
from prongsai.disclosures.tidy import tidy, too_long
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.organisation.queries import living

# A writing form is some kilobytes; this stops a runaway script from filling the disk.
LARGEST_WORKING_COPY = 1_000_000


@transaction.atomic
def start(
    *,
    kind: str,
    unit: Unit,
    by: Actor,
    at: datetime,
    ref: uuid.UUID | None = None,
    duties: Sequence[str] = (),
    fiscal_year: int | None = None,
    period: str = "",
) -> Disclosure:
    """An empty disclosure with its first revision, bound to the obligations of these keys.

    `fiscal_year` (Buddhist era) and `period` are what it will be about, where that is known already.

    The same `ref` again gives the same disclosure. Raises `CannotSave` for a ref of somebody else.
    """
    # The form brings its own ref, so that a double click opens one work and not two.
    disclosure, is_new = begun(ref=ref or uuid.uuid4(), kind=kind, unit=unit, by=by, at=at)
    if is_new:
        section = kind_of(kind).section
        content = Content(
            kind=kind,
            section=section,
            unit=unit.code,
            obligations=tuple(duties),
            fiscal_year=fiscal_year,
            period=period,
        )
        add_revision(disclosure, content, by=by, at=at)
        record_act(
            by=by,
            at=at,
            verb="start_disclosure",
            subject=disclosure.subject,
            details={"kind": kind, "unit": unit.code},
        )
    return disclosure


def save(
    *,
    disclosure: Disclosure,
    content: Content,
    base_sequence: int,
    by: Actor,
    at: datetime,
    note: str = "",
) -> Revision:
    """The next revision of what was opened at `base_sequence`; its files and its table are those of now.

    Raises `CannotSave`, and `EditConflict` when somebody else changed more than the files in between.
    The same content again gives the revision that is there.
    """
    with locked(disclosure, verb="save_disclosure", by=by, at=at) as row:
        refuse_if_locked(row)
        # Whoever calls cannot choose the files: what is approved must be what is attached.
        files = present_files(row)
        yours = replace(
            tidy(content, files),
            files=files,
            withheld=present_parts(row),
            table=latest_content(row).table,
            statement=latest_content(row).statement,
        )
        unit = _refuse_impossible(row, yours)
        # What was opened before a unit went into another is saved for the one that answers for it now.
        yours = replace(yours, unit=unit.code)
        _refuse_conflict(row, yours, base_sequence)
        if drop_outdated(row, yours, by=by, at=at):
            yours = replace(yours, files=present_files(row))
        # add_revision writes the unit too, and tells a repeated save by giving the same revision.
        before, row.unit = row.latest_id, unit
        revision = add_revision(row, yours, by=by, at=at, note=note)
        row.working_copies.filter(person_id=author_id(by)).delete()
        if revision.pk != before:
            record_act(
                by=by,
                at=at,
                verb="save_disclosure",
                subject=row.subject,
                details={"sequence": revision.sequence, "content_hash": revision.content_hash},
            )
    return revision


def _refuse_impossible(disclosure: Disclosure, content: Content) -> Unit:
    blockers = too_long(content)
    if content.kind != disclosure.kind:
        blockers.append(_("เปลี่ยนประเภทของเรื่องที่เริ่มไว้แล้วไม่ได้ โปรดเริ่มเรื่องใหม่ในประเภทที่ต้องการ"))
    if not Section.objects.in_use().filter(slug=content.section).exists():
        blockers.append(
            format_lazy(_("ไม่มีหมวด “{slug}” ให้ใช้ โปรดเลือกหมวดอื่น"), slug=content.section)
        )
    unit = Unit.objects.filter(code=content.unit).first()
    if unit is None:
        blockers.append(
            format_lazy(_("ไม่มีหน่วยงาน “{code}” โปรดเลือกหน่วยงานที่รับผิดชอบ"), code=content.unit)
        )
    if blockers or unit is None:
        raise CannotSave(blockers)
    return living(unit)


def _refuse_conflict(disclosure: Disclosure, yours: Content, base_sequence: int) -> None:
    base = disclosure.revisions.filter(sequence=base_sequence).first()
    if base is None:
        raise CannotSave([_("ไม่พบฉบับที่ท่านเปิดเขียน โปรดเปิดหน้าเขียนใหม่แล้วคัดลอกข้อความของท่านไปวาง")])
    before, theirs = Content.from_json(base.content), latest_content(disclosure)
    # Attaching while the form is open makes a revision; that is no reason to stop its writer.
    apart = {name: getattr(theirs, name) for name in APART}
    is_untouched = replace(before, **apart) == theirs
    if is_untouched or yours == theirs:
        return
    latest = disclosure.revisions.select_related("author").latest("sequence")
    proposal = merge(before.to_json(), theirs.to_json(), yours.to_json())
    raise EditConflict(
        sequence=latest.sequence,
        author=latest.author.full_name,
        versions=Versions(before, theirs, yours, proposal),
    )


def autosave(
    *,
    disclosure: Disclosure,
    form: Mapping[str, Any],
    base_sequence: int,
    by: Actor,
    at: datetime,
) -> WorkingCopy:
    """Keeps what is in the writing form, one copy a person. It is no revision and not recorded."""
    # Checked before the lock: this is asked every few seconds by every open form.
    # In characters: escaped, each Thai letter would count for six, and a body within its limit be too long.
    if len(json.dumps(form, ensure_ascii=False)) > LARGEST_WORKING_COPY:
        raise CannotSave([_("ข้อความยาวเกินกว่าที่บันทึกอัตโนมัติได้ โปรดแนบเป็นไฟล์แทน")])
    with transaction.atomic():
        row = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
        refuse_if_locked(row)
        copy, _is_new = WorkingCopy.objects.update_or_create(
            disclosure=row,
            person_id=author_id(by),
            defaults={
                "form": dict(form),
                "base": row.revisions.filter(sequence=base_sequence).first(),
                "saved_at": at,
            },
        )
    return copy


def forget_working_copy(*, disclosure: Disclosure, by: Actor, at: datetime) -> None:
    """Throws away what `by` typed since their last save, because they asked for it."""
    with locked(disclosure, verb="forget_working_copy", by=by, at=at) as row:
        deleted, _rows = row.working_copies.filter(person_id=author_id(by)).delete()
        if deleted:
            record_act(by=by, at=at, verb="forget_working_copy", subject=row.subject)
