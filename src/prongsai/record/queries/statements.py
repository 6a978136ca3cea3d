"""Of which items statements say that they were reviewed, and what stands around a statement."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Max

from prongsai.record.models import Item, Said
from prongsai.record.queries.items import past
from prongsai.record.statements import KIND, Surroundings, is_statement, said
from prongsai.record.statements import Said as Words
from prongsai.record.states import CONTENT_ACTIONS, Action, ItemState, Says


def last_reviewed(numbers: Collection[str]) -> dict[str, Said]:
    """By number of the item that was reviewed: the newest statement that says so."""
    rows = Said.objects.filter(about_number__in=numbers).order_by("at", "number")
    return {row.about_number: row for row in rows}


def reviewed_at(number: str) -> datetime | None:
    """When an item was last said to be unchanged."""
    newest: datetime | None = Said.objects.filter(about_number=number).aggregate(at=Max("at"))["at"]
    return newest


def same_statement(wanted: Words, *, than: str = "") -> str:
    """The number of another statement in use that says the same of one of the duties in the same period, or ""."""
    if wanted.says == Says.REVIEWED_NO_CHANGE:
        return ""
    rows = Said.objects.filter(obligation_key__in=wanted.obligations, says=wanted.says)
    return next((row.number for row in rows.exclude(number=than) if _is_same(row, wanted)), "")


def _is_same(row: Said, wanted: Words) -> bool:
    names = ("fiscal_year", "period", "first_date", "last_date")
    return wanted.is_of_period(Words(row.says, **{name: getattr(row, name) for name in names}))


def surroundings(action: str, number: str | None, document: Mapping[str, Any]) -> Surroundings:
    """What stands around an act, as far as statements are concerned; little is asked for every other act."""
    if number is None and not is_statement(document):
        return Surroundings()
    held = Item.objects.filter(number=number).values_list("kind", flat=True).first() or ""
    if action not in CONTENT_ACTIONS | {Action.RESTORED}:
        return Surroundings(kind=held)
    before = _words_of(number) if number and held == KIND else None
    around = Surroundings(kind=held, before=before)
    wanted = said(document) if action in CONTENT_ACTIONS else before
    return around if wanted is None else _around(around, wanted, number or "")


def _around(around: Surroundings, wanted: Words, number: str) -> Surroundings:
    """With what else says the same, and the item that the statement is about."""
    around = replace(around, same=same_statement(wanted, than=number))
    about = Item.objects.filter(number=wanted.about_number or "-").first()
    return around if about is None else _about(around, about)


def _about(around: Surroundings, item: Item) -> Surroundings:
    """With the item that the statement is about."""
    return replace(
        around,
        about_kind=item.kind,
        about_state=ItemState(item.state),
        about_version=item.version,
    )


def _words_of(number: str) -> Words | None:
    contents = [each for each in past(number) if each.action in CONTENT_ACTIONS and each.document]
    return said(contents[-1].document or {}) if contents else None
