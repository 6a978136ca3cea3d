"""Questions without models, where they are asked often."""

from collections.abc import Iterator
from typing import Any

from django.db import connections

from prongsai.record.triggers import RECORD


def bare_rows(question: str, values: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connections[RECORD].cursor() as cursor:
        cursor.execute(question, values)
        yield from cursor.fetchall()
