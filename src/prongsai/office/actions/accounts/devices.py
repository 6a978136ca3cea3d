"""From where people sign in: known browsers, and the sessions that are open."""

from datetime import datetime

from allauth.usersessions.models import UserSession

from prongsai.office.knocking import hash_of_device
from prongsai.office.models import KnownDevice
from prongsai.organisation.models import Person


def note_device(*, person: Person, token: str, at: datetime) -> bool:
    """Whether this browser is new for this person. Nobody is told its token again: only a hash is kept."""
    device, is_new = KnownDevice.objects.get_or_create(
        person=person,
        token_hash=hash_of_device(token),
        defaults={"first_seen_at": at, "last_seen_at": at},
    )
    if not is_new:
        device.last_seen_at = at
        device.save(update_fields=["last_seen_at"])
    return is_new


def end_sessions(*, person: Person, besides: str = "", only: int | None = None) -> int:
    """End this person's sessions, or the one with that key of its row; returns how many were ended."""
    sessions = UserSession.objects.filter(user=person).exclude(session_key=besides)
    if only is not None:
        sessions = sessions.filter(pk=only)
    ended = list(sessions)
    for session in ended:
        session.end()
    return len(ended)
