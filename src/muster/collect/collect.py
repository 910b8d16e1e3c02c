"""Gather the files a person names: folders walked in order, zip files unpacked, junk and copies left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from muster.collect._zip_file import MAX_TOTAL_BYTES, Room, is_zip_of_files, unpack
from muster.model import MusterError, Notice, SourceFile, UnreadableFile
from muster.model.authority import SourceSetting

_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_JUNK_STARTS = ("~$", ".")  # lock files of Office, and what .DS_Store and its kind are called
_CHUNK = 1 << 20
_ZIPS_WITHIN_ZIPS = 1


class Inventory(NamedTuple):
    """The files that arrived, in order of their names, and what was odd about them."""

    files: tuple[SourceFile, ...]
    notices: tuple[Notice, ...] = ()


def gather(paths: Iterable[Path], *, unpack_to: Path) -> Inventory:
    """Every file of the given files, folders and zip files.  Raises UnreadableFile or MusterError.

    A file within a folder is named by its path below that folder; one within a zip by the zip's name and its
    own.  Zip files are unpacked below ``unpack_to``; nothing else is written.
    """
    found: list[SourceFile] = []
    for path in paths:
        if not path.exists():
            raise MusterError(f"There is no file or folder {path}. Check the name.")
        for file, name in _walk(path):
            found.extend(_with_members(file, name, unpack_to, Room(MAX_TOTAL_BYTES)))
    return _without_copies(found)


def take_in(path: Path, name: str, *, unpack_to: Path, most_bytes: int = MAX_TOTAL_BYTES) -> Inventory:
    """The files of one upload that is kept under ``path`` and was called ``name`` by who sent it.

    A zip file gives its members, named by the zip and their own names.  Raises UnreadableFile where it could do
    harm or unpacks, with the zips in it, to more than ``most_bytes``; then nothing is taken in.
    """
    return _without_copies(list(_with_members(path, name_alone(name), unpack_to, Room(most_bytes))))


def name_alone(name: str) -> str:
    """The last part of a name on arrival, without what a screen or a log cannot show."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable()).strip() or "file without a name"


def files_of(inventory: Inventory, setting: SourceSetting) -> tuple[SourceFile, ...]:
    """The files a source setting names, by its pattern; zip files count as folders that are not there."""
    return tuple(
        file for file in inventory.files if fnmatchcase(_name_without_zips(file.name), setting.files)
    )


def _name_without_zips(name: str) -> str:
    *folders, last = PurePosixPath(name).parts
    return "/".join([*(part for part in folders if not part.lower().endswith(".zip")), last])


def _walk(path: Path) -> Iterator[tuple[Path, str]]:
    if path.is_file():
        yield path, path.name
        return
    for below in sorted(path.rglob("*"), key=lambda p: p.relative_to(path).as_posix()):
        name = below.relative_to(path)
        if below.is_file() and not is_junk(name):
            yield below, name.as_posix()


def is_junk(name: Path) -> bool:
    """Whether a file is left by an operating system or an open program, and was never meant to be sent."""
    return any(part.lower() in _JUNK_NAMES or part.startswith(_JUNK_STARTS) for part in name.parts)


def _with_members(
    file: Path, name: str, unpack_to: Path, room: Room, *, depth: int = 0
) -> Iterator[SourceFile]:
    if not is_zip_of_files(file, name):
        yield describe(file, name)
        return
    if depth > _ZIPS_WITHIN_ZIPS:
        raise UnreadableFile(f"{name} is a zip in a zip in a zip. Unpack the outer ones and send the inner.")
    folder = unpack_to / describe(file, name).sha256[:16]
    unpack(file, name, folder=folder, room=room)
    for member, within in _walk(folder):
        yield from _with_members(member, f"{name}/{within}", unpack_to, room, depth=depth + 1)


def describe(file: Path, name: str) -> SourceFile:
    """A file with its size and the SHA-256 of its bytes.  Raises UnreadableFile."""
    digest, size = hashlib.sha256(), 0
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise UnreadableFile(
            f"{name} cannot be opened ({error.strerror}). Check that you may read it."
        ) from None
    return SourceFile(file, name, digest.hexdigest(), size)


def _without_copies(found: list[SourceFile]) -> Inventory:
    """Copies are looked for within one top folder: last year's return may well be sent again as this year's."""
    first: dict[tuple[str, str], SourceFile] = {}
    notices: list[Notice] = []
    for file in found:
        place = (PurePosixPath(file.name).parts[0] if "/" in file.name else "", file.sha256)
        held = first.setdefault(place, file)
        if held is not file:
            notices.append(_copy(file, held))
    return Inventory(tuple(first.values()), tuple(notices))


def _copy(file: SourceFile, held: SourceFile) -> Notice:
    return Notice(
        code="collect.copy",
        severity="query",
        message=f"{file.name} holds the same bytes as {held.name} and was left out.",
        fix="If another file was meant, send that; otherwise remove the copy.",
        file=file.name,
    )
