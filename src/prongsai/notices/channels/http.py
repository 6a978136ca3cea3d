"""One POST, with an answer that counts or a sentence that says why not."""

import urllib.error
import urllib.request
from collections.abc import Mapping

from prongsai.notices.channels.parcel import CannotDeliver

SECONDS = 10


class _Straight(urllib.request.HTTPRedirectHandler):
    """Followed elsewhere, a POST would become a GET, and its signature go to a stranger."""

    def redirect_request(self, *_args: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Straight)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Raises `CannotDeliver` unless the answer is 2xx."""
    if not address.startswith(("https://", "http://")):
        raise CannotDeliver("ที่อยู่ต้องขึ้นต้นด้วย https://")
    request = urllib.request.Request(address, data=body, headers=dict(headers), method="POST")  # noqa: S310 -- just checked
    try:
        with _OPENER.open(request, timeout=SECONDS):
            return
    except urllib.error.HTTPError as error:
        raise CannotDeliver(f"ปลายทางตอบ {error.code}") from error
    except (OSError, ValueError) as error:
        raise CannotDeliver(f"ติดต่อปลายทางไม่ได้ ({type(error).__name__})") from error
