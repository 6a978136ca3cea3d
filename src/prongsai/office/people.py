"""What the screens of accounts show: each person's posts, factors, last sign-in and open link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.office.desk import SECOND_FACTOR_ROLES
from prongsai.office.identity import PROVIDER
from prongsai.office.models import FactorReset, Invitation, NameWish
from prongsai.office.states import WishState
from prongsai.organisation.models import Appointment, Person
from prongsai.thai.normalise import normalise

FACTORS: dict[str, Promise] = {
    "totp": _("แอปยืนยันตัวตน"),
    "webauthn": _("พาสคีย์หรือกุญแจความปลอดภัย"),
    "recovery_codes": _("รหัสสำรอง"),
}


@dataclass(frozen=True)
class Account:
    """A person as an administrator sees them on a day."""

    person: Person
    appointments: tuple[Appointment, ...]
    factors: tuple[str, ...]
    invitation: Invitation | None
    lacks_factor: bool
    linked: SocialAccount | None

    @property
    def state(self) -> Promise:
        return STATES[self.state_code]

    @property
    def state_code(self) -> str:
        """The first that holds: shut, invited, without a password, without a post, without a factor, in use."""
        if not self.person.is_active:
            return "shut"
        if not self.person.has_usable_password():
            return "invited" if self.invitation else "no_password"
        if not self.appointments:
            return "no_post"
        return "no_factor" if self.lacks_factor else "in_use"


STATES: dict[str, Promise] = {
    "shut": _("ระงับ"),
    "invited": _("รอเจ้าของตั้งรหัสผ่าน"),
    "no_password": _("ยังไม่ได้เชิญ"),
    "no_post": _("ไม่มีตำแหน่งวันนี้"),
    "no_factor": _("ยังไม่ได้ตั้งการยืนยันสองชั้น"),
    "in_use": _("ใช้งาน"),
}


def found_people(words: str) -> QuerySet[Person]:
    """By user name, name, or the title of a post that they ever held."""
    people = Person.objects.order_by("first_name", "last_name", "username")
    for word in normalise(words).split():
        people = people.filter(
            Q(username__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(pk__in=Appointment.objects.filter(post__title_th__icontains=word).values("person"))
        )
    return people


def accounts(people: Iterable[Person], *, at: datetime, on: date) -> list[Account]:
    """In the same order; the number of questions does not grow with the number of people."""
    rows = list(people)
    factors, links, linked = _factors(rows), _links(rows, at=at), _linked(rows)
    held = _held(rows, on)
    return [
        Account(
            person=row,
            appointments=held.get(row.pk, ()),
            factors=factors.get(row.pk, ()),
            invitation=links.get(row.pk),
            lacks_factor=_needs_factor(held.get(row.pk, ())) and row.pk not in factors,
            linked=linked.get(row.pk),
        )
        for row in rows
    ]


def _held(people: list[Person], on: date) -> dict[int, tuple[Appointment, ...]]:
    found: dict[int, tuple[Appointment, ...]] = {}
    rows = Appointment.objects.held(on=on).filter(person__in=people).select_related("post__unit")
    for one in rows.prefetch_related("post__roles").order_by("post__rank"):
        found[one.person_id] = (*found.get(one.person_id, ()), one)
    return found


def _factors(people: list[Person]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    rows = Authenticator.objects.filter(user__in=people).order_by("type")
    for user_id, kind in rows.values_list("user_id", "type"):
        if kind not in found.get(user_id, ()):
            found[user_id] = (*found.get(user_id, ()), kind)
    return found


def _links(people: list[Person], *, at: datetime) -> dict[int, Invitation]:
    usable = Invitation.objects.usable(at=at).filter(person__in=people)
    return {one.person_id: one for one in usable}


def _linked(people: list[Person]) -> dict[int, SocialAccount]:
    rows = SocialAccount.objects.filter(provider=PROVIDER, user__in=people)
    return {one.user_id: one for one in rows}


def _needs_factor(held: Iterable[Appointment]) -> bool:
    codes = {role.code for one in held for role in one.post.roles.all()}
    return bool(codes & SECOND_FACTOR_ROLES)


def past_appointments(person: Person, *, on: date) -> QuerySet[Appointment]:
    """Ended ones, the newest end first."""
    ended = Appointment.objects.filter(person=person, to_date__lt=on)
    return ended.select_related("post__unit").prefetch_related("post__roles").order_by("-to_date")


def waiting_resets(*, at: datetime) -> QuerySet[FactorReset]:
    return FactorReset.objects.waiting(at=at).select_related("person", "asked_by")


def waiting_names() -> QuerySet[NameWish]:
    """The longest waiting first."""
    return NameWish.objects.filter(state=WishState.OPEN).select_related("person").order_by("id")


def sends_mail() -> bool:
    """Whether a server for mail is set up; without one, links are printed."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def open_sessions(person: Person) -> list[UserSession]:
    """Newest first; rows whose session has ended are cleared away only at sign-in."""
    rows = UserSession.objects.filter(user=person).order_by("-created_at")
    return [row for row in rows if row.exists()]
