"""Units end and are renamed. These are parts of a reorganisation, which is the one act that is recorded."""

from datetime import date

from prongsai.organisation.models import Appointment, Post, Unit
from prongsai.organisation.states import Standing


def end_unit(*, unit: Unit, successor: Unit, on: date) -> None:
    """Its posts go over with whoever holds them, and so do the units below it. The row stays."""
    Post.objects.filter(unit=unit).update(unit=successor)
    Unit.objects.filter(parent=unit).update(parent=successor)
    # Whatever had gone into this unit before is answered for by the same one.
    Unit.objects.filter(successor=unit).update(successor=successor)
    Unit.objects.filter(pk=unit.pk).update(successor=successor, ended_date=on)


def close_unit(*, unit: Unit, successor: Unit, on: date) -> None:
    """Its posts stay with it, held by nobody from the next day on; `successor` answers for what is left."""
    Unit.objects.filter(successor=unit).update(successor=successor)
    Unit.objects.filter(pk=unit.pk).update(successor=successor, ended_date=on)
    held = Appointment.objects.filter(post__unit=unit).exclude(to_date__lte=on)
    held.filter(from_date__gt=on).update(standing=Standing.REFUSED)
    held.filter(from_date__lte=on).update(to_date=on)


def rename_unit(*, unit: Unit, name_th: str, name_en: str) -> None:
    Unit.objects.filter(pk=unit.pk).update(name_th=name_th, name_en=name_en)
