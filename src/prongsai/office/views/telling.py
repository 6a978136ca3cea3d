"""How a view says what an action refused: in sentences, on the page that follows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from prongsai.organisation.refusals import CannotAct


def tell(request: HttpRequest, refusal: CannotAct) -> None:
    for blocker in refusal.blockers:
        messages.error(request, str(blocker))


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """A refused act becomes messages; the action has already put it into the trail."""
    try:
        yield
    except CannotAct as refusal:
        tell(request, refusal)
