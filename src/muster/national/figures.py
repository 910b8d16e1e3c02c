"""Figures over a folder of Parquet tables: the same indicators as of files, without holding a table in Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from muster.catalogue import CATALOGUE
from muster.catalogue.plan import load_plan
from muster.engines.indicators import Figure, figures_by_return
from muster.engines.national import NationalEngine
from muster.engines.start import refuse_whole_year
from muster.engines.tables import Room
from muster.model import Collection, MusterError
from muster.model.labels import items_in_label, label_of
from muster.report import Behind, IndicatorResult
from muster.report.indicators import results_of
from muster.report.lineage import lineage_over

_ENGINE = "duckdb"


@dataclass(frozen=True)
class TableFigures:
    """Every figure of the returns in a folder of tables, and what they were made from and by."""

    results: tuple[IndicatorResult, ...]
    lineage: Mapping[str, Any]


def figures_of_tables(
    collection: Collection, year: int, folder: Path, *, names: Mapping[str, str], memory: str = "2GB"
) -> TableFigures:
    """Every figure of a year over the tables in a folder; ``names`` are those of schools by number.

    ``memory`` is how much may be taken, as DuckDB writes sizes.  Raises MusterError where the collection has no figures
    or a table cannot be read.
    """
    with _started(collection, year, folder, memory) as engine:
        refs = _refs(engine)
        found = {
            name: _by_ref(refs, figures_by_return(engine, one)) for name, one in engine.indicators.items()
        }
    of = {ref: names.get(ref, ref) for ref in sorted(refs.values())}
    results = results_of(collection, year, found, before={}, names=of)
    return TableFigures(results, lineage_over(collection, year, _data(collection, year, folder)))


def behind_tables(
    collection: Collection, year: int, folder: Path, figure: str, *, memory: str = "2GB"
) -> list[Behind]:
    """The records that add to the numerator of a figure.  Raises MusterError where there is no such figure."""
    with _started(collection, year, folder, memory) as engine:
        if figure not in engine.indicators:
            known = ", ".join(engine.indicators)
            raise MusterError(
                f"there is no figure '{figure}' in {collection.title.lower()} (there are {known})"
            )
        compiled, refs = engine.indicators[figure], _refs(engine)
        about = collection.tables[compiled.record]
        items = items_in_label(about.label)
        return [
            Behind(refs[key], label_of(about, dict(zip(items, texts, strict=True))), line, about.name)
            for key, line, *texts in engine.figure_records(compiled, items)
        ]


@contextmanager
def _started(collection: Collection, year: int, folder: Path, memory: str) -> Iterator[NationalEngine]:
    """An engine over the folder with every table made ready that a figure reads."""
    refuse_whole_year(collection)
    if not collection.indicators:
        raise MusterError(f"of the {collection.title.lower()} no figures are defined yet")
    if year not in collection.years:
        raise MusterError(f"the {collection.title.lower()} is not known for {year}")
    plan = load_plan(collection, _ENGINE, CATALOGUE)
    engine = NationalEngine(collection, year, plan, folder, room=Room(memory))
    try:
        engine.prepare_figures(engine.indicators.values())
        yield engine
    finally:
        engine.close()


def _refs(engine: NationalEngine) -> dict[int, str]:
    """What people call each return, by its key; where two are called alike the key is told as well."""
    held = {key: f"{lea}/{estab}" if estab else lea or "" for key, lea, estab in engine.returns_named()}
    often = Counter(held.values())
    return {key: ref if often[ref] == 1 else f"{ref} (return {key})" for key, ref in held.items()}


def _by_ref(refs: Mapping[int, str], found: Mapping[int, Figure]) -> dict[str, Figure]:
    return {refs[key]: figure for key, figure in found.items()}


def _data(collection: Collection, year: int, folder: Path) -> dict[str, dict[str, Any]]:
    """The files of the tables with their checksums, by table and name."""
    return {
        f"{path.parent.name}/{path.name}": {"file": path.name, "sha256": _sha256(path), "year": year}
        for table in sorted(collection.tables)
        for path in sorted((folder / table).glob("*.parquet"))
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
