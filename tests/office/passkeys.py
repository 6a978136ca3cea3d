"""A machine with passkeys, in software: what a browser would send, made with a key of its own."""

import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN, HOST = "http://localhost", {"host": "localhost"}
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class Machine:
    """One key pair; `handle` is whom it says that it belongs to."""

    origin: str = ORIGIN
    handle: str = ""
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))

    def made(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        self.handle = options["publicKey"]["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        known = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        flags = PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT
        said = AuthenticatorData.create(sha256(b"localhost"), flags, 0, known)
        attested = AttestationObject.create("none", said, {})
        client = self._client("webauthn.create", options)
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "attestationObject": websafe_encode(attested),
            }
        )

    def signed(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`."""
        client = self._client("webauthn.get", options)
        said = AuthenticatorData.create(sha256(b"localhost"), PRESENT_AND_VERIFIED, 1)
        signature = self.key.sign(said + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(said),
                "signature": websafe_encode(signature),
                "userHandle": self.handle,
            }
        )

    def _client(self, kind: str, options: dict[str, Any]) -> CollectedClientData:
        challenge = options["publicKey"]["challenge"]
        return CollectedClientData.create(kind, challenge, self.origin)

    def _answer(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.credential_id)
        known = {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}}
        return json.dumps(known | {"response": response})


def add(client: Client, machine: Machine) -> int:
    """Give the person at this client a passkey that signs in alone."""
    place = reverse("mfa_add_webauthn")
    options = client.get(place, headers=HOST).context["js_data"]["creation_options"]
    credential = machine.made(json.loads(json.dumps(options)))
    fields = {"name": "โทรศัพท์", "passwordless": "on", "credential": credential}
    return client.post(place, fields, headers=HOST).status_code


def enter(client: Client, machine: Machine, **changed: str) -> None:
    """Sign in with nothing but the machine."""
    place = reverse("mfa_login_webauthn")
    asked = client.get(place, headers=HOST | {"x-requested-with": "XMLHttpRequest"}).json()
    credential = json.loads(machine.signed(asked["request_options"])) | changed
    client.post(place, {"credential": json.dumps(credential)}, headers=HOST)
