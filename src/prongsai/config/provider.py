"""Reads with which identity provider staff may sign in beside their password; none unless an issuer is named."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from prongsai.office.tokens import IdentityProvider

ISSUER = "PRONGSAI_OIDC_ISSUER"
OTHERS = (
    *("PRONGSAI_OIDC_CLIENT_ID", "PRONGSAI_OIDC_CLIENT_SECRET", "PRONGSAI_OIDC_CLIENT_SECRET_FILE"),
    *("PRONGSAI_OIDC_LABEL", "PRONGSAI_OIDC_CLAIM", "PRONGSAI_OIDC_SCOPES", "PRONGSAI_OIDC_STRONG"),
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def identity_provider() -> IdentityProvider | None:
    """Raises ImproperlyConfigured with the name of the setting that is missing or wrong, never with its secret."""
    issuer = os.environ.get("PRONGSAI_OIDC_ISSUER", "").strip()
    if not issuer:
        lonely = next((name for name in OTHERS if os.environ.get(name)), None)
        if lonely:
            raise ImproperlyConfigured(f"{lonely} does nothing without {ISSUER}; set both or none")
        return None
    return IdentityProvider(
        issuer=_checked(issuer),
        client_id=_needed(os.environ.get("PRONGSAI_OIDC_CLIENT_ID", ""), OTHERS[0]),
        client_secret=_client_secret(),
        label=os.environ.get("PRONGSAI_OIDC_LABEL", "").strip() or str(urlsplit(issuer).hostname),
        claim=os.environ.get("PRONGSAI_OIDC_CLAIM", "").strip() or "sub",
        scopes=_scopes(),
        strong=_strong(),
    )


def _checked(issuer: str) -> str:
    """Encrypted, but for a provider on this very machine."""
    parts = urlsplit(issuer)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not (is_safe and parts.hostname) or parts.query or parts.fragment or "@" in parts.netloc:
        raise ImproperlyConfigured(
            f"{ISSUER} must be the provider's address with https and without ? or #, not {issuer!r}"
        )
    return issuer


def _needed(text: str, name: str) -> str:
    if not text.strip():
        raise ImproperlyConfigured(f"{name} is needed because {ISSUER} is set")
    return text.strip()


def _client_secret() -> str:
    text = os.environ.get("PRONGSAI_OIDC_CLIENT_SECRET", "")
    path = os.environ.get("PRONGSAI_OIDC_CLIENT_SECRET_FILE", "")
    if text and path:
        raise ImproperlyConfigured(
            "PRONGSAI_OIDC_CLIENT_SECRET and PRONGSAI_OIDC_CLIENT_SECRET_FILE are both set; keep one"
        )
    if path:
        try:
            text = Path(path).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(
                f"PRONGSAI_OIDC_CLIENT_SECRET_FILE cannot be read: {path}"
            ) from error
    return _needed(text, "PRONGSAI_OIDC_CLIENT_SECRET or PRONGSAI_OIDC_CLIENT_SECRET_FILE")


def _scopes() -> tuple[str, ...]:
    scopes = tuple(os.environ.get("PRONGSAI_OIDC_SCOPES", "openid").split())
    if "openid" not in scopes:
        raise ImproperlyConfigured("PRONGSAI_OIDC_SCOPES must hold openid, or no token is issued")
    return scopes


def _strong() -> frozenset[tuple[str, str]]:
    pairs = [word.partition("=") for word in os.environ.get("PRONGSAI_OIDC_STRONG", "").split()]
    for claim, _, value in pairs:
        if claim not in ("acr", "amr") or not value:
            raise ImproperlyConfigured(
                "PRONGSAI_OIDC_STRONG must be words such as amr=mfa or acr=VALUE, parted by spaces"
            )
    return frozenset((claim, value) for claim, _, value in pairs)
