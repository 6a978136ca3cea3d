"""The plainest valid duties and evidence."""

from datetime import date
from typing import Any

from prongsai.monitoring.evidence import Evidence
from prongsai.monitoring.periods import parts
from prongsai.monitoring.rules import Asked
from prongsai.obligations.catalogue import Instrument, Obligation
from prongsai.obligations.states import Confidence, Period
from prongsai.thai.normalise import normalise
from prongsai.thai.periods import stretch

LIST = Instrument("list-2569", "รายการ 2569", "List 2569", "รายการ", "List", 2569)
IN_MARCH = date(2026, 3, 16)


def duty(**changes: Any) -> Obligation:
    fields: dict[str, Any] = {
        "key": "list-2569-o1",
        "topic": "structure",
        "instrument": LIST,
        "clause": "O1",
        "clause_en": "",
        "label_th": "โครงสร้าง",
        "label_en": "Structure",
        "demand_th": "แสดงโครงสร้าง",
        "seed_clause": "",
        "period": Period.KEPT_CURRENT,
        "year_offset": 0,
        "sections": ("basic",),
        "source": "แหล่งที่อ้าง",
        "confidence": Confidence.SEEN,
    }
    return Obligation(**(fields | changes))


def evidence(**changes: Any) -> Evidence:
    """An item of fiscal year 2569, published in January 2026; `period` in words becomes its stretch."""
    period = changes.pop("period", "")
    fields: dict[str, Any] = {
        "number": "2569-00001",
        "version": 1,
        "title": "โครงสร้างของเทศบาล ปี 2569",
        "text": "โครงสร้างของเทศบาล ปี 2569",
        "published_date": date(2026, 1, 15),
        "reviewed_date": date(2026, 1, 15),
        "fiscal_year": 2569,
        "stretch": stretch(period, fiscal_year=2569),
    }
    made = Evidence(**(fields | changes))
    return Evidence(**vars(made) | {"text": normalise(f"{made.title}\n{made.text}")})


def asked(obligation: Obligation, key: str = "", *, on: date = IN_MARCH) -> Asked:
    (part,) = [each for each in parts(obligation, 2569, frozenset()) if each.key == key]
    return Asked(obligation, 2569, part, on)
