"""Units that have ended, and who answers for them."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

from prongsai.organisation.successors import Successor, successors

register = template.Library()


@register.filter
def successor(code: str) -> Successor | None:
    """The unit that answers for this one today; None while it answers for itself."""
    return successors(settings.SUCCESSORS_FILE).get(code)


@register.filter
def successor_name(unit: Successor) -> str:
    return unit.name_en if get_language() == "en" and unit.name_en else unit.name_th
