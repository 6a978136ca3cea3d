"""Bundles, their members, and how they were sent."""

import uuid

from django.db import models
from django.db.models import Q

from prongsai.disclosures.models import Disclosure
from prongsai.organisation.models import Person, Unit


class Bundle(models.Model):
    """Disclosures that are approved and published as one. `title` is what the public reads above them.

    It is changed freely while nothing of it is on its way; one that is closed was given up.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bundles")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="bundles")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="closed_bundles")

    class Meta:
        ordering = ("-opened_at", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """How the trail of acts names this bundle."""
        return f"bundle:{self.ref}"


class BundleMember(models.Model):
    """A disclosure in a bundle. It is open until the bundle is published or given up."""

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="members")
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="bundle_members")
    position = models.PositiveIntegerField()
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure"],
                condition=Q(is_open=True),
                name="disclosure_is_in_one_open_bundle",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bundle}: {self.position}"


class Sending(models.Model):
    """A bundle as it went to the approvers. Rows are added, never changed.

    `statement` names its members (`record.bundles`); its hash is part of what each decision is bound to. `salts`
    stand in the order of its members: each is published with its own member alone.
    """

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="sendings")
    statement = models.JSONField()
    statement_hash = models.CharField(max_length=64)
    salts = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="sendings")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.statement_hash[:12]}"
