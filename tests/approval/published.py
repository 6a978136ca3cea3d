"""A disclosure whose first edition the record holds, without going through the gate."""

from typing import Any

from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.record.models import Item
from prongsai.record.states import ItemState
from tests.approval.factories import draft
from tests.disclosures.factories import save_changes
from tests.factories import NOW


def published(
    people: dict[str, Actor],
    *,
    number: str = "2569-00001",
    state: ItemState = ItemState.CURRENT,
    stage: Stage = Stage.RESTING,
    also_written_by: str = "officer",
    **changes: Any,
) -> Disclosure:
    disclosure = draft(people["officer"], **changes)
    save_changes(disclosure, by=people[also_written_by], summary="แก้สรุปก่อนเผยแพร่")
    disclosure.number, disclosure.stage = number, stage
    disclosure.published_revision = disclosure.latest
    disclosure.save()
    Item.objects.create(
        number=number, state=state, version=1, edition_hash="0" * 64, seq=0, kind="news",
        top_section="news", section="news", unit_code="plan", unit_name_th="ฝ่ายแผน",
        title=disclosure.title, first_published_at=NOW, updated_at=NOW, major_updated_at=NOW,
    )  # fmt: skip
    return disclosure
