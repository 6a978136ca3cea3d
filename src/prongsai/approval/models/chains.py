"""Chains and their versions."""

from django.db import models

from prongsai.approval.chains import Plan
from prongsai.approval.scopes import Scope
from prongsai.approval.states import ChainVerdict, Urgency
from prongsai.organisation.models import Person
from prongsai.organisation.spoken import Spoken


class ChainVersion(models.Model):
    """A chain from a day on: for what it is, and its steps. Rows are added, never changed.

    It counts from `from_date` (null: always) once a second person has confirmed it, until a newer one counts; one
    that is retired ends the chain. `plans` is `[Plan.to_json()…]`, `informed` the seats that are told afterwards.
    `proposed_by` is null for what came from a file.
    """

    code = models.SlugField(max_length=60, allow_unicode=False)
    number = models.PositiveIntegerField()
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=20, blank=True, default="")
    section = models.SlugField(max_length=60, blank=True, default="")
    unit_code = models.SlugField(max_length=40, blank=True, default="")
    action = models.CharField(max_length=20, blank=True, default="")
    urgency = models.CharField(max_length=10, choices=Urgency)
    plans = models.JSONField(default=list, blank=True)
    informed = models.JSONField(default=list, blank=True)
    is_retired = models.BooleanField(default=False)
    from_date = models.DateField(null=True, blank=True)
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="proposed_chains"
    )
    proposer_post = models.CharField(max_length=200)
    name = Spoken()

    class Meta:
        ordering = ("code", "-number")
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="chain_version_has_one_number")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the trail of acts names this version."""
        return f"chain:{self.code}/{self.number}"

    @property
    def scope(self) -> Scope:
        return Scope(
            urgency=self.urgency,
            action=self.action,
            kind=self.kind,
            section=self.section,
            unit=self.unit_code,
        )

    @property
    def steps(self) -> list[Plan]:
        return [Plan.from_json(row) for row in self.plans]


class ChainConfirmation(models.Model):
    """What a second person said of a version: it counts, or never will. Rows are added, never changed."""

    version = models.OneToOneField(ChainVersion, models.PROTECT, related_name="confirmation")
    verdict = models.CharField(max_length=20, choices=ChainVerdict)
    reason = models.TextField(blank=True, default="")
    said_at = models.DateTimeField()
    # Null for what came from a file: whoever loads it sits at the machine itself.
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="chain_words")
    post = models.CharField(max_length=200)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.version}: {self.verdict}"
