"""How much waits for somebody, as the navigation of every page says it.

To count it is to make the whole inbox: half of what a page asks the database. So a count stands for some seconds,
unless its own person does something; what others do shows a little later, and in the inbox itself at once.
"""

from collections.abc import Iterable

from django.core.cache import caches

from prongsai.office.desk import Desk
from prongsai.office.inbox import TO_FOLLOW, WaitingList


def waiting_count(desk: Desk, lists: Iterable[WaitingList], *, is_inbox: bool) -> int:
    """`lists` are lazy: they are only made where no count is known."""
    known = None if is_inbox else caches["counts"].get(_key(desk))
    if known is not None:
        return int(known)
    count = sum(len(one.rows) for one in lists if one.key != TO_FOLLOW)
    caches["counts"].set(_key(desk), count)
    return count


def forget_count(desk: Desk) -> None:
    caches["counts"].delete(_key(desk))


def _key(desk: Desk) -> str:
    return str(desk.person.pk)
