"""Seal files one by one: each with a key of its own, which is kept wrapped by the keys of the deployment.

Without its own key a sealed file is noise: whoever deletes that key has deleted the file, in every backup too.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from muster.model import MusterError

_NONCE = 12


class CannotUnseal(MusterError):
    """A sealed file cannot be opened: its key is gone, the deployment's key is another, or its bytes were changed."""


@dataclass(frozen=True)
class Sealed:
    """A file nobody can read without ``key``, which is itself wrapped."""

    content: bytes
    key: str


def wrapping() -> MultiFernet:
    """The deployment's keys: the first wraps, each of them unwraps.  Raises ValueError where one is no key."""
    return MultiFernet([Fernet(one) for one in settings.FILE_KEYS])


def seal(content: bytes) -> Sealed:
    """Seal a file with a new key."""
    key = AESGCM.generate_key(bit_length=256)
    return Sealed(_encrypted(content, key), wrapping().encrypt(key).decode())


def seal_with(content: bytes, wrapped: str) -> bytes:
    """Seal something else with the key of a file, so that it goes where the key goes.  Raises CannotUnseal."""
    return _encrypted(content, _unwrapped(wrapped))


def unseal(content: bytes, wrapped: str) -> bytes:
    """What was sealed.  Raises CannotUnseal."""
    try:
        return AESGCM(_unwrapped(wrapped)).decrypt(content[:_NONCE], content[_NONCE:], None)
    except InvalidTag:
        raise CannotUnseal(
            "the stored bytes are not those that were sealed; restore a backup, then try again"
        ) from None


def rewrap(wrapped: str) -> str:
    """The same key wrapped by the newest key of the deployment.  Raises CannotUnseal."""
    try:
        return wrapping().rotate(wrapped.encode()).decode()
    except InvalidToken:
        raise _other_key() from None


def _encrypted(content: bytes, key: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def _unwrapped(wrapped: str) -> bytes:
    if not wrapped:
        raise CannotUnseal("the file was deleted under the retention schedule; its checksum is kept")
    try:
        return wrapping().decrypt(wrapped.encode())
    except InvalidToken:
        raise _other_key() from None


def _other_key() -> CannotUnseal:
    return CannotUnseal(
        "the file is sealed with a key this service does not have; whoever runs it has to add that key to "
        "MUSTER_FILE_KEYS"
    )
