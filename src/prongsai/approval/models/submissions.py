"""Submissions, decisions, and what is circulated afterwards."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q

from prongsai.approval.models.bundles import Sending
from prongsai.approval.states import (
    OPEN_STATES,
    Cause,
    Passing,
    ReminderCause,
    SubmissionState,
    Urgency,
    Verdict,
)
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.organisation.models import Person
from prongsai.record.states import Action, Significance


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
    # Of a correction: the newest entry of its item when it was sent. Null for what was sent before this was kept.
    base_seq = models.PositiveBigIntegerField(null=True)
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
