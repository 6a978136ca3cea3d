"""How a template says what changed between two lists of duties."""

from collections.abc import Iterable

from django import template

from prongsai.monitoring.queries import Looked
from prongsai.office.duty_lists import in_words
from prongsai.organisation.spoken import spoken

register = template.Library()


@register.filter
def fields_in_words(fields: Iterable[str]) -> str:
    return in_words(fields)


@register.filter
def owner_of(looked: Looked) -> str:
    """The post that answers for the duty, in the reader's language."""
    return spoken(looked.owner.title_th, looked.owner.title_en)
