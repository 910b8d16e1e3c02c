"""Find the mappings there are: those of the catalogue, and an authority's own, which come first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from muster.catalogue import CATALOGUE
from muster.model import Collection, MusterError
from muster.read._mapping_file import MappingReader
from muster.read.mapping import SourceMapping


def load_mappings(collection: Collection, folders: Iterable[Path] = ()) -> dict[str, SourceMapping]:
    """Every mapping by name: Muster's own, then those of the folders, a later one in place of an earlier.

    Raises CatalogueError with file and line.
    """
    found: dict[str, SourceMapping] = {}
    for folder in (CATALOGUE / collection.folder / "mappings", *folders):
        here: dict[str, SourceMapping] = {}
        for path in sorted(Path(folder).glob("*.toml")):
            mapping = read_mapping(collection, path)
            if mapping.name in here:
                raise MusterError(
                    f"{path.name} and {here[mapping.name].file} are both named '{mapping.name}'. Rename one."
                )
            here[mapping.name] = mapping
        found.update(here)
    return found


def read_mapping(collection: Collection, path: Path) -> SourceMapping:
    """Read one mapping file.  Raises CatalogueError with file and line."""
    return MappingReader(collection, path).read()
