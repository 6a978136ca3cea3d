"""Who acts: a person as holder of a post on a day, or the machine."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils import translation

from prongsai.organisation.states import Capacity
from prongsai.thai.dates import format_date


@dataclass(frozen=True)
class Actor:
    """What is remembered of an actor beside their act, whatever the chart says later."""

    person_id: int | None
    name: str
    post_code: str = ""
    post_title: str = ""
    capacity: str = ""
    acting_order: str = ""

    @classmethod
    def system(cls, name: str) -> Self:
        """The worker or another machine, which holds no post and may therefore decide nothing."""
        return cls(person_id=None, name=name)

    @property
    def signature(self) -> str:
        """The post as official papers show it, with acting capacity and order in brackets."""
        if self.capacity in ("", Capacity.SUBSTANTIVE):
            return self.post_title or self.name
        # A signature is part of an official paper: it stays Thai on English screens.
        with translation.override("th"):
            label = str(Capacity(self.capacity).label)
        return f"{self.post_title} ({label} {self.acting_order})".replace(" )", ")")


def acting_order(order_number: str, order_date: date | None) -> str:
    """The order as papers cite it, or nothing when there is none."""
    if not order_number or order_date is None:
        return ""
    return f"ตามคำสั่งที่ {order_number} ลงวันที่ {format_date(order_date)}"
