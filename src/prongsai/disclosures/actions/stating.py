"""A statement is made: a disclosure of its own kind, which goes through approval and the gate like any other."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from prongsai.disclosures.actions.locking import add_revision, author_id
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.statements import Wish, content_for, statement_problems
from prongsai.disclosures.states import KindCode
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit


@transaction.atomic
def make_statement(
    *, wish: Wish, unit: Unit, by: Actor, at: datetime, ref: uuid.UUID, about_title: str = ""
) -> Disclosure:
    """A draft that says what is wished. The same `ref` again gives the same draft.

    Raises `CannotSave` with every reason why this cannot be said today.
    """
    content = content_for(wish, unit=unit.code, about_title=about_title)
    problems = statement_problems(content, number="", on=localdate(at))
    if problems:
        raise CannotSave(problems)
    fresh = {"kind": KindCode.STATEMENT, "unit": unit, "created_at": at, "changed_at": at}
    row, is_new = Disclosure.objects.get_or_create(
        ref=ref, defaults=fresh | {"created_by_id": author_id(by)}
    )
    if is_new:
        add_revision(row, content, by=by, at=at)
        details = {"says": wish.says, "duties": list(wish.duties), "about": wish.about_number}
        record_act(by=by, at=at, verb="make_statement", subject=row.subject, details=details)
    return row
