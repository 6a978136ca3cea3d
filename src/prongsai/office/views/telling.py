"""How a view says what an action refused: in sentences, on the page that follows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from prongsai.organisation.refusals import CannotAct


def tell(request: HttpRequest, refusal: CannotAct) -> None:
    for blocker in refusal.blockers:
        messages.error(request, str(blocker))


def tell_with_link(request: HttpRequest, sentence: str, label: str, address: str) -> None:
    """What was done, and the way to what came of it."""
    link = '{} <a class="ds-link" href="{}">{}</a>'
    messages.success(request, format_html(link, sentence, address, label))


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """A refused act becomes messages; the action has already put it into the trail."""
    try:
        yield
    except CannotAct as refusal:
        tell(request, refusal)
