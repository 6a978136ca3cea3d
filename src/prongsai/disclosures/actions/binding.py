"""What is published is said to answer one more duty: a correction of which nothing else is changed."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.locking import latest_content
from prongsai.disclosures.actions.moving import begin_correction
from prongsai.disclosures.actions.writing import save
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.refusals import CannotSave
from prongsai.obligations.queries import obligation
from prongsai.organisation.actors import Actor


@transaction.atomic
def bind_duty(*, disclosure: Disclosure, key: str, by: Actor, at: datetime) -> Revision:
    """Opens the published content and adds the duty `key`; approval and publication go on as always.

    Raises `CannotMove` for what is not published or not at rest, `CannotSave` for an unknown or present key.
    """
    duty = obligation(key)
    if duty is None:
        raise CannotSave([_("ไม่พบข้อนี้ในรายการหน้าที่ที่ระบบรู้จัก โปรดเปิดหน้าสิ่งที่ต้องเผยแพร่ใหม่")])
    if key in latest_content(disclosure).obligations:
        raise CannotSave([_("รายการนี้ผูกกับข้อนี้อยู่แล้ว หากยังไม่ครบ โปรดดูว่าขาดอะไรในหน้าของข้อนั้น")])
    begin_correction(disclosure=disclosure, by=by, at=at, reason=duty.named)
    disclosure.refresh_from_db()
    content = latest_content(disclosure)
    return save(
        disclosure=disclosure,
        content=replace(content, obligations=(*content.obligations, key)),
        base_sequence=disclosure.revisions.latest("sequence").sequence,
        by=by,
        at=at,
    )
