"""What came in, what was proposed for it, and what a person made of it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from prongsai.disclosures.models import Disclosure
from prongsai.files.models import StoredFile
from prongsai.intake.states import (
    DECIDED_STATES,
    OPEN_STATES,
    ArrivalState,
    DuplicateChoice,
    Source,
)
from prongsai.organisation.models import Person, Unit


class BatchQuerySet(models.QuerySet["Batch"]):
    def under_way(self) -> Self:
        """With something in it that nobody has decided yet."""
        waiting = Arrival.objects.filter(state__in=OPEN_STATES).values("batch")
        return self.filter(pk__in=waiting)


class Batch(models.Model):
    """Files that came in together for a unit. `manifest` is the table that says what they are, if there is one."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="batches")
    source = models.CharField(max_length=10, choices=Source, default=Source.DROPPED)
    name = models.CharField(max_length=255, blank=True, default="")
    manifest = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="batches")

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.name or str(self.ref)

    @property
    def subject(self) -> str:
        """Its name in the trail of acts."""
        return f"batch:{self.ref}"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def undecided(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def being_read(self) -> Self:
        return self.filter(state=ArrivalState.READING)


class Arrival(models.Model):
    """One file that came in. Nothing of `proposals` is content until a person confirms it.

    `proposals` has the shape of `noting.noted`, `given` is what people typed over it so far, `accepted` what they
    confirmed: the two under the names of `forms.ArrivalForm`. `sent_sha256` is of the bytes that were sent,
    before pictures are redrawn.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="arrivals")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="arrivals")
    name = models.CharField(max_length=255)
    sent_sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(
        max_length=10, choices=ArrivalState, default=ArrivalState.READING, db_index=True
    )
    attempts = models.PositiveIntegerField(default=0)
    proposals = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    accepted = models.JSONField(default=dict)
    duplicate_choice = models.CharField(
        max_length=10, choices=DuplicateChoice, blank=True, default=DuplicateChoice.NONE
    )
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, null=True, related_name="arrivals")
    manifest_row = models.PositiveIntegerField(null=True)
    arrived_at = models.DateTimeField()
    arrived_by = models.ForeignKey(Person, models.PROTECT, related_name="arrivals")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sent_sha256"], name="batch_holds_the_same_bytes_once"
            ),
            models.CheckConstraint(
                name="decided_arrival_names_who_decided",
                # Sorted, or each installation would have the states in another order.
                condition=Q(
                    state__in=sorted(DECIDED_STATES),
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                )
                | (~Q(state__in=sorted(DECIDED_STATES)) & Q(decided_at=None, decided_by=None)),
            ),
            models.CheckConstraint(
                name="confirmed_arrival_has_its_disclosure",
                condition=~Q(state__in=[ArrivalState.CONFIRMED, ArrivalState.CORRECTED])
                | Q(disclosure__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """Its name in the trail of acts."""
        return f"arrival:{self.ref}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_proposed(self) -> bool:
        return self.state == ArrivalState.PROPOSED


class Sketch(models.Model):
    """What is remembered of a file's text to find others that say the same: see `likeness.Sketch`."""

    sha256 = models.CharField(max_length=64, unique=True)
    signature = models.BinaryField()
    numbers = models.JSONField(default=list)
    year = models.PositiveIntegerField(null=True)
    years = models.JSONField(default=list)
    length = models.PositiveIntegerField()
    is_scanned = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.sha256[:12]


class SketchBand(models.Model):
    """A part of a signature: sketches that share one are worth comparing."""

    sketch = models.ForeignKey(Sketch, models.PROTECT, related_name="bands")
    value = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return str(self.value)
