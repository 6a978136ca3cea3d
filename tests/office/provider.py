"""An identity provider of the test's own: a real server on loopback with a key of its own, which can be made to lie."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "prongsai", "client-secret-of-the-test"


class FakeProvider:
    """`lies` replace claims of the next tokens (None takes one away); `forge` signs them in another way."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.lies: dict[str, Any] = {}
        self.issuer = ""
        self.config: dict[str, Any] = {}
        self.algorithm, self.signing_key = "RS256", self.key
        self.sub = "1234567890121"
        self._codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []

    def agree(self, address: str) -> dict[str, str]:
        """What the browser brings back after the person has agreed at this address."""
        asked = {name: value for name, [value] in parse_qs(urlsplit(address).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        self.asked.append(asked)
        code = secrets.token_urlsafe()
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.sub,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.lies,
        }
        told = {name: value for name, value in claims.items() if value is not None}
        key = None if self.algorithm == "none" else self.signing_key
        return jwt.encode(told, key, algorithm=self.algorithm, headers={"kid": "1"})  # type: ignore[arg-type]

    def redeem(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """A code works once, for its client, at its address, and with what proves who asked for it (PKCE)."""
        asked = self._codes.pop(sent.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or authorization != f"Basic {basic}":
            return None
        challenge = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if (
            base64.urlsafe_b64encode(challenge).decode().rstrip("=") != asked["code_challenge"]
            or asked["code_challenge_method"] != "S256"
            or sent["redirect_uri"] != asked["redirect_uri"]
        ):
            return None
        return {"access_token": "of no use", "token_type": "Bearer", "id_token": self.token(asked)}

    def page(self, path: str) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            } | self.config
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}
        return None


@contextmanager
def running() -> Iterator[FakeProvider]:
    fake = FakeProvider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(fake.page(self.path))

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: value for name, [value] in parse_qs(text).items()}
            self.answer(fake.redeem(sent, self.headers.get("Authorization", "")))

        def answer(self, told: dict[str, Any] | None) -> None:
            body = json.dumps(told or {"error": "invalid_grant"}).encode()
            self.send_response(200 if told else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        fake.issuer = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield fake
        server.shutdown()
