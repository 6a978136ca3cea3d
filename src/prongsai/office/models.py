"""What the office itself remembers: that the worker is alive, how people want to be told, and what was mailed."""

from django.db import models
from django.db.models import Q

from prongsai.office.states import MailState, Telling
from prongsai.organisation.models import Person


class Pulse(models.Model):
    """That a process was alive at a time; one row for each, moved on by itself every few seconds."""

    name = models.SlugField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class TellingWish(models.Model):
    """How one person wants to be told. Without a row it is the digest; without an address nothing is sent."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="telling_wish")
    how = models.CharField(max_length=10, choices=Telling, default=Telling.DIGEST)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id}: {self.how}"


class Told(models.Model):
    """That somebody was told of one thing that waits for them. Such a key is told once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "told"
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="person_is_told_of_it_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.key}"


class StaffMail(models.Model):
    """A mail to one person: how many things wait, and no word of what they are.

    `key` makes it once. `SENDING` is written before the mail server is asked: whatever is found so after a
    crash may have gone out, becomes `UNSURE`, and is not sent again.
    """

    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True, default="")
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["state", "changed_at"], name="staff_mail_next")]
        constraints = [
            models.CheckConstraint(name="mail_tells_of_something", condition=Q(count__gt=0))
        ]

    def __str__(self) -> str:
        return self.key
