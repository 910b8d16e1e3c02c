"""The one official XML return that a path names: a file, or a folder or zip that holds just one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from muster.cli.chosen import collection_of_files
from muster.collect import gather
from muster.model import Collection, MusterError, Return, SourceFile
from muster.model.words import count_of
from muster.read.xml_reader import read_xml


def read_one_return(named: str | None, path: Path) -> tuple[Collection, Return]:
    """Read the return of a path, of the collection named or the one the file is of.

    Raises MusterError where there is no return, or more than one.
    """
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        files = gather([path], unpack_to=Path(unpacked)).files
        found = files if path.is_file() and len(files) == 1 else _xml_among(files)
        if len(found) != 1:
            raise MusterError(f"{path} holds {count_of(len(found), 'XML file')}; name the one you mean")
        collection = collection_of_files(named, found)
        return collection, read_xml(collection, found[0])


def _xml_among(files: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    return tuple(file for file in files if file.path.suffix.lower() == ".xml")
