"""What the office itself remembers: that the worker is alive, how people are told, and how accounts are opened."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from prongsai.disclosures.models import Disclosure
from prongsai.office.states import MailState, Purpose, ResetState, Telling, WishState
from prongsai.organisation.models import Person

RESET_LAPSES = timedelta(days=1)


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
    """A mail to one person: how many things wait, and no word of what they are, but for duties, which are public.

    `key` makes it once. `SENDING` is written before the mail server is asked: whatever is found so after a
    crash may have gone out, becomes `UNSURE`, and is not sent again.
    """

    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Only for a mail to where the person could be reached before; else it goes to where they are reached now.
    address = models.EmailField(blank=True, default="")
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


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self, *, at: datetime) -> Self:
        return self.filter(used_at=None, cancelled_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A link with which a person sets their password, or links their account at the identity provider, once.

    Only its hash is kept: nobody can read the link again.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.PASSWORD)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    # Null for the machine: the first administrator is invited from the command line.
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.person} {self.made_at:%Y-%m-%d}"


class KnownDevice(models.Model):
    """A browser from which somebody signed in before, by the hash of a random cookie."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="devices")
    token_hash = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        ordering = ("-last_seen_at",)
        constraints = [
            models.UniqueConstraint(fields=["person", "token_hash"], name="device_is_known_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.token_hash[:8]}"


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def waiting(self, *, at: datetime) -> Self:
        """After a day nobody remembers what they saw: the wish lapses."""
        return self.filter(state=ResetState.OPEN, asked_at__gt=at - RESET_LAPSES)


class FactorReset(models.Model):
    """That an administrator wishes to take away somebody's second factor, and what a second person said to it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="factor_resets")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=ResetState, default=ResetState.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                name="reset_is_settled_by_somebody_else",
                condition=Q(settled_by=None) | ~Q(settled_by=models.F("person")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.state}"


class NameWish(models.Model):
    """That somebody asks to have their own name put right, and what an administrator answered, with a reason."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="name_wishes")
    title_th = models.CharField(max_length=40, blank=True, default="")
    first_name = models.CharField(max_length=150)
    last_name = models.CharField(max_length=150)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=WishState, default=WishState.OPEN)
    answer = models.TextField(blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                name="one_wish_about_a_name_is_open",
                fields=["person"],
                condition=Q(state=WishState.OPEN),
            ),
            models.CheckConstraint(
                name="name_wish_is_settled_by_somebody_else_with_a_reason",
                condition=Q(state=WishState.OPEN, settled_at=None, settled_by=None)
                | (~Q(state=WishState.OPEN) & ~Q(answer="") & ~Q(settled_by=models.F("person"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.state}"

    @property
    def names(self) -> dict[str, str]:
        """As `rename_person` takes them."""
        return {
            "title_th": self.title_th,
            "first_name": self.first_name,
            "last_name": self.last_name,
        }

    @property
    def full_name(self) -> str:
        """As it would stand under decisions."""
        return f"{self.title_th}{self.first_name} {self.last_name}".strip()


class SearchText(models.Model):
    """All words of a disclosure and of its files, normalised, for the staff's search. Made again by the worker.

    `changed_at` is when it was made; what is newer than that is put in at the next turn.
    """

    disclosure = models.OneToOneField(Disclosure, models.PROTECT, related_name="search_text")
    text = models.TextField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.disclosure_id}"


class AccountNotice(models.Model):
    """That somebody else changed how a person signs in whose posts decide. Its owner reads it, and one of those above.

    `person_acting` did it, in the post that `post_acting` names.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="account_notices")
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    person_acting = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post_acting = models.CharField(max_length=300)
    owner_read_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="account_notice_is_read_by_somebody_else",
                condition=Q(read_by=None)
                | (~Q(read_by=models.F("person")) & ~Q(read_by=models.F("person_acting"))),
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.person_id}"
