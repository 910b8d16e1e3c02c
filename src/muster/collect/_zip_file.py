"""Unpack a zip file, or refuse all of it: nothing in it may reach outside its folder or fill the disk."""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from muster.model import UnreadableFile

MAX_MEMBER_BYTES = 2_000_000_000  # one file within a zip, unpacked
MAX_TOTAL_BYTES = 20_000_000_000  # all files of a zip, unpacked
MAX_MEMBERS = 50_000  # more than a zip of every school's return in England
MAX_RATIO = 250  # unpacked to packed; repetitive XML reaches 50, a zip bomb 1,000
RATIO_MATTERS_FROM = 10_000_000  # below so many bytes a high ratio does no harm
_CHUNK = 1 << 20
_WORKBOOK_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
_ENCRYPTED = 0x1


def is_zip_of_files(path: Path, name: str) -> bool:
    """Whether a file is a zip to unpack; a workbook or document is a zip too but is read as it is."""
    if not zipfile.is_zipfile(path):
        if name.lower().endswith(".zip"):
            raise UnreadableFile(
                f"{name} is called a zip file but is not one, or is cut short. Send it again."
            )
        return False
    with zipfile.ZipFile(path) as packed:
        return not _WORKBOOK_PARTS & set(packed.namelist())


class Room:
    """How many bytes may still be unpacked from one arrival, the zips within its zips included."""

    def __init__(self, most: int) -> None:
        self.most = self.left = most

    def take(self, wanted: int, name: str) -> None:
        """Use up some of it.  Raises UnreadableFile where there is not so much left."""
        self.left -= wanted
        if self.left < 0:
            unpacked = self.most - self.left
            raise UnreadableFile(
                f"{name} unpacks to {unpacked:,} bytes; the most is {self.most:,}. Split it."
            )


def unpack(path: Path, name: str, *, folder: Path, room: Room) -> None:
    """Unpack every file of a zip into a folder, which appears only when all are there.  Raises UnreadableFile."""
    partial = folder.with_name(folder.name + ".partial")
    for old in (folder, partial):
        shutil.rmtree(old, ignore_errors=True)
    try:
        with zipfile.ZipFile(path) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            refuse_harm(members, name)
            room.take(sum(member.file_size for member in members), name)
            for member in members:
                _write(packed, member, partial / PurePosixPath(member.filename), name)
        partial.mkdir(parents=True, exist_ok=True)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def refuse_harm(members: Iterable[zipfile.ZipInfo], name: str) -> None:
    """Refuse a zip by what its list of members says, naming the member."""
    held = list(members)
    if len(held) > MAX_MEMBERS:
        raise UnreadableFile(
            f"{name} holds {len(held):,} files; the most that is read is {MAX_MEMBERS:,}. Split it."
        )
    seen: set[str] = set()
    for member in held:
        reason = _harm(member, seen)
        if reason:
            raise UnreadableFile(f"{name}: '{member.filename}' {reason} Nothing was unpacked.")
        seen.add(member.filename.casefold())


def _harm(member: zipfile.ZipInfo, seen: set[str]) -> str:
    """Why a member is refused, or nothing."""
    raw = member.orig_filename
    parts = PurePosixPath(raw).parts
    if ".." in parts:
        return "leads out of its folder. Make the zip again from inside the folder."
    if raw.startswith("/") or "\\" in raw or ":" in raw or "\0" in raw:
        return "has an absolute name. Make the zip again from inside the folder."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link, not a file. Put the file itself into the zip."
    if member.flag_bits & _ENCRYPTED:
        return "is protected by a password. Make the zip without one."
    if member.filename.casefold() in seen:
        return "is in the zip twice. Remove one of them."
    return _over_large(member)


def _over_large(member: zipfile.ZipInfo) -> str:
    if member.file_size > MAX_MEMBER_BYTES:
        return f"unpacks to {member.file_size:,} bytes; the most is {MAX_MEMBER_BYTES:,}. Split it."
    if member.file_size > RATIO_MATTERS_FROM and member.file_size > MAX_RATIO * max(1, member.compress_size):
        return f"unpacks to more than {MAX_RATIO} times its size, as a zip bomb does. Send the file unzipped."
    return ""


def _write(packed: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, name: str) -> None:
    """Write one member, trusting only the bytes that come out and not the size it claims."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    try:
        with packed.open(member) as source, path.open("xb") as target:
            while chunk := source.read(_CHUNK):
                written += len(chunk)
                if written > member.file_size:
                    raise zipfile.BadZipFile("it holds more bytes than it says")
                target.write(chunk)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnreadableFile(
            f"{name}: '{member.filename}' cannot be unpacked ({error}). Make the zip again and send it."
        ) from None
