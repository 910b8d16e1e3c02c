"""Read ``codes/*.toml``: the code sets with the years of each code."""

from __future__ import annotations

from pathlib import Path

from muster.catalogue._source import BadRow, Kinds, SourceText, nearest, pipe_rows
from muster.model import Code, CodeSet, Terms, Years

_KEYS: Kinds = {
    "title": str, "number": str, "pattern": str, "codes": str, "sources": dict, "note": str,
    "provisional": bool,
}  # fmt: skip
_COLUMNS = ("code", "years", "terms", "title", "source", "confidence")
CONFIDENCES = ("seen", "derived", "own-knowledge", "unverified", "placeholder")


def read_code_sets(folder: Path, root: Path) -> dict[str, CodeSet]:
    """Read every code set of a collection, by file name.  Raises CatalogueError."""
    paths = sorted(folder.glob("*.toml"))
    return {path.stem: _code_set(SourceText.read(path, root), path.stem) for path in paths}


def _code_set(source: SourceText, name: str) -> CodeSet:
    data = source.data
    source.check_keys(data, _KEYS)
    try:
        rows = pipe_rows(data.get("codes", ""))
    except BadRow as error:
        raise source.fault_in_row(str(error), error.row) from None
    _check_columns(source, rows[0][1] if rows else {"code": "", "title": ""})
    codes = tuple(_code(source, line, row, data.get("sources", {})) for line, row in rows)
    _refuse_twice(source, rows, codes)
    return CodeSet(name, data.get("title", name), data.get("number", ""), codes, data.get("pattern"))


def _check_columns(source: SourceText, row: dict[str, str]) -> None:
    for name in row:
        if name not in _COLUMNS:
            raise source.fault(f"'{name}' is not a known column{nearest(name, _COLUMNS)}", key="codes")
    for needed in ("code", "title"):
        if needed not in row:
            raise source.fault(f"the table of codes has no column '{needed}'", key="codes")


def _code(source: SourceText, line: str, row: dict[str, str], sources: dict[str, str]) -> Code:
    confidence = row.get("confidence", "seen")
    if confidence not in CONFIDENCES:
        hint = nearest(confidence, CONFIDENCES)
        raise source.fault_in_row(f"confidence '{confidence}' is not known{hint}", line)
    try:
        years, terms = Years.parse(row.get("years", "")), Terms.parse(row.get("terms", ""))
    except ValueError as error:
        raise source.fault_in_row(f"code {row['code']}: {error}", line) from None
    return Code(
        code=row["code"],
        title=row["title"],
        years=years,
        source=sources.get(row.get("source", ""), row.get("source", "")),
        provisional=confidence != "seen",
        terms=terms,
    )


def _refuse_twice(
    source: SourceText, rows: list[tuple[str, dict[str, str]]], codes: tuple[Code, ...]
) -> None:
    seen: dict[str, list[Code]] = {}
    for (line, _), code in zip(rows, codes, strict=True):
        for other in seen.setdefault(code.code, []):
            if other.years.overlaps(code.years):
                raise source.fault_in_row(f"code {code.code} stands twice in the same years", line)
        seen[code.code].append(code)
