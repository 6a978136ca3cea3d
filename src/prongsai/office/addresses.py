"""From where a request came: the connection, or beyond proxies that an administrator has named."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]
# Whoever has one address of IPv6 has more than can be counted; providers give a house a network of this size.
NETWORK_OF_ONE = 56
NOBODY = "0.0.0.0"  # noqa: S104 -- nothing is opened
# The name of a header as an administrator writes it -> as WSGI does.
HEADERS = {"x-forwarded-for": "HTTP_X_FORWARDED_FOR", "forwarded": "HTTP_FORWARDED"}


def client_address(request: HttpRequest) -> str:
    """For the trail, the lock-out and the list of sessions alike; empty where nobody knows (a socket, say)."""
    meta, header = request.META, settings.PROXY_HEADER
    hops = hops_of(header, meta.get(HEADERS[header], ""))
    return address_beyond(meta.get("REMOTE_ADDR", ""), hops, settings.TRUSTED_PROXIES)


def counted_address(request: HttpRequest) -> str:
    """Under which tries are counted, as `counted`."""
    return counted(client_address(request))


def counted(address: str) -> str:
    """Of IPv6 the first of its network; for "" one that is nobody's, as no table finds an empty address again."""
    if not address:
        return NOBODY
    network = ip_network(f"{address}/{NETWORK_OF_ONE}", strict=False) if ":" in address else None
    return str(network.network_address) if network else address


def came_through_a_stranger(request: HttpRequest) -> bool:
    """Whether somebody who is not named as a proxy says that they are one; they may be, or lie."""
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    is_named = peer is not None and _is_trusted(peer, settings.TRUSTED_PROXIES)
    return not is_named and any(request.META.get(name) for name in HEADERS.values())


def address_beyond(peer: str, hops: Sequence[str], trusted: Networks) -> str:
    """The right-most of the hops that is no trusted proxy; what stands left of it, its sender may have invented.

    `peer` is the other end of the connection. Where a trusted proxy names no address, its own is the answer.
    """
    nearest = _parsed(peer)
    if nearest is None:
        return ""
    for hop in reversed(hops):
        if not _is_trusted(nearest, trusted):
            break
        further = _parsed(hop)
        if further is None:
            break
        nearest = further
    return str(nearest)


def hops_of(header: str, text: str) -> list[str]:
    """What stands in X-Forwarded-For, or behind each `for=` of Forwarded (RFC 7239), from the client on."""
    parts = [part.strip() for part in text.split(",")] if text else []
    return [_for(part) for part in parts] if header == "forwarded" else parts


def _for(element: str) -> str:
    """An element without `for=` is a hop of which nothing is known."""
    pairs = (pair.strip().partition("=") for pair in element.split(";"))
    return next((value.strip('"') for name, _, value in pairs if name.lower() == "for"), "")


def _parsed(text: str) -> Address | None:
    """Without port, brackets and zone; an IPv4 address that IPv6 carries is one."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address, trusted: Networks) -> bool:
    return any(address in network for network in trusted)
