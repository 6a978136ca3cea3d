"""A broadcast to everybody who follows the municipality's LINE account (Messaging API)."""

import json
import uuid

from prongsai.notices.channels.http import post
from prongsai.notices.channels.parcel import Parcel

# The API takes no longer text.
LONGEST = 5000


def send(parcel: Parcel, *, token: str, api: str) -> None:
    """The retry key keeps LINE from telling people twice; it wants the form of a UUID."""
    body = json.dumps(
        {"messages": [{"type": "text", "text": parcel.text[:LONGEST]}]}, ensure_ascii=False
    )
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {token}",
        "X-Line-Retry-Key": str(uuid.uuid5(uuid.NAMESPACE_URL, parcel.key)),
    }
    post(api, body.encode("utf-8"), headers)
