"""The files the actions are given and leave."""

from __future__ import annotations

from pathlib import Path

from muster.model import MusterError, SourceFile, UnreadableFile
from muster.transferring.files import Transfer, read_transfer, write_transfer


def source_of(path: Path) -> SourceFile:
    """A file by its path.  Raises UnreadableFile where there is none."""
    if not path.is_file():
        raise UnreadableFile(f"There is no file {path}.")
    return SourceFile(path, path.name, "", path.stat().st_size)


def transfer_at(path: Path) -> Transfer:
    """The transfer file at a path.  Raises UnreadableFile."""
    return read_transfer(source_of(path))


def write_to(transfer: Transfer, target: Path, *, instead_of: Path) -> Path:
    """Write the file to a path, or to a folder under its own name; never over the file it was made from."""
    path = target if target.suffix.lower() == ".xml" else target / instead_of.name
    if path.exists() and path.resolve() == instead_of.resolve():
        raise MusterError(
            f"{path.name} would take the place of the file it is made from; name another folder"
        )
    write_transfer(transfer, path)
    return path
