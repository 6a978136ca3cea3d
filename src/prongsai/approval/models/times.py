"""What a writer asks for of the time of something approved, and what the last approver says to it."""

from django.db import models
from django.db.models import Q

from prongsai.approval.models.submissions import Submission
from prongsai.organisation.models import Person


class TimeWish(models.Model):
    """Who wants something approved put off, from when to when, and why. Rows are added, never changed.

    It lapses when the submission waits for `before_at` no longer, or when a newer one is there.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="time_wishes")
    before_at = models.DateTimeField()
    after_at = models.DateTimeField()
    reason = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="time_wishes")
    post = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(name="time_wish_has_a_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.after_at:%Y-%m-%d %H:%M}?"


class TimeAnswer(models.Model):
    """What the last approver said to a wish; agreed, a `TimeChange` stands beside it. Rows are added, never changed."""

    wish = models.OneToOneField(TimeWish, models.PROTECT, related_name="answer")
    is_agreed = models.BooleanField()
    reason = models.TextField(blank=True, default="")
    person = models.ForeignKey(Person, models.PROTECT, related_name="time_answers")
    post = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="time_wish_is_refused_with_a_reason",
                condition=Q(is_agreed=True) | ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.wish_id}: {self.is_agreed}"
