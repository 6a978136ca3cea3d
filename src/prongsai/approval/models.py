"""Chains, submissions and decisions."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from prongsai.approval.states import OPEN_STATES, SubmissionState, Urgency, Verdict
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.organisation.models import Person
from prongsai.record.states import Action, Significance


class Chain(models.Model):
    """For which kind and act ("" = every one) and urgency a line is walked. From `data/chains.toml`."""

    code = models.SlugField(max_length=60, unique=True, allow_unicode=False)
    name_th = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True, default="")
    action = models.CharField(max_length=20, blank=True, default="")
    urgency = models.CharField(max_length=10, choices=Urgency)

    class Meta:
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "action", "urgency"], name="chain_is_chosen_without_doubt"
            )
        ]

    def __str__(self) -> str:
        return self.name_th


class ChainStep(models.Model):
    """One step: its seats (post codes or patterns such as `section-head`), and how many must endorse.

    `otherwise` are the seats where the pattern fits no unit, such as a disclosure without a section.
    """

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    seats = models.JSONField()
    otherwise = models.JSONField(default=list, blank=True)
    quorum = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("chain", "position")
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="step_has_one_position")
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}.{self.position}"


class Submission(models.Model):
    """One act on its way through a chain as it stood that day.

    `steps` is `[{"posts": [code…], "quorum": n}…]`. `content_hash` binds the decisions to all that becomes
    public (`rules.submission_hash`). `contributors` are the ids of those who may not decide.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="submissions")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="submissions")
    content_hash = models.CharField(max_length=64)
    action = models.CharField(max_length=20, choices=Action)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    significance = models.CharField(max_length=10, choices=Significance, default=Significance.MAJOR)
    change_note = models.TextField(blank=True, default="")
    explanation = models.TextField(blank=True, default="")
    recall_reason = models.CharField(max_length=40, blank=True, default="")
    redirect_number = models.CharField(max_length=20, blank=True, default="")
    chain_code = models.SlugField(max_length=60)
    # A copy: posts as they were named that day, so that loading other chains moves no one's work.
    steps = models.JSONField()
    step = models.PositiveIntegerField(default=0)
    # Grows with each remand by one step, so that a post may speak again in the table's eyes.
    round = models.PositiveIntegerField(default=1)
    state = models.CharField(
        max_length=20, choices=SubmissionState, default=SubmissionState.UNDER_WAY
    )
    publish_after = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="submissions")
    submitter_post = models.CharField(max_length=200)
    # For lists alone; `queries.contributors` asks the rows again before anybody decides or publishes.
    contributors = models.JSONField(default=list, blank=True)
    approved_at = models.DateTimeField(null=True)
    entry_seq = models.PositiveBigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    # Why it came back after its approval: from the gate, or from whoever stopped it.
    refusal = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-submitted_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure"],
                # Sorted, or each makemigrations would find the set in another order and make a migration.
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="disclosure_has_one_open_submission",
            ),
            models.CheckConstraint(
                name="withdrawal_has_an_explanation",
                condition=~Q(action__in=["withdrawn", "recalled"]) | ~Q(explanation=""),
            ),
            models.CheckConstraint(
                name="correction_has_a_note", condition=~Q(action="corrected") | ~Q(change_note="")
            ),
            models.CheckConstraint(
                name="consolidation_names_its_target",
                condition=~Q(action="consolidated") | ~Q(redirect_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.disclosure_id}"

    @property
    def subject(self) -> str:
        """How the trail of acts names this submission."""
        return f"submission:{self.ref}"


class Decision(models.Model):
    """What a post said, who held it that day, and why. Rows are added, never changed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    step = models.PositiveIntegerField()
    round = models.PositiveIntegerField(default=1)
    post_code = models.SlugField(max_length=60)
    post_title = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    capacity = models.CharField(max_length=20)
    acting_order = models.CharField(max_length=200, blank=True, default="")
    verdict = models.CharField(max_length=20, choices=Verdict)
    reason = models.TextField(blank=True, default="")
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="remand_has_a_reason", condition=Q(verdict=Verdict.ENDORSE) | ~Q(reason="")
            ),
            models.UniqueConstraint(
                fields=["submission", "step", "round", "post_code"],
                name="post_decides_once_a_step_and_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_title}: {self.verdict}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Decisions are added, never changed.")
        super().save(*args, **kwargs)
