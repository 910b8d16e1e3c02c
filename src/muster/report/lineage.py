"""What a figure was made from and by: files with their checksums, the query, the catalogue and the program.

With it a figure can be computed again, and where it comes out otherwise it is known which of these has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from muster.catalogue import CATALOGUE
from muster.catalogue.plan import CompiledIndicator, load_plan
from muster.model import Collection, Return
from muster.report.indicators import IndicatorResult

ENGINE = "duckdb"
_ALIKE = 1e-9


def lineage_of(collection: Collection, year: int, returns: Mapping[str, Return]) -> dict[str, Any]:
    """The lineage of every figure of a year over these returns, as data to keep beside the figures."""
    return lineage_over(collection, year, {ref: _data(one) for ref, one in sorted(returns.items())})


def lineage_over(collection: Collection, year: int, data: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The same over data that are told by name, each with its file, checksum and year."""
    plan = load_plan(collection, ENGINE, CATALOGUE)
    tables = "\n".join(f"{one.name}: {one.sql}" for one in plan.derived_in(year))
    return {
        "muster": version("muster"),
        "engine": ENGINE,
        "collection": collection.name,
        "data": dict(data),
        "queries": {name: _query(one) for name, one in plan.indicators_in(year).items()},
        "tables_sha256": sha256(tables.encode()).hexdigest(),
    }


def figures_json(results: Iterable[IndicatorResult]) -> list[dict[str, Any]]:
    """Every figure of every return and of all together, with the sums it is made of, as data."""
    return [
        {
            "return": line.ref, "figure": result.indicator.name, "unit": result.indicator.unit,
            "provisional": result.indicator.provisional,
            "value": None if line.value is None else float(line.value),
            "numerator": line.now and line.now.numerator, "denominator": line.now and line.now.denominator,
        }
        for result in results
        for line in (result.whole, *result.lines)
    ]  # fmt: skip


def what_differs(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What differs between figures stored earlier and those computed now, figures first and then what they rest on."""
    return [*_figures(then, now), *_foundations(then["lineage"], now["lineage"])]


def _query(one: CompiledIndicator) -> dict[str, str]:
    parts = {
        "numerator": one.numerator,
        "denominator": one.denominator,
        "left_out": one.excluded,
        "records": one.records,
    }
    checksum = sha256("\n".join(parts.values()).encode()).hexdigest()
    return {**parts, "sha256": checksum}


def _data(one: Return) -> dict[str, Any]:
    source = one.source
    return {
        "file": source.name if source else "",
        "sha256": source.sha256 if source else "",
        "year": one.year,
    }


def _figures(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    before = {(one["return"], one["figure"]): one for one in then["figures"]}
    after = {(one["return"], one["figure"]): one for one in now["figures"]}
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            yield f"{name[1]} of {name[0]} is {'new' if old is None else 'gone'}"
        elif not all(_alike(old[part], new[part]) for part in ("numerator", "denominator")):
            yield f"{name[1]} of {name[0]} was {_made_of(old)} and is {_made_of(new)}"


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _ALIKE * max(1.0, abs(one), abs(other))


def _made_of(figure: Mapping[str, Any]) -> str:
    below = figure["denominator"]
    return f"{figure['numerator']}" if below is None else f"{figure['numerator']}/{below}"


def _foundations(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for ref in sorted(then["data"].keys() | now["data"].keys()):
        old, new = then["data"].get(ref, {}), now["data"].get(ref, {})
        if old.get("sha256") != new.get("sha256"):
            yield f"the data of {ref} are another file: {old.get('file', 'none')} then, {new.get('file', 'none')} now"
    for name in sorted(then["queries"].keys() | now["queries"].keys()):
        if then["queries"].get(name, {}).get("sha256") != now["queries"].get(name, {}).get("sha256"):
            yield f"the query of {name} is another one"
    if then["tables_sha256"] != now["tables_sha256"]:
        yield "the derived tables of the catalogue are others"
    if then["muster"] != now["muster"]:
        yield f"the program was Muster {then['muster']} and is {now['muster']}"
