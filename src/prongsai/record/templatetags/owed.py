"""How a template shows results of the board: their colours and addresses."""

from django import template

from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.results import Result
from prongsai.organisation.spoken import spoken
from prongsai.record.addresses import public_path
from prongsai.record.evidence import Exhibit, Step
from prongsai.thai.dates import BUDDHIST_OFFSET

register = template.Library()

# Colours of the design system; the words beside them say the same.
TONES = {
    Result.MET: "success",
    Result.NOT_APPLICABLE: "neutral",
    Result.NOT_DUE: "info",
    Result.STALE: "warning",
    Result.INCOMPLETE: "warning",
    Result.BROKEN: "danger",
    Result.MISSING: "danger",
}


@register.filter
def tone(result: Result) -> str:
    return TONES[result]


@register.filter
def year_of(year: int) -> int:
    """A fiscal year as the reader counts years."""
    return int(spoken(str(year), str(year - BUDDHIST_OFFSET)))


@register.filter
def path_in(exhibit: Exhibit, language: str) -> str:
    return exhibit.path(language)


@register.filter
def way_in(exhibit: Exhibit, language: str) -> tuple[Step, ...]:
    return exhibit.way(language)


@register.filter
def evidence_path(duty: Obligation, language: str) -> str:
    """The public page of a duty."""
    return public_path("obligation", language, instrument=duty.instrument.key, item=duty.slug)
