"""JSON to any address, signed: `Prongsai-Signature: sha256=` and the HMAC of the body with the installation's key."""

import hashlib
import hmac

from prongsai.notices.channels.http import post
from prongsai.notices.channels.parcel import Parcel


def send(parcel: Parcel, *, key: str) -> None:
    signature = hmac.new(key.encode(), parcel.payload, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Prongsai-Signature": f"sha256={signature}",
        "Idempotency-Key": parcel.key,
    }
    post(parcel.target, parcel.payload, headers)
