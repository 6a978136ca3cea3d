"""An officer who goes on writing drafts over HTTP, whatever becomes of the office meanwhile."""

import http.client
import re
import threading
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from prongsai.office.accounts import demo_totp_secret
from tests.product import PASSWORD, Product, totp

USERNAME = "officer"
COOKIE = re.compile(r"(\w+)=([^;]*)")
CSRF = "prongsai_office_csrf"


@dataclass
class Writer:
    """Drafts by their reference, with the title: `begun` are all, `saved` those that the office answered as saved.

    `cut` counts requests that it had taken and never answered; `odd` are answers that nobody should get.
    """

    product: Product
    begun: dict[str, str] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    odd: list[int] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)

    def sign_in(self) -> None:
        self._get("/office/accounts/login/")
        self._post("/office/accounts/login/", login=USERNAME, password=PASSWORD)
        code = totp(demo_totp_secret(PASSWORD, USERNAME), now=time.time())
        self._post("/office/accounts/2fa/authenticate/", code=code)
        assert self._get("/office/") == 200

    def go_on(self) -> None:
        """One draft after the other until told to stop."""
        while not self.stopping.is_set():
            ref = str(uuid.uuid4())
            self.begun[ref] = f"ร่าง {ref}"
            try:
                self._write(ref)
            except ConnectionRefusedError:
                self.stopping.wait(0.02)
            except (OSError, http.client.HTTPException):
                self.cut += 1

    def _write(self, ref: str) -> None:
        unit, title = "dissemination", self.begun[ref]
        started = self._post("/office/disclosures/new/", ref=ref, kind="news", unit=unit)
        fields = {"title": title, "section": "news", "unit": unit, "base_sequence": "1"}
        address = f"/office/disclosures/{ref}/write/"
        answered = self._post(address, **fields) if started == 302 else started
        if answered == 302:
            self.saved[ref] = title
        else:
            self.odd.append(answered)

    def _get(self, path: str) -> int:
        return self._ask("GET", path, "")

    def _post(self, path: str, **fields: str) -> int:
        token = {"csrfmiddlewaretoken": self.cookies[CSRF]}
        return self._ask("POST", path, urlencode(fields | token))

    def _ask(self, method: str, path: str, body: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.product.office_port, timeout=20)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = COOKIE.match(line).groups()  # type: ignore[union-attr]  # always so
            self.cookies[name] = value
        return answer.status
