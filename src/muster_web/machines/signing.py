"""How a notice is signed, as Standard Webhooks has it: an id, a time and an HMAC over both and the body."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping

from django.utils.crypto import salted_hmac

from muster.model import MusterError
from muster_web.machines.models import Subscription

GOOD_FOR = 300


def key_of(subscription: Subscription) -> str:
    """The key both ends hold; worked out anew each time, so that none is stored."""
    said = f"{subscription.pk}:{subscription.key_number}"
    raw = salted_hmac("muster.webhook", said, algorithm="sha256").digest()
    return f"whsec_{base64.b64encode(raw).decode()}"


def signed(key: str, notice: str, body: bytes, *, at: int | None = None) -> dict[str, str]:
    """The headers that go with a notice."""
    moment = int(time.time()) if at is None else at
    return {
        "webhook-id": notice,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{_mac(key, notice, moment, body)}",
    }


def _mac(key: str, notice: str, at: int, body: bytes) -> str:
    raw = base64.b64decode(key.removeprefix("whsec_"))
    said = f"{notice}.{at}.".encode() + body
    return base64.b64encode(hmac.new(raw, said, hashlib.sha256).digest()).decode()


def verify(key: str, headers: Mapping[str, str], body: bytes, *, now: float | None = None) -> None:
    """What a receiver does: refuse what was not signed with the key, or long ago.  Raises MusterError."""
    notice, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdecimal() or abs((time.time() if now is None else now) - int(at)) > GOOD_FOR:
        raise MusterError("the notice is of another time; it may be sent again by somebody who has seen it")
    expected = f"v1,{_mac(key, notice, int(at), body)}"
    if not any(hmac.compare_digest(expected, one) for one in headers.get("webhook-signature", "").split()):
        raise MusterError("the notice was not signed with this key")
