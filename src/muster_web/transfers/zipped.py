"""Other files between schools: a zip in which everything is encrypted, of at most 4 MB."""

from __future__ import annotations

import io
import zipfile

from muster.model import MusterError

MOST = 4 << 20
_ENCRYPTED = 0x1


def refuse_unless_encrypted(name: str, content: bytes) -> None:
    """Raise MusterError where a file is no zip, holds nothing, or holds something that is not encrypted.

    What is in it is not looked at: nobody here has its password.
    """
    if len(content) > MOST:
        raise MusterError(
            f"{name} has {len(content) / (1 << 20):.1f} MB; at most {MOST >> 20} MB are taken. Send it in parts."
        )
    held = _members(name, content)
    if not held:
        raise MusterError(
            f"{name} is an empty zip file. Put the file into it and encrypt it with a password."
        )
    in_the_clear = [one for one in held if not one.flag_bits & _ENCRYPTED]
    if in_the_clear:
        raise MusterError(
            f"{name}: {len(in_the_clear)} of {len(held)} files in it are not encrypted. Zip them again with a "
            "password, and tell the other side the password by telephone."
        )


def _members(name: str, content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError):
        raise MusterError(
            f"{name} is no zip file. Anything but a common or admissions transfer file is zipped and encrypted first."
        ) from None
