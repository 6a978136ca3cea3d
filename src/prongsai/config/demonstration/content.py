"""What a row of the data says, as content and as attached files."""

from datetime import datetime
from typing import Any

from django.conf import settings

from prongsai.config.demonstration.files import make
from prongsai.config.demonstration.plan import Row, html
from prongsai.disclosures.actions import Withholding, attach, save, withhold
from prongsai.disclosures.actions.tabling import set_table
from prongsai.disclosures.content import Content, Official
from prongsai.disclosures.content import Signatory as ContentSignatory
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.tables.table import Table
from prongsai.files.actions import begin_reading, finish_reading, receive
from prongsai.files.models import PageReading, StoredFile
from prongsai.files.queries import path_of
from prongsai.files.recognition.pages import look_at_page, recognise_page
from prongsai.files.states import ReadingState
from prongsai.letters.documents import Signatory
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person


def write(row: Row, disclosure: Disclosure, *, by: Actor, at: datetime, note: str = "") -> None:
    """Attaches the row's files that are not there yet, and saves its content with its table."""
    _attach(row, disclosure, by=by, at=at)
    disclosure.refresh_from_db()
    latest = disclosure.latest
    save(
        disclosure=disclosure,
        content=_content(row),
        base_sequence=latest.sequence if latest else 0,
        by=by,
        at=at,
        note=note,
    )
    _set_table(row, disclosure, by=by, at=at)
    enter_withheld(row, disclosure, by=by, at=at)


def _set_table(row: Row, disclosure: Disclosure, *, by: Actor, at: datetime) -> None:
    if "table" not in row:
        return
    disclosure.refresh_from_db()
    latest = disclosure.latest
    table = Table(
        form=row["table"]["form"],
        rows=tuple(row["table"]["rows"]),
        fiscal_year=row["fiscal_year"],
        period=row["period"],
    )
    set_table(
        disclosure=disclosure,
        table=table,
        base_sequence=latest.sequence if latest else 0,
        by=by,
        at=at,
        at_once=True,
    )


def enter_withheld(row: Row, disclosure: Disclosure, *, by: Actor, at: datetime) -> None:
    """The parts that the public does not see; the same again is entered once."""
    for part in row.get("withheld", ()):
        withhold(disclosure=disclosure, wanted=Withholding(**part), by=by, at=at)


def _attach(row: Row, disclosure: Disclosure, *, by: Actor, at: datetime) -> None:
    there = set(disclosure.attachments.present().values_list("slot", flat=True))
    for file in row.get("files", ()):
        if file["slot"] in there:
            continue
        upload = make(
            file, issuing_body=settings.MUNICIPALITY["name_th"], signatories=_signatories()
        )
        stored = receive(upload=upload, by=by, at=at)
        _read_scan(stored, at=at)
        attach(
            disclosure=disclosure,
            file=stored,
            slot=file["slot"],
            label=file["label"],
            by=by,
            at=at,
        )


def _read_scan(stored: StoredFile, *, at: datetime) -> None:
    """Here and now: the worker, which does it otherwise, is not running yet."""
    waiting = PageReading.objects.filter(sha256=stored.sha256, state=ReadingState.WAITING)
    for page in waiting:
        begin_reading(page=page)
        ask = look_at_page if page.looks_only else recognise_page
        read = ask(path_of(stored), page.media_type, page.number)
        finish_reading(
            page=page,
            text=read.text,
            confidence=read.confidence,
            words=read.words,
            sights=read.sights,
            at=at,
        )


def _signatories() -> dict[str, Signatory]:
    mayor = Person.objects.get(username="mayor")
    return {"mayor": Signatory(name=mayor.full_name, post="นายกเทศมนตรีนครตั้งใจ")}


def _content(row: Row) -> Content:
    return Content(
        kind=row["kind"],
        section=row["section"],
        unit=row["unit"],
        title=row["title"],
        title_en=row.get("title_en", ""),
        summary=row["summary"],
        body=html(row.get("body", [])),
        official=_official(row.get("official", {})),
        fiscal_year=row.get("fiscal_year"),
        period=row.get("period", ""),
        source=row.get("source", ""),
        as_of_date=row.get("as_of"),
        details=row.get("details", {}),
        obligations=tuple(row.get("obligations", ())),
        review_date=row.get("review"),
        expires_date=row.get("expires"),
    )


def _official(row: dict[str, Any]) -> Official:
    mayor = _signatories()["mayor"]
    return Official(
        number=row.get("number", ""),
        signed_date=row.get("signed"),
        in_force_date=row.get("in_force"),
        signatories=(ContentSignatory(name=mayor.name, post=mayor.post),) if row else (),
    )
