"""The figures that returns answer together: what each return adds to them, and what they were made from and by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from muster.catalogue import load_collection
from muster.checking_set import Occasion, read_return
from muster.inspecting.form import Form
from muster.inspecting.records import Records
from muster.inspecting.sets import members
from muster.model import Collection, Indicator, MusterError, Return, SourceFile
from muster.read import read_xml
from muster.report import behind, indicator_results
from muster.report.indicators import IndicatorResult
from muster.report.lineage import lineage_of
from muster.resolve import Edit, apply_edits


@dataclass(frozen=True)
class Given:
    """The data of one return: its file as it came, and the changes made on screen that are laid over it."""

    source: SourceFile
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Part:
    """What one return adds to a figure: the two sums, exact; a plain count has no denominator.

    ``value`` is the figure of this return alone.
    """

    ref: str
    numerator: Decimal
    denominator: Decimal | None
    value: Decimal | None


@dataclass(frozen=True)
class ReturnsFigure:
    """One figure over returns: its sums, what each return adds, and by which program and query it was computed.

    ``value`` is rounded as the indicator says; None where there is nothing to divide by.
    """

    indicator: Indicator
    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None
    parts: tuple[Part, ...]
    made_by: Mapping[str, Any]


@dataclass(frozen=True)
class CountedRecord:
    """One record that adds to a figure: what it is called, where in the file it stands, and its mark in the return."""

    label: str
    line: int | None
    identity: str


def counts_figures(name: str) -> bool:
    """Whether returns of a collection, each of which is one file or one zip of tables, answer figures."""
    collection = load_collection(name)
    return bool(collection.indicators) and collection.header in ("in file", "in settings")


def counted_figures(collection_name: str, year: int, given: Mapping[str, Given]) -> list[ReturnsFigure]:
    """Every figure of a collection and year over these returns by number; none where there is no return.

    Raises MusterError, which names the return, where one cannot be read.
    """
    collection = load_collection(collection_name)
    returns = {ref: _corrected(collection, year, ref, one) for ref, one in given.items()}
    if not returns:
        return []
    results = indicator_results(collection, year, returns, last_year={}, names={})
    made = lineage_of(collection, year, returns)
    return [_figure(result, made) for result in results if result.whole.now]


def counted_records(
    collection_name: str, year: int, given: Mapping[str, Given], figure: str
) -> list[CountedRecord]:
    """The records of one return that add to a figure.  Raises MusterError where there is no such figure."""
    collection = load_collection(collection_name)
    [(ref, one)] = given.items()
    received = _read(collection, year, ref, one)
    corrected = apply_edits(collection, received, one.edits).one
    records = Records(Form(collection, year), received, corrected, ())
    return [
        CountedRecord(found.record, found.line, records.identity_at(found.table, found.place))
        for found in behind(collection, year, {ref: corrected}, figure)
    ]


def _corrected(collection: Collection, year: int, ref: str, given: Given) -> Return:
    return apply_edits(collection, _read(collection, year, ref, given), given.edits).one


def _read(collection: Collection, year: int, ref: str, given: Given) -> Return:
    """A return as it came; one that names neither its year nor whose it is has both from here."""
    try:
        if collection.header == "in settings":
            with members([given.source]) as files:
                return read_return(collection, files, Occasion(year, ref))[0]
        return read_xml(collection, given.source)
    except MusterError as problem:
        raise MusterError(f"the return of {ref} cannot be read: {problem}") from problem


def _figure(result: IndicatorResult, made: Mapping[str, Any]) -> ReturnsFigure:
    now, name = result.whole.now, result.indicator.name
    assert now is not None, "a figure that cannot be asked is left out before"
    by = {key: made[key] for key in ("muster", "engine", "collection", "tables_sha256")}
    return ReturnsFigure(
        indicator=result.indicator,
        value=result.whole.value,
        numerator=_exact(now.numerator),
        denominator=None if now.denominator is None else _exact(now.denominator),
        parts=tuple(_parts(result)),
        made_by={**by, "year": result.year, "query": made["queries"][name]},
    )


def _parts(result: IndicatorResult) -> Sequence[Part]:
    return [
        Part(
            line.ref,
            _exact(line.now.numerator),
            None if line.now.denominator is None else _exact(line.now.denominator),
            line.value,
        )
        for line in result.lines
        if line.now
    ]


def _exact(number: float) -> Decimal:
    """The number as it is written, so that 0.1 is a tenth."""
    return Decimal(repr(number)).normalize()
