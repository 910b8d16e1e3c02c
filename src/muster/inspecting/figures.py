"""What is published of an inspected return: its figures, and tables such as one line a school."""

from __future__ import annotations

from dataclasses import dataclass

from muster.catalogue import load_collection
from muster.exchange import files_as_zip
from muster.inspecting.desk import Inspected
from muster.model import MusterError
from muster.report import (
    IndicatorResult,
    TableResult,
    indicator_results,
    published_csv,
    published_tables,
)


@dataclass(frozen=True)
class Figures:
    """The figures of one return with the sums they are made of, and the tables published beside them."""

    results: tuple[IndicatorResult, ...]
    tables: tuple[TableResult, ...]


def has_figures(collection_name: str) -> bool:
    """Whether figures of a collection's returns are defined."""
    return bool(load_collection(collection_name).indicators)


def figures_of(inspected: Inspected) -> Figures:
    """What is published of the corrected return.  Raises MusterError where no figures of the collection are defined."""
    collection, one = inspected.collection, inspected.corrected
    if not collection.indicators:
        raise MusterError(f"of the {collection.title.lower()} no figures are defined yet")
    returns = {inspected.ref: one}
    results = indicator_results(collection, one.year, returns, last_year={}, names={})
    return Figures(results, tuple(published_tables(collection, one.year, returns)))


def figures_zip(inspected: Inspected) -> bytes:
    """The figures and each table as a CSV file, in one zip file.  Raises MusterError as ``figures_of`` does."""
    found = figures_of(inspected)
    return files_as_zip(published_csv(found.results, found.tables))
