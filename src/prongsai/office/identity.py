"""The way to the identity provider and back: allauth's state, PKCE and exchange of the code, our reading of the token.

allauth itself does not check the token's signature when it got it by the code, and knows no nonce (as of 65.21). We do
not ask for more than the token: whatever else the provider would tell of a person is none of our business.
"""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from requests import RequestException

from prongsai.office.states import Failure
from prongsai.office.tokens import BadToken, IdentityProvider, is_strong, name_in, verified_claims
from prongsai.organisation.models import Person

logger = logging.getLogger(__name__)
# What allauth's tables and sessions call the one provider that there may be.
PROVIDER = "identity"
METHOD = "socialaccount"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderFailed(Exception):
    """Nobody was proved to be anybody."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure)


@dataclass(frozen=True)
class Proof:
    """Who came back from the provider, by `key`; why they went, and where they want to be."""

    key: str
    is_strong: bool
    purpose: dict[str, Any]
    next_address: str


def wanted_provider() -> IdentityProvider:
    """Raises Http404 where none is set up: then there are no such addresses."""
    provider: IdentityProvider | None = settings.IDENTITY_PROVIDER
    if provider is None:
        raise Http404
    return provider


def way_to_the_provider(
    request: HttpRequest, *, purpose: dict[str, Any], next_address: str = ""
) -> str:
    """The address there, after this session has remembered why. Raises `ProviderFailed`."""
    nonce = secrets.token_urlsafe(32)
    with _failures_told():
        answer = _OneProvider(request, app=_app()).redirect(
            request,
            process="login",
            next_url=next_address or None,
            data={"nonce": nonce, **purpose},
            auth_params={"nonce": nonce},
        )
        return str(answer.url)


def proof_brought_back(request: HttpRequest) -> Proof:
    """What the callback proves, once: its state is forgotten before anything else. Raises `ProviderFailed`."""
    provider = wanted_provider()
    state = statekit.unstash_state(
        request, provider_id=PROVIDER, state_id=request.GET.get("state", "")
    )
    if state is None:
        raise ProviderFailed(Failure.STATE)
    if "code" not in request.GET:
        is_cancelled = request.GET.get("error") == "access_denied"
        raise ProviderFailed(Failure.CANCELLED if is_cancelled else Failure.REFUSED)
    with _failures_told():
        claims = _claims(request, provider, state)
        return Proof(
            key=key_of(name_in(claims, provider), provider),
            is_strong=is_strong(claims, provider),
            purpose=state["data"],
            next_address=state.get("next", ""),
        )


def key_of(name: str, provider: IdentityProvider) -> str:
    """Recognises somebody without keeping what the provider calls them, which may be a citizen's number."""
    message = f"{provider.issuer}\0{provider.claim}\0{name}".encode()
    return hmac.new(settings.IDENTITIES_KEY.encode(), message, hashlib.sha256).hexdigest()


def provider_failure() -> Failure | None:
    """What is wrong with the provider's description of itself and its keys, for who looks after the installation."""
    adapter = _StrictAdapter(HttpRequest(), PROVIDER)
    try:
        with _failures_told(level=logging.DEBUG):
            adapter.keys()
    except ProviderFailed as failed:
        return failed.failure
    return None


def linked_identity(person: Person) -> SocialAccount | None:
    """The account at the provider that this person may sign in with, if they have one."""
    return SocialAccount.objects.filter(provider=PROVIDER, user=person).first()


def owner_of(key: str) -> Person | None:
    linked = SocialAccount.objects.filter(provider=PROVIDER, uid=key).select_related("user").first()
    return linked.user if linked else None


def came_by_provider(request: HttpRequest, person: Person) -> bool:
    records = get_authentication_records(request, person)
    return any(record["method"] == METHOD for record in records)


def proved_twice_there(request: HttpRequest, person: Person) -> bool:
    """Whether the provider asked for a second factor when this session began, and the setting lets that count."""
    provider: IdentityProvider | None = settings.IDENTITY_PROVIDER
    if provider is None or not provider.strong:
        return False
    records = get_authentication_records(request, person)
    return any(each.get("is_strong") for each in records) and linked_identity(person) is not None


def _claims(
    request: HttpRequest, provider: IdentityProvider, state: dict[str, Any]
) -> dict[str, Any]:
    adapter, app = _StrictAdapter(request, PROVIDER), _app()
    client = adapter.get_client(request, app)
    answer = adapter.get_access_token_data(
        request, app, client, pkce_code_verifier=state["pkce_code_verifier"]
    )
    return verified_claims(
        answer["id_token"],
        keys=adapter.keys(),
        provider=provider,
        nonce=state["data"]["nonce"],
    )


def _app() -> SocialApp:
    """Never from the database: who can write there must not be able to name another provider."""
    provider = wanted_provider()
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=PROVIDER,
        name=provider.label,
        client_id=provider.client_id,
        secret=provider.client_secret,
        settings={
            "server_url": f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
            "oauth_pkce_enabled": True,
            "scope": list(provider.scopes),
        },
    )


class _OneProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no types
    def get_oauth2_adapter(self, request: HttpRequest) -> "_StrictAdapter":
        return _StrictAdapter(request, PROVIDER)


class _StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    def get_provider(self) -> _OneProvider:
        return _OneProvider(self.request, app=_app())

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """By the address that is set, never by the host of the request."""
        return f"{settings.OFFICE_URL.rstrip('/')}{reverse('provider_callback')}"

    @property
    def openid_config(self) -> dict[str, Any]:
        """Its description of itself, which must not lead to another issuer, or off the encrypted way."""
        config: dict[str, Any] = super().openid_config
        issuer = wanted_provider().issuer
        if config["issuer"] != issuer:
            raise OAuth2Error("the provider calls itself by another name")
        scheme = issuer.partition(":")[0]
        if not all(config[name].startswith(f"{scheme}://") for name in ENDPOINTS):
            raise OAuth2Error("the provider leads off the encrypted way")
        return config

    @property
    def basic_auth(self) -> bool:
        """What a provider understands that says nothing of it (OpenID Connect Discovery 3)."""
        methods = self.openid_config.get("token_endpoint_auth_methods_supported")
        return "client_secret_basic" in (methods or ["client_secret_basic"])

    def keys(self) -> list[dict[str, Any]]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            return list(answer.json()["keys"])


@contextmanager
def _failures_told(*, level: int = logging.WARNING) -> Iterator[None]:
    """What a provider does wrong is logged by its kind; what it said is not, for it may be about a person."""
    try:
        yield
    except BadToken as error:
        logger.log(level, "an ID token was not believed: %s", error)
        raise ProviderFailed(Failure.TOKEN) from error
    except OAuth2Error as error:
        logger.log(level, "the identity provider refused, or is not whom it should be")
        raise ProviderFailed(Failure.REFUSED) from error
    except (RequestException, LookupError, TypeError, ValueError, AttributeError) as error:
        kind = type(error).__name__
        logger.log(level, "the identity provider does not answer as it should: %s", kind)
        raise ProviderFailed(Failure.DOWN) from error
