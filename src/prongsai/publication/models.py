"""Numbers of official papers and the papers that were made; what follows a recall."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from prongsai.approval.models import Submission
from prongsai.approval.states import Urgency, Verdict
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.models import Person
from prongsai.publication.papers.states import PaperKind
from prongsai.publication.recalls.states import Carrier, CheckState, SetState


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


class PaperText(models.Model):
    """A version of a text of the papers, by an administrator. An empty one gives it back to the files.

    Rows are added, never changed; the newest counts for papers that are made from then on.
    """

    key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True, default="")
    reason = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="paper_texts")
    post = models.CharField(max_length=200)

    class Meta:
        ordering = ("key", "-number")
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="paper_text_has_one_number"),
            models.CheckConstraint(name="paper_text_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.key}/{self.number}"


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


class PurgeCheck(models.Model):
    """Whether one address that carried a recalled item still says it.

    Written before the gate recalls, for afterwards nobody knows the addresses any more; asked by the worker
    until the portal's answer proves that it is gone. `complaint` is a key of `texts.COMPLAINTS`.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="purge_checks")
    address = models.CharField(max_length=1000)
    carrier = models.CharField(max_length=10, choices=Carrier)
    # The same bytes belong to another item as well, which goes on showing them.
    is_shared = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.WAITING)
    status = models.PositiveIntegerField(null=True)
    complaint = models.CharField(max_length=20, blank=True, default="")
    tries = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "address"], name="address_is_checked_once_a_recall"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.address}"


class RecallSet(models.Model):
    """Several items recalled by one wish and one decision a post; each member has a submission of its own.

    `filters` are what it was chosen by, for the trail; the members are frozen. `content_hash` is over
    `recalls.rules.set_text`.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    filters = models.JSONField(default=dict, blank=True)
    recall_reason = models.CharField(max_length=40)
    explanation = models.TextField()
    urgency = models.CharField(max_length=10, choices=Urgency)
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=SetState, default=SetState.SUBMITTING)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="recall_sets")
    submitter_post_code = models.SlugField(max_length=60)
    submitter_post = models.CharField(max_length=200)

    class Meta:
        ordering = ("-submitted_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="recall_set_has_an_explanation", condition=~Q(explanation="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.recall_reason} {self.submitted_at:%Y-%m-%d}"

    @property
    def subject(self) -> str:
        return f"recall_set:{self.ref}"


class RecallMember(models.Model):
    """One item of a set. `refusal` says why it could not be submitted or decided; the others go on."""

    recall_set = models.ForeignKey(RecallSet, models.PROTECT, related_name="members")
    position = models.PositiveIntegerField()
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="recall_members")
    number = models.CharField(max_length=20)
    submission = models.OneToOneField(
        Submission, models.PROTECT, null=True, related_name="recall_member"
    )
    refusal = models.TextField(blank=True, default="")
    # The newest decision about the set that this member has heard of; 0 = none.
    heard = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("recall_set", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["recall_set", "disclosure"], name="item_is_once_in_a_recall_set"
            )
        ]

    def __str__(self) -> str:
        return self.number


class SetDecision(models.Model):
    """What a post said of a whole set. Rows are added, never changed; the worker tells each member."""

    recall_set = models.ForeignKey(RecallSet, models.PROTECT, related_name="decisions")
    post_code = models.SlugField(max_length=60)
    post_title = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, related_name="set_decisions")
    verdict = models.CharField(max_length=20, choices=Verdict)
    reason = models.TextField(blank=True, default="")
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.post_title}: {self.verdict}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Decisions are added, never changed.")
        super().save(*args, **kwargs)


class Incident(models.Model):
    """Personal data were public. Its clock runs from `known_at`, whatever becomes of the recall.

    One of `submission`, `recall_set` and `notice_ref` says by which recall the data go; the last is an emergency
    notice's, of which this app knows no more.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    submission = models.OneToOneField(
        Submission, models.PROTECT, null=True, related_name="incident"
    )
    recall_set = models.OneToOneField(RecallSet, models.PROTECT, null=True, related_name="incident")
    notice_ref = models.UUIDField(null=True, unique=True)
    known_at = models.DateTimeField()
    known_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="incidents")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closing_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("known_at", "id")
        constraints = [
            models.CheckConstraint(
                name="incident_belongs_to_one_recall",
                condition=Q(submission=None, recall_set=None, notice_ref__isnull=False)
                | Q(submission__isnull=False, recall_set=None, notice_ref=None)
                | Q(submission=None, recall_set__isnull=False, notice_ref=None),
            ),
            models.CheckConstraint(
                name="closed_incident_has_a_reason",
                condition=Q(closed_at=None) | (~Q(closing_reason="") & ~Q(closed_by=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.known_at:%Y-%m-%d}"

    @property
    def subject(self) -> str:
        return f"incident:{self.ref}"


class IncidentAnswer(models.Model):
    """What was answered to a question of the checklist. Rows are added; the newest counts."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="answers")
    question = models.SlugField(max_length=40)
    text = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="incident_answers")
    post_title = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.question}: {self.text[:40]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Answers are added, never changed.")
        super().save(*args, **kwargs)
