"""Work goes from a unit that ends to the one that answers for it from then on."""

from prongsai.disclosures.models import Disclosure
from prongsai.organisation.models import Unit


def hand_over(*, unit: Unit, successor: Unit) -> int:
    """How many disclosures were handed over. Part of a reorganisation, which is the act that is recorded.

    Revisions stay as they are: what is on its way goes on under the name that its approvers saw, and the next
    save names the successor.
    """
    return Disclosure.objects.filter(unit=unit).update(unit=successor)
