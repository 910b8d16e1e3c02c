"""A set of tables that came as one zip file: its members stand in its place while they are read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from muster.collect import take_in
from muster.model import SourceFile


@contextmanager
def members(sources: Iterable[SourceFile]) -> Iterator[tuple[SourceFile, ...]]:
    """The files, with those of a zip in its place, while the block lasts.  Raises UnreadableFile of a harmful zip."""
    with tempfile.TemporaryDirectory(prefix="muster-") as folder:
        found: list[SourceFile] = []
        for number, source in enumerate(sources):
            found += _members(source, Path(folder) / str(number)) if is_zip(source) else [source]
        yield tuple(found)


def is_zip(source: SourceFile) -> bool:
    """Whether a file was a zip by its name on arrival."""
    return source.name.lower().endswith(".zip")


def _members(source: SourceFile, unpack_to: Path) -> tuple[SourceFile, ...]:
    return take_in(source.path, source.name, unpack_to=unpack_to).files
