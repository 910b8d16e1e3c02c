"""Read ``codes/*.toml``: the code sets with the years of each code."""

from __future__ import annotations

from pathlib import Path

from muster.catalogue._source import SourceText, pipe_table
from muster.model import Code, CodeSet, Years

_KEYS = {"title", "number", "pattern", "codes", "sources", "note", "provisional"}


def read_code_sets(folder: Path, root: Path) -> dict[str, CodeSet]:
    """Read every code set of a collection, by file name.  Raises CatalogueError."""
    return {path.stem: _code_set(SourceText.read(path, root), path.stem) for path in sorted(folder.glob("*.toml"))}


def _code_set(source: SourceText, name: str) -> CodeSet:
    data = source.data
    source.check_keys(data, _KEYS)
    try:
        rows = pipe_table(data.get("codes", ""))
        codes = tuple(_code(row, data.get("sources", {})) for row in rows)
    except (ValueError, KeyError) as error:
        raise source.fault(f"the codes cannot be read: {error}", key="codes") from None
    return CodeSet(name, data.get("title", name), data.get("number", ""), codes, data.get("pattern"))


def _code(row: dict[str, str], sources: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        title=row["title"],
        years=Years.parse(row.get("years", "")),
        source=sources.get(row.get("source", ""), row.get("source", "")),
        provisional=row.get("confidence", "seen") != "seen",
    )
