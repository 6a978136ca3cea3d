"""Units as the portal names them when the municipality was reorganised after a publication."""

from collections.abc import Callable, Hashable

from django.conf import settings

from prongsai.organisation.successors import standing


def with_successors(head: Callable[[], Hashable | None]) -> Callable[[], Hashable | None]:
    """What pages are valid for, with the file of successors: a page made before it changed is made anew."""

    def both() -> Hashable | None:
        found = head()
        return None if found is None else (found, standing(settings.SUCCESSORS_FILE))

    return both
