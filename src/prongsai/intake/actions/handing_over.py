"""What came in for a unit that ends goes to the one that answers for it from then on."""

from prongsai.intake.models import Batch
from prongsai.organisation.models import Unit


def hand_over_batches(*, unit: Unit, successor: Unit) -> int:
    """How many batches were handed over. Part of a reorganisation, which is the act that is recorded."""
    return Batch.objects.filter(unit=unit).update(unit=successor)
