"""The verbs of the office's own rows; whatever concerns a disclosure is an act of the apps above."""

from datetime import datetime

from prongsai.office.models import Pulse


def beat(*, name: str, at: datetime) -> None:
    """Says that this process is alive. The machine does so every few seconds: nothing of it is an act."""
    Pulse.objects.update_or_create(name=name, defaults={"at": at})
