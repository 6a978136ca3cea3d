"""A statement is made: a disclosure of its own kind, which goes through approval and the gate like any other."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.locking import add_revision, begun, locked
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.statements import Wish, content_for, review_after, statement_problems
from prongsai.disclosures.states import KindCode
from prongsai.obligations.queries import obligation
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.organisation.queries import living
from prongsai.record.models import Item
from prongsai.record.queries import reviewed_at
from prongsai.record.states import Says


@transaction.atomic
def make_statement(
    *, wish: Wish, unit: Unit, by: Actor, at: datetime, ref: uuid.UUID
) -> Disclosure:
    """A draft that says what is wished. The same `ref` again gives the same draft.

    Raises `CannotSave` with every reason why this cannot be said today.
    """
    content = content_for(wish, unit=unit.code)
    problems = statement_problems(content, number="", on=localdate(at))
    if problems:
        raise CannotSave(problems)
    row, is_new = begun(ref=ref, kind=KindCode.STATEMENT, unit=unit, by=by, at=at)
    if is_new:
        add_revision(row, content, by=by, at=at)
        details = {"says": wish.says, "duties": list(wish.duties), "about": wish.about_number}
        record_act(by=by, at=at, verb="make_statement", subject=row.subject, details=details)
    return row


def make_review(*, disclosure: Disclosure, by: Actor, at: datetime, ref: uuid.UUID) -> Disclosure:
    """A draft that says of what is public of a work that it was reviewed and nothing has changed.

    While one about the same version is on its way, that one. Raises `CannotSave`.
    """
    day = localdate(at)
    with locked(disclosure, verb="make_statement", by=by, at=at) as row:
        there = _review_under_way(row)
        if there is not None:
            return there
        wish = _review_of(row, day)
        return make_statement(wish=wish, unit=living(row.unit), by=by, at=at, ref=ref)


def _review_of(disclosure: Disclosure, day: date) -> Wish:
    published = disclosure.published_revision
    item = Item.objects.filter(number=disclosure.number).first()
    if published is None or item is None:
        raise CannotSave([_("เรื่องนี้ยังไม่ได้เผยแพร่ จึงยังไม่มีอะไรให้ตรวจทาน โปรดส่งเผยแพร่ก่อน")])
    content = Content.from_json(published.content)
    bound = [known for key in content.obligations if (known := obligation(key))]
    return Wish(
        says=Says.REVIEWED_NO_CHANGE,
        duties=content.obligations,
        about_number=item.number,
        about_version=item.version,
        review_date=review_after(
            day,
            [each.review_days for each in bound],
            last=localdate(reviewed_at(item.number) or item.major_updated_at),
            planned=content.review_date,
        ),
    )


def _review_under_way(disclosure: Disclosure) -> Disclosure | None:
    item = Item.objects.filter(number=disclosure.number).first()
    about = {"about_number": disclosure.number, "about_version": item.version if item else None}
    asked = {f"latest__content__statement__{name}": value for name, value in about.items()}
    rows = Disclosure.objects.under_way().filter(kind=KindCode.STATEMENT, number="", **asked)
    return rows.order_by("id").first()
