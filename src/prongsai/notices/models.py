"""Notices, their wordings, and what was sent to other channels."""

import hashlib
import json
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q

from prongsai.notices.public import Text
from prongsai.notices.states import (
    PUBLIC_STATES,
    Category,
    Certainty,
    Channel,
    DeliveryState,
    EndCause,
    Message,
    NoticeState,
    Severity,
    Stage,
    Urgency,
)
from prongsai.organisation.models import Person, Unit
from prongsai.record.states import RecallReason

# The fields of a wording that the public reads, under the names of `public.Text`.
TEXTS = tuple(Text.__annotations__)
# Of a notice's name in addresses: so many hexadecimal digits of its `ref`.
NAME_LENGTH = 10


class NoticeQuerySet(models.QuerySet["Notice"]):
    def public(self) -> Self:
        return self.filter(state__in=sorted(PUBLIC_STATES))

    def live(self) -> Self:
        return self.filter(state=NoticeState.LIVE)

    def to_review(self) -> Self:
        """Ended and not looked back at; a drill is looked back at as well."""
        return self.filter(state=NoticeState.ENDED)


class Notice(models.Model):
    """One emergency (or drill) from its first draft to the look back at it.

    `number` is its place in the record once the worker has been there; `end_seq` its end's entry. Drills get neither.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    is_drill = models.BooleanField(default=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")
    state = models.CharField(max_length=20, choices=NoticeState, default=NoticeState.DRAFT)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    number = models.CharField(max_length=20, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    # Null when it ended by itself.
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="ended_notices"
    )
    end_cause = models.CharField(max_length=10, choices=EndCause, blank=True, default="")
    end_reason = models.TextField(blank=True, default="")
    end_post = models.CharField(max_length=200, blank=True, default="")
    end_acting = models.CharField(max_length=300, blank=True, default="")
    end_seq = models.PositiveBigIntegerField(null=True, blank=True)
    # Its words are to be nowhere in public any more; what the record held of it is gone since `recall_entered_at`.
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="recalled_notices"
    )
    recall_reason = models.CharField(max_length=20, choices=RecallReason, blank=True, default="")
    recall_explanation = models.TextField(blank=True, default="")
    recall_post = models.CharField(max_length=200, blank=True, default="")
    recall_acting = models.CharField(max_length=300, blank=True, default="")
    recall_entered_at = models.DateTimeField(null=True, blank=True)
    review_due_date = models.DateField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="reviewed_notices"
    )
    review_effect = models.TextField(blank=True, default="")
    review_lesson = models.TextField(blank=True, default="")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                name="ended_notice_says_when_and_why",
                condition=~Q(state__in=["ended", "reviewed"])
                | (Q(ended_at__isnull=False) & ~Q(end_cause="")),
            ),
            models.CheckConstraint(
                name="reviewed_notice_has_a_review",
                condition=~Q(state="reviewed")
                | (Q(reviewed_at__isnull=False) & Q(reviewed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="recalled_notice_says_by_whom_and_why",
                condition=Q(recalled_at=None)
                | (~Q(recalled_by=None) & ~Q(recall_reason="") & ~Q(recall_explanation="")),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def public_id(self) -> str:
        """Its name in public addresses, short enough to be read out."""
        return self.ref.hex[:NAME_LENGTH]

    @property
    def subject(self) -> str:
        """How the trail of acts names this notice."""
        return f"notice:{self.ref}"

    @property
    def newest(self) -> "Wording | None":
        return self.wordings.order_by("-version").first()

    @property
    def current(self) -> "Wording | None":
        """What the public reads, or read last."""
        return self.wordings.filter(stage=Stage.APPROVED).order_by("-version").first()


class Wording(models.Model):
    """One wording of a notice, who wrote it and who agreed. An approved one is never changed; the next follows it."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="wordings")
    version = models.PositiveIntegerField()
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )
    kind = models.CharField(max_length=10, choices=Message, default=Message.ALERT)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    headline = models.CharField(max_length=200, blank=True, default="")
    happened = models.TextField(blank=True, default="")
    to_do = models.TextField(blank=True, default="")
    contact = models.CharField(max_length=300, blank=True, default="")
    area = models.CharField(max_length=300, blank=True, default="")
    valid_until_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True, default="")
    headline_en = models.CharField(max_length=200, blank=True, default="")
    to_do_en = models.TextField(blank=True, default="")
    category = models.CharField(max_length=12, choices=Category, default=Category.SAFETY)
    severity = models.CharField(max_length=12, choices=Severity, default=Severity.SEVERE)
    urgency = models.CharField(max_length=12, choices=Urgency, default=Urgency.IMMEDIATE)
    certainty = models.CharField(max_length=12, choices=Certainty, default=Certainty.OBSERVED)
    # Clause 1.2: benefit, harm and whom it concerns, for whoever decides; the public does not read it.
    impact = models.TextField(blank=True, default="")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="wordings")
    # Ids of everybody who wrote in it: none of them may agree to it.
    writers = models.JSONField(default=list, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="submitted_wordings"
    )
    remark = models.TextField(blank=True, default="")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="approved_wordings"
    )
    approver_post = models.CharField(max_length=200, blank=True, default="")
    approver_acting = models.CharField(max_length=300, blank=True, default="")
    entry_seq = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("notice", "version")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "version"], name="wording_has_one_place_in_its_notice"
            ),
            models.UniqueConstraint(
                fields=["notice"],
                condition=~Q(stage="approved"),
                name="notice_has_one_wording_under_way",
            ),
            models.CheckConstraint(
                name="approved_wording_has_an_approver_and_an_end",
                condition=~Q(stage="approved")
                | (
                    Q(approved_at__isnull=False)
                    & Q(approved_by__isnull=False)
                    & Q(valid_until_at__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or str(self.notice_id)

    @property
    def text(self) -> Text:
        return Text(**{name: getattr(self, name) for name in TEXTS})

    @property
    def hash(self) -> str:
        """SHA-256 of all that is agreed to: the words, the time, and whether it is a drill."""
        values: dict[str, Any] = {name: getattr(self, name) for name in (*TEXTS, "impact")}
        until = self.valid_until_at.isoformat() if self.valid_until_at else ""
        values |= {"until": until, "version": self.version, "is_drill": self.notice.is_drill}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


class Delivery(models.Model):
    """One message to one address of a channel; the row is the truth, there is no queue to lose.

    `version` 0 is the end of the notice, `queries.RECALL_OF_NOTICE` its recall. `target` is an address; secrets are
    never in it.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    version = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=Channel)
    target = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "version", "channel", "target"],
                name="delivery_goes_to_each_address_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.target}"
