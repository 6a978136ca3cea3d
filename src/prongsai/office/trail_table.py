"""The trail of acts as a table that spreadsheets open."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prongsai.office.verbs import VERBS
from prongsai.organisation.models import Act
from prongsai.record.cells import csv_lines
from prongsai.thai.dates import BANGKOK


def acts_as_csv(acts: QuerySet[Act]) -> Iterator[str]:
    """Row by row, however long the trail is."""
    return csv_lines(chain([_headings()], map(_cells, acts.iterator(chunk_size=500))))


def _headings() -> list[str]:
    return [
        *(
            _("ลำดับ"),
            _("เวลา"),
            _("ผู้กระทำ"),
            _("ตำแหน่ง"),
            _("คำสั่งให้แทน"),
            _("การกระทำ"),
            _("รหัสการกระทำ"),
        ),
        *(_("เรื่อง"), _("ผล"), _("เหตุผล"), _("รายละเอียด"), _("รหัสแฮช")),
    ]


def _cells(act: Act) -> list[Any]:
    return [
        act.pk,
        act.at.astimezone(BANGKOK).isoformat(timespec="seconds"),
        *(act.actor_name, act.post_title, act.acting_order),
        *(str(VERBS.get(act.verb, act.verb)), act.verb, act.subject),
        *(act.get_outcome_display(), act.reason),
        json.dumps(act.details, ensure_ascii=False) if act.details else "",
        act.hash,
    ]
