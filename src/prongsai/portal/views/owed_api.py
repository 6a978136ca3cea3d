"""What is owed, for programs: the catalogue of duties, and what was last seen of each."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse

from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import obligations as all_obligations
from prongsai.portal.asked_day import day_asked
from prongsai.portal.views.api import answer, item_url, public_url
from prongsai.record.owed import Line, PartLine, lines, stood_since


def obligations(request: HttpRequest) -> JsonResponse:
    instrument = request.GET.get("instrument", "")
    rows = [_duty(each) for each in all_obligations() if instrument in ("", each.instrument.key)]
    return answer({"total": len(rows), "obligations": rows})


def coverage(request: HttpRequest) -> JsonResponse:
    """As things stand, or stood at the end of the day `on`."""
    instrument, on = request.GET.get("instrument", ""), day_asked(request.GET)
    found = [each for each in lines(on=on) if instrument in ("", each.duty.instrument.key)]
    since = stood_since(found, on=on)
    rows = [_line(each, since[each.duty.key, each.year]) for each in found]
    return answer({"on": on.isoformat() if on else None, "total": len(rows), "coverage": rows})


def _duty(duty: Obligation) -> dict[str, Any]:
    return {
        "key": duty.key,
        "topic": duty.topic,
        "instrument": {
            "key": duty.instrument.key,
            "name": {"th": duty.instrument.name_th, "en": duty.instrument.name_en},
            "assessment_year": duty.instrument.assessment_year,
        },
        "clause": {"th": duty.clause, "en": duty.clause_en or duty.clause},
        "label": {"th": duty.label_th, "en": duty.label_en},
        "demand": {"th": duty.demand_th},
        "period": duty.period.value,
        "source": duty.source,
        "confidence": duty.confidence.value,
        "url": _url(duty),
    }


def _line(line: Line, since: datetime) -> dict[str, Any]:
    return {
        "obligation": line.duty.key,
        "year": line.year,
        "result": line.result.value,
        "since": since.isoformat(),
        "due_date": line.due_date.isoformat() if line.due_date else None,
        "post": {"th": line.post_th, "en": line.post_en},
        "parts": [_part(each) for each in line.parts],
        "url": _url(line.duty) + line.year_asked,
    }


def _part(part: PartLine) -> dict[str, Any]:
    return {
        "key": part.key,
        "first": part.first.isoformat(),
        "last": part.last.isoformat(),
        "due_date": part.due_date.isoformat() if part.due_date else None,
        "result": part.result.value,
        "failed": [
            {"check": each.told.check.value, "number": each.number, "about": each.told.about}
            for each in part.failed
        ],
        "evidence": [
            {"number": number, "version": version, "url": item_url(number)}
            for number, version in part.evidence
        ],
        "statement": part.statement or None,
    }


def _url(duty: Obligation) -> str:
    return public_url("obligation", instrument=duty.instrument.key, item=duty.slug)
