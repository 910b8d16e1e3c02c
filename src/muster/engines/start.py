"""Choose and start an engine; each driver is imported only when it is asked for."""

from __future__ import annotations

from muster.catalogue import CATALOGUE
from muster.catalogue.plan import Plan, load_plan
from muster.engines.base import Engine, Settings
from muster.model import Collection, MusterError

ENGINE_NAMES = ("duckdb", "sqlite", "spark")
TABLES_ENGINES = ("duckdb", "spark")
_FEW_ROWS = 70_000


def engine_for(rows: int) -> str:
    """The engine that is done first with so many rows; the answers are the same (tests/engines).

    DuckDB pays about a millisecond for each rule before it reads a row, which SQLite does not.
    """
    return "sqlite" if rows <= _FEW_ROWS else "duckdb"


def refuse_whole_year(collection: Collection) -> None:
    """Refuse a termly collection of which no term was chosen: its dates are those of a term.  Raises MusterError."""
    if collection.is_of_no_term:
        names = ", ".join(f"{collection.folder}_{term}" for term in collection.terms)
        raise MusterError(f"the {collection.title.lower()} is taken each term: name one of {names}")


def start_engine(
    name: str,
    collection: Collection,
    year: int,
    *,
    plan: Plan | None = None,
    settings: Settings | None = None,
) -> Engine:
    """Start an engine for one collection year, from the built plan unless another is given."""
    if name not in ENGINE_NAMES:
        raise MusterError(f"there is no engine '{name}'; choose one of {', '.join(ENGINE_NAMES)}")
    if year not in collection.years:
        first, last = collection.years[0], collection.years[-1]
        raise MusterError(f"{collection.title} is known for {first} to {last}, not for {year}")
    refuse_whole_year(collection)
    plan = plan or load_plan(collection, name, CATALOGUE)
    if name == "sqlite":
        from muster.engines.sqlite import SQLiteEngine

        return SQLiteEngine(collection, year, plan, settings)
    if name == "spark":
        from muster.engines.spark import SparkEngine

        return SparkEngine(collection, year, plan, settings=settings)
    from muster.engines.duckdb import DuckDBEngine

    return DuckDBEngine(collection, year, plan, settings)
