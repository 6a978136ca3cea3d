"""Numbers of official papers, and the papers that were made."""

import uuid
from typing import Any

from django.db import models

from prongsai.approval.models import Submission
from prongsai.disclosures.models import Disclosure
from prongsai.publication.papers.states import PaperKind


class IssuedNumber(models.Model):
    """One line of the register of outgoing papers: within a series and Buddhist calendar year numbers run 1, 2, 3…

    Rows are added, never changed. `key` names the paper that the number is for, so that it is issued once.
    """

    key = models.CharField(max_length=120, unique=True)
    series = models.CharField(max_length=60)
    year = models.PositiveIntegerField()
    running = models.PositiveIntegerField()
    text = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ("series", "year", "running")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "running"], name="number_is_issued_once"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Numbers are issued, never changed.")
        super().save(*args, **kwargs)


class Paper(models.Model):
    """A complete paper as it was made, by the SHA-256 of its PDF. Rows are added, never changed.

    `disclosure` is empty for papers of the year, `year` (Buddhist era) for all others.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30, choices=PaperKind)
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, null=True, related_name="papers")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="papers")
    year = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=80, blank=True, default="")
    title = models.CharField(max_length=600)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Papers are added, never changed.")
        super().save(*args, **kwargs)
