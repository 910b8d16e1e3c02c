"""Send one notice to an address outside, and to no address inside: the host is looked up once and then held to."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings

from muster.model import MusterError

_SECONDS = 10


def refuse_address(url: str) -> None:
    """Raise MusterError where notices cannot go to an address: no https, or a private network."""
    _where(url)


def _where(url: str) -> tuple[str, str, int]:
    """The host, the network address it has now, and the port."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = sorted({str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, ValueError, UnicodeError):
        raise MusterError(f"the host of {url} is not known") from None
    inside = [one for one in found if not ipaddress.ip_address(one).is_global]
    loopback = all(ipaddress.ip_address(one).is_loopback for one in found)
    if settings.WEBHOOKS_TO_LOOPBACK and loopback:
        return host, found[0], port
    if parts.scheme != "https" or inside or parts.username:
        raise MusterError(
            f"{url} cannot be told: it has to be https, without a password, outside private networks"
        )
    return host, found[0], port


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send a notice; the status of the answer.  Redirects are not followed.  Raises MusterError or OSError."""
    host, address, port = _where(url)
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    connection.sock = socket.create_connection((address, port), timeout=_SECONDS)
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        connection.request("POST", path, body=body, headers={"Content-Type": "application/json", **headers})
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(type(error).__name__) from None
    finally:
        connection.close()
