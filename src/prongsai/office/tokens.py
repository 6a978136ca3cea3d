"""What an identity provider says of somebody, believed only when its signature and every claim of it hold."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt

# Signed with a key that only the provider has. `none`, and what is signed with a secret that we share, prove nothing.
ALGORITHMS = frozenset(
    {
        *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
        *("ES256", "ES384", "ES512", "EdDSA"),
    }
)
REQUIRED = ("iss", "aud", "sub", "exp", "iat", "nonce")
# Seconds by which its clock and ours may differ.
LEEWAY = 60
LONGEST_NAME = 255


@dataclass(frozen=True)
class IdentityProvider:
    """Who vouches for people, and how we know them again: `claim` names a person for ever.

    `strong` are pairs such as ("amr", "mfa"): one of them in a token counts as a second factor.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str
    claim: str = "sub"
    scopes: tuple[str, ...] = ("openid",)
    strong: frozenset[tuple[str, str]] = frozenset()


class BadToken(Exception):
    """Why it is not believed, for the log; nothing of what it says."""


def verified_claims(
    token: str, *, keys: Iterable[Mapping[str, Any]], provider: IdentityProvider, nonce: str
) -> dict[str, Any]:
    """Of an ID token (OpenID Connect Core 3.1.3.7); `keys` are the provider's, `nonce` is what we sent.

    Raises `BadToken`.
    """
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise BadToken(f"it is signed by {str(algorithm)[:20]!r}")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(keys, header.get("kid"), algorithm),
            algorithms=[algorithm],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": list(REQUIRED)},
        )
    except jwt.PyJWTError as error:
        raise BadToken(type(error).__name__) from error
    _same_party(claims, provider)
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise BadToken("its nonce is not ours")
    return claims


def _key(keys: Iterable[Mapping[str, Any]], kid: object, algorithm: str) -> jwt.PyJWK:
    """The one that the token names, or the only one; never one that the token brings itself."""
    signing = [key for key in keys if key.get("use", "sig") == "sig"]
    fitting = [key for key in signing if kid is None or key.get("kid") == kid]
    if len(fitting) != 1:
        raise BadToken("the provider has no such key")
    return jwt.PyJWK.from_dict(dict(fitting[0]), algorithm=algorithm)


def _same_party(claims: Mapping[str, Any], provider: IdentityProvider) -> None:
    """A token for several audiences must say that it was issued for us."""
    audience = claims["aud"]
    others = isinstance(audience, list) and len(audience) > 1
    party = claims.get("azp", None if others else provider.client_id)
    if party != provider.client_id:
        raise BadToken("it was issued for somebody else")


def name_in(claims: Mapping[str, Any], provider: IdentityProvider) -> str:
    """By which the provider knows the person. Raises `BadToken`."""
    name = claims.get(provider.claim)
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        raise BadToken(f"it has no usable {provider.claim}")
    return name


def is_strong(claims: Mapping[str, Any], provider: IdentityProvider) -> bool:
    """Whether the provider says that it asked for more than one proof, in a way that the setting accepts."""
    return any(wanted in _values(claims.get(claim)) for claim, wanted in provider.strong)


def _values(claim: object) -> list[object]:
    return claim if isinstance(claim, list) else [claim]
