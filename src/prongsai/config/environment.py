"""Reads what an administrator sets, and says in one line what is wrong with it."""

import os
from collections.abc import Collection
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ImproperlyConfigured

from prongsai.record.notes import BadNote, Verifier


def whole_number(name: str, default: int, *, least: int = 0) -> int:
    """In ASCII digits, and not below what the law or reason asks for."""
    text = os.environ.get(name, str(default))
    if not (text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}")
    if int(text) < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {text}")
    return int(text)


def one_of(name: str, names: Collection[str], default: str) -> str:
    text = os.environ.get(name, default)
    if text not in names:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(names)}, not {text!r}")
    return text


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks in CIDR notation, parted by spaces or commas."""
    found = []
    for text in os.environ.get(name, "").replace(",", " ").split():
        try:
            found.append(ip_network(text))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} must be addresses or networks such as 10.0.0.0/8, not {text!r}"
            ) from error
    return tuple(found)


def vkeys(name: str) -> tuple[str, ...]:
    """Public keys as C2SP writes them (`name+id+key`), parted by spaces."""
    found = tuple(os.environ.get(name, "").split())
    for text in found:
        try:
            Verifier.parse(text)
        except BadNote as error:
            raise ImproperlyConfigured(
                f"{name} must be public keys such as `prongsai pack --new-key` prints, not {text!r}: {error}"
            ) from error
    return found
