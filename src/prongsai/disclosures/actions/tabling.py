"""The table of a work: saved with the files that are made of it, or taken out with them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile as Upload
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.attaching import lay, take_out
from prongsai.disclosures.actions.locking import (
    add_revision,
    latest_content,
    locked,
    present_files,
    refuse_if_locked,
)
from prongsai.disclosures.actions.table_files import ask, ask_for_files, forget
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.tables.catalogue import TableForm, table_form
from prongsai.disclosures.tables.making import file_name, files_of, is_quick
from prongsai.disclosures.tables.slots import MADE_SLOTS
from prongsai.disclosures.tables.table import MOST_ROWS, Table
from prongsai.disclosures.tidy import LIMITS, line
from prongsai.files.actions import receive
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.letters.render import CannotSet
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.thai.dates import BANGKOK


def set_table(
    *,
    disclosure: Disclosure,
    table: Table,
    base_sequence: int,
    by: Actor,
    at: datetime,
    at_once: bool = False,
) -> Revision | None:
    """The revision with this table, whose year and period become the work's, and its files in their slots.

    Those of a long table are made by the worker, until when the slots are empty; `at_once` waits for them here.

    Raises `CannotSave`; also when somebody else changed the table after `base_sequence`. The same rows again keep the
    day on which they were first saved, and make no revision.
    """
    form = _form_of(table)
    table = replace(table, period=line(table.period), made_date=at.astimezone(BANGKOK).date())
    _refuse_impossible(table)
    if table.says_the_same(latest_content(disclosure).table):
        ask_for_files(disclosure=disclosure, by=by, at=at)
        return disclosure.latest
    refuse_if_locked(disclosure)
    _refuse_other_base(disclosure, base_sequence)
    # Made before the lock: to set a hundred rows takes a second.
    made = _received(form, table, by=by, at=at) if at_once or is_quick(form, table) else {}
    with locked(disclosure, verb="set_table", by=by, at=at) as row:
        refuse_if_locked(row)
        _refuse_other_base(row, base_sequence)
        _lay(row, made, by=by, at=at)
        content = replace(
            latest_content(row),
            table=table,
            fiscal_year=table.fiscal_year,
            period=table.period,
            files=present_files(row),
        )
        revision = add_revision(row, content, by=by, at=at)
        _record("set_table", row, table, by=by, at=at)
    return revision


def _lay(row: Disclosure, made: Mapping[str, StoredFile], *, by: Actor, at: datetime) -> None:
    """The files in their slots; where they are still to be made, those of the rows before are taken out."""
    for slot, stored in made.items():
        lay(row, stored, slot, by=by, at=at)
    if made:
        forget(row)
        return
    for slot in sorted(MADE_SLOTS):
        take_out(row, slot, by=by, at=at)
    ask(row, by=by, at=at)


def drop_table(*, disclosure: Disclosure, by: Actor, at: datetime) -> None:
    """Takes the table out, and the files that were made of it."""
    with locked(disclosure, verb="drop_table", by=by, at=at) as row:
        refuse_if_locked(row)
        table = latest_content(row).table
        if table is None:
            return
        for slot in sorted(MADE_SLOTS):
            take_out(row, slot, by=by, at=at)
        forget(row)
        content = replace(latest_content(row), table=None, files=present_files(row))
        add_revision(row, content, by=by, at=at)
        _record("drop_table", row, table, by=by, at=at)


def _form_of(table: Table) -> TableForm:
    form = table_form(table.form)
    if form is None:
        raise CannotSave([_("ระบบไม่มีแบบของตารางนี้ โปรดเลือกแบบจากรายการ")])
    return form


def _refuse_impossible(table: Table) -> None:
    if table.nothing and table.rows:
        sentence = _("เลือกว่าไม่มีรายการ แต่ตารางยังมีแถวอยู่ โปรดลบแถวให้หมดก่อน หรือเลิกเลือกว่าไม่มี")
        raise CannotSave([sentence])
    if len(table.rows) > MOST_ROWS:
        sentence = _("ตารางมีได้ไม่เกิน {most} แถว โปรดแบ่งเป็นหลายเรื่อง")
        raise CannotSave([format_lazy(sentence, most=MOST_ROWS)])
    if len(table.period) > LIMITS["period"]:
        sentence = _("งวดยาวเกิน {most} ตัวอักษร โปรดย่อให้สั้นลง")
        raise CannotSave([format_lazy(sentence, most=LIMITS["period"])])


def _refuse_other_base(disclosure: Disclosure, base_sequence: int) -> None:
    base = disclosure.revisions.filter(sequence=base_sequence).first()
    there = latest_content(disclosure).table
    before = base.content.get("table") if base else None
    if base is None or before != (there.to_json() if there else None):
        raise CannotSave(
            [_("ยังบันทึกไม่ได้ เพราะมีคนบันทึกตารางนี้ไปก่อนแล้ว โปรดเปิดหน้าตารางใหม่เพื่อดูแถวล่าสุดแล้วแก้อีกครั้ง")]
        )


def _received(
    form: TableForm, table: Table, *, by: Actor, at: datetime
) -> Mapping[str, StoredFile]:
    """Through the door of all files. Raises `CannotSave` when one of them does not come in."""
    try:
        made = files_of(form, table, body=settings.MUNICIPALITY["name_th"])
    except CannotSet as why:
        raise CannotSave([str(why)]) from why
    received = {
        slot: receive(upload=Upload(octets, name=file_name(form, table, slot)), by=by, at=at)
        for slot, octets in made.items()
    }
    for stored in received.values():
        if stored.state != FileState.CLEAN:
            sentence = _(
                "ยังบันทึกตารางไม่ได้ เพราะไฟล์ของตารางยังไม่ผ่านการตรวจ {why} โปรดลองอีกครั้งในอีกสักครู่"
            )
            raise CannotSave([format_lazy(sentence, why=stored.refusal)])
    return received


def _record(verb: str, row: Disclosure, table: Table, *, by: Actor, at: datetime) -> None:
    record_act(
        by=by,
        at=at,
        verb=verb,
        subject=row.subject,
        details={"form": table.form, "rows": len(table.rows), "nothing": table.nothing},
    )
