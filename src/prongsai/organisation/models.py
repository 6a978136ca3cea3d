"""Units, posts, people, appointments, roles, and the trail of acts."""

from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prongsai.organisation.spoken import Spoken
from prongsai.organisation.states import Capacity, Outcome, RoleCode, Standing, UnitLevel


class UnitQuerySet(models.QuerySet["Unit"]):
    def in_use(self) -> Self:
        """Without those that have gone into another."""
        return self.filter(successor=None)


class Unit(models.Model):
    """A part of the municipality. `code` is its name for ever; editions speak of it by that.

    A unit that has ended keeps its row, and names the `successor` that answers for what it published.
    """

    code = models.SlugField(max_length=40, unique=True, allow_unicode=False)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True, default="")
    level = models.CharField(max_length=20, choices=UnitLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    phone = models.CharField(max_length=60, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    position = models.PositiveIntegerField(default=0)
    # What stands before the stroke in the numbers of its letters, such as “ตง 52001”; empty = those of the unit above.
    letter_code = models.CharField(max_length=40, blank=True, default="")
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    ended_date = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()
    name = Spoken()

    class Meta:
        ordering = ("position", "code")
        constraints = [
            models.CheckConstraint(
                name="ended_unit_has_a_successor",
                condition=Q(successor=None, ended_date=None)
                | Q(successor__isnull=False, ended_date__isnull=False),
            ),
            models.CheckConstraint(
                name="unit_does_not_succeed_itself", condition=~Q(successor=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What a post may do, in words that staff read. Loaded from `data/roles.toml`."""

    code = models.CharField(max_length=20, choices=RoleCode, unique=True)
    name_th = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    description_th = models.TextField()
    description_en = models.TextField(blank=True, default="")
    name = Spoken()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A seat that decides or works, whoever sits on it. Roles belong to the seat."""

    code = models.SlugField(max_length=60, unique=True, allow_unicode=False)
    title_th = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    rank = models.PositiveIntegerField(default=0, help_text=_("เลขน้อยคือตำแหน่งสูง"))
    # On the post, not on the person: whoever stands in for a post has its roles and loses them with it.
    roles = models.ManyToManyField(Role, related_name="posts", blank=True)
    title = Spoken()

    class Meta:
        ordering = ("rank", "code")

    def __str__(self) -> str:
        return self.title


class Person(AbstractUser):
    """Somebody who signs in. What they may do follows from the posts they hold today."""

    title_th = models.CharField(max_length=40, blank=True, default="")
    # Only for colleagues: no edition and no page of the portal knows it.
    phone = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Title, given name and surname as Thai writes them, without a space after the title."""
        return f"{self.title_th}{self.first_name} {self.last_name}".strip() or self.username

    @property
    def subject(self) -> str:
        """What the trail calls this account."""
        return f"person:{self.username}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def held(self, *, on: date) -> Self:
        """Those that count on that day; one that waits for a second person's word does not."""
        begun = self.filter(standing=Standing.COUNTS, from_date__lte=on)
        return begun.filter(Q(to_date=None) | Q(to_date__gte=on))


class Appointment(models.Model):
    """Who holds which post from when to when, and by which order if they only stand in."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    capacity = models.CharField(max_length=20, choices=Capacity, default=Capacity.SUBSTANTIVE)
    order_number = models.CharField(max_length=60, blank=True, default="")
    order_date = models.DateField(null=True, blank=True)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    # How far an order to stand in reaches: kinds of disclosure and codes of units; an empty list is everything.
    scope_kinds = models.JSONField(default=list, blank=True)
    scope_units = models.JSONField(default=list, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.COUNTS)
    # Null for what the chart's file says: whoever loads it sits at the machine itself.
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("post", "from_date")
        constraints = [
            models.CheckConstraint(
                name="acting_appointment_names_its_order",
                condition=Q(capacity=Capacity.SUBSTANTIVE)
                | (~Q(order_number="") & Q(order_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
            ),
            # SQLite has no exclusion constraint, so overlapping periods with an end are found by
            # `rules.appointment_blockers` alone; this one stops the case that would never heal by itself.
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(capacity=Capacity.SUBSTANTIVE, to_date=None)
                & ~Q(standing=Standing.REFUSED),
                name="post_has_one_holder_without_end",
            ),
            models.CheckConstraint(
                name="appointment_is_settled_by_somebody_else",
                condition=Q(settled_by=None)
                | (~Q(settled_by=F("proposed_by")) & ~Q(settled_by=F("person"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.post}"

    @property
    def is_limited(self) -> bool:
        return bool(self.scope_kinds or self.scope_units)


class Act(models.Model):
    """Who did, or was refused, what, in which post, and why. Rows are added, never changed."""

    at = models.DateTimeField()
    # Null for the machine. The other columns are a copy: the trail must read the same when the chart changed.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="acts")
    actor_name = models.CharField(max_length=300)
    post_code = models.CharField(max_length=60, blank=True, default="")
    post_title = models.CharField(max_length=200, blank=True, default="")
    capacity = models.CharField(max_length=20, blank=True, default="")
    acting_order = models.CharField(max_length=200, blank=True, default="")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True, default="")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.DONE)
    reason = models.TextField(blank=True, default="")
    details = models.JSONField(default=dict, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["subject", "-id"]),
            models.Index(fields=["person", "-id"]),
            models.Index(fields=["verb", "-id"], name="act_verb_newest"),
            models.Index(fields=["at"], name="act_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Acts are added, never changed.")
        super().save(*args, **kwargs)
