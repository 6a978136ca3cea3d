"""Which links are asked for, and whose they are."""

from urllib.parse import urlsplit

from django.conf import settings

from prongsai.monitoring.condition.rules import is_inside


def is_own(address: str) -> bool:
    """Whether it leads to this portal."""
    return own_path(address) is not None


def own_path(address: str) -> str | None:
    """The path with its query, where the address leads to this portal; else None."""
    if address.startswith("/") and not address.startswith("//"):
        return address.partition("#")[0]
    try:
        parts, home = urlsplit(address), urlsplit(settings.PORTAL_URL)
        is_ours = (parts.hostname, parts.port) == (home.hostname, home.port)
    except ValueError:
        return None
    if not is_ours or parts.scheme not in {"http", "https"}:
        return None
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_checked(address: str) -> bool:
    """Mail and telephone are not, nor what only a machine within the house could open."""
    if is_own(address):
        return True
    return address.lower().startswith(("http://", "https://")) and not is_inside(address)
