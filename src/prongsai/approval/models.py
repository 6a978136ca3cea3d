"""Chains and their versions, bundles, submissions, decisions, and what is circulated afterwards."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q

from prongsai.approval.chains import Plan
from prongsai.approval.scopes import Scope
from prongsai.approval.states import (
    OPEN_STATES,
    Cause,
    ChainVerdict,
    Passing,
    ReminderCause,
    SubmissionState,
    Urgency,
    Verdict,
)
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.organisation.models import Person, Unit
from prongsai.record.states import Action, Significance


class ChainVersion(models.Model):
    """A chain from a day on: for what it is, and its steps. Rows are added, never changed.

    It counts from `from_date` (null: always) once a second person has confirmed it, until a newer one counts; one
    that is retired ends the chain. `plans` is `[Plan.to_json()…]`, `informed` the seats that are told afterwards.
    `proposed_by` is null for what came from a file.
    """

    code = models.SlugField(max_length=60, allow_unicode=False)
    number = models.PositiveIntegerField()
    name_th = models.CharField(max_length=200)
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

    class Meta:
        ordering = ("code", "-number")
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="chain_version_has_one_number")
        ]

    def __str__(self) -> str:
        return self.name_th

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


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def leading(self) -> Self:
        """Of a bundle the first alone, which stands for all in lists."""
        return self.filter(place=0)


class Submission(models.Model):
    """One act on its way through a chain as it stood that day.

    `steps` is `[Step.to_json()…]`, `informed` the posts that are told afterwards. `content_hash` binds the
    decisions to all that becomes public (`rules.submission_hash`). `contributors` are the ids of those who may
    not decide.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="submissions")
    # With the bundle as which it was sent, and its place among the members.
    sending = models.ForeignKey(Sending, models.PROTECT, null=True, related_name="submissions")
    place = models.PositiveIntegerField(default=0)
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
    # Null for what was sent before chains had versions.
    chain_version = models.PositiveIntegerField(null=True)
    # A copy: posts as they were named that day, so that loading other chains moves no one's work.
    steps = models.JSONField()
    informed = models.JSONField(default=list, blank=True)
    step = models.PositiveIntegerField(default=0)
    # Since when it stands at its step: deadlines are counted from that day.
    arrived_at = models.DateTimeField(null=True)
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

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("-submitted_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["sending", "place"], name="bundle_has_one_submission_a_place"
            ),
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
    """What a post said, who held it that day, and why. Rows are added, never changed.

    `for_post` is the vacant post in whose place it was said. Whoever spoke before their turn has `passing` and the
    step at which the submission stood (`from_step`); a remand to a named step has `to_step`.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    step = models.PositiveIntegerField()
    round = models.PositiveIntegerField(default=1)
    post_code = models.SlugField(max_length=60)
    post_title = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    capacity = models.CharField(max_length=20)
    acting_order = models.CharField(max_length=200, blank=True, default="")
    verdict = models.CharField(max_length=20, choices=Verdict)
    for_post = models.SlugField(max_length=60, blank=True, default="")
    for_post_title = models.CharField(max_length=200, blank=True, default="")
    passing = models.CharField(max_length=20, choices=Passing, blank=True, default="")
    from_step = models.PositiveIntegerField(null=True)
    to_step = models.PositiveIntegerField(null=True)
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

    @property
    def seat(self) -> str:
        """The post whose word it counts as."""
        return self.for_post or self.post_code


class TimeChange(models.Model):
    """Who put off something approved, from when to when, and why. Rows are added, never changed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="time_changes")
    before_at = models.DateTimeField()
    after_at = models.DateTimeField()
    reason = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="time_changes")
    post = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(name="time_change_has_a_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.after_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Changes of time are added, never changed.")
        super().save(*args, **kwargs)


class Circulation(models.Model):
    """A post is told what others decided. It blocks nothing; whoever holds the post acknowledges it once."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="circulations")
    post_code = models.SlugField(max_length=60)
    post_title = models.CharField(max_length=200)
    cause = models.CharField(max_length=20, choices=Cause)
    step = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="acknowledged"
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "post_code", "cause", "step"], name="post_is_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_title}: {self.cause}"


class Reminder(models.Model):
    """That a step is late was said, on this day, to this post. Rows are added, never changed.

    Whoever sends e-mail asks for rows that it has not sent: `key` is one for each thing that may be said.
    """

    key = models.CharField(max_length=200, unique=True)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reminders")
    cause = models.CharField(max_length=20, choices=ReminderCause)
    post_code = models.SlugField(max_length=60)
    step = models.PositiveIntegerField()
    due_date = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.key


class Suggestion(models.Model):
    """Small corrections that an approver sent back with a submission; they count once its author has made them.

    `replacements` is `[{"old": …, "new": …}…]`, words of the title, the summary or the body.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="suggestion")
    replacements = models.JSONField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="accepted_suggestions"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.decision}"


class BundleLook(models.Model):
    """That somebody said that they have read a member of a bundle before them. Rows are added, never changed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="looks")
    looked_at = models.DateTimeField()
    looked_by = models.ForeignKey(Person, models.PROTECT, related_name="looks")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "looked_by"], name="member_is_looked_at_once_by_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.looked_by_id}"
