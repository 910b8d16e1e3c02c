"""Read ``collection.toml``: the years of a collection, its dates and the constants rules may name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from muster.catalogue._codes import CONFIDENCES
from muster.catalogue._source import BadRow, Kinds, SourceText, nearest, pipe_rows
from muster.model import CatalogueError, YearFacts

_KEYS: Kinds = {
    "name": str, "title": str, "message": str, "years": str, "dates": str, "constants": dict, "header": str,
    "date_form": str, "inputs": dict, "other_messages": list, "versions": list, "unknown": str, "terms": dict,
    "term_element": str, "whole": bool,
}  # fmt: skip
_COLUMNS = ("year", "census_day", "closes", "confidence", "source")
_CONSTANT_KEYS = ("title", "on", "year", "from", "days", "value", "source", "note", "provisional",
                  "needs_reference_date")  # fmt: skip
_WORDS = ("year", "term", "confidence", "source")
_PREVIOUS = "previous "
# strptime would know them too, in the language of the machine, and takes 5 ms of every start to load.
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
Constant = date | int | float | str


def read_about(source: SourceText) -> None:
    """Refuse a collection that lacks one of its own keys.  Raises CatalogueError."""
    source.check_keys(source.data, _KEYS)
    for needed in ("name", "title", "message", "years", "dates"):
        if needed not in source.data:
            raise source.fault(f"the collection needs '{needed}'")
    source.check_among(source.data, "header", ("in file", "in settings", "version"))
    source.check_among(source.data, "unknown", ("reported", "kept"))
    source.check_among(source.data, "date_form", ("yyyy-mm-dd", "dd/mm/yyyy"))


def collection_years(source: SourceText) -> tuple[int, ...]:
    """The years in which the collection is taken, from the range in ``years``."""
    (first, last), *_ = source.years(source.data).ranges
    if first is None or last is None:
        raise source.fault("the collection needs a first and a last year", key="years")
    return tuple(range(first, last + 1))


def read_facts(source: SourceText, term: str = "") -> dict[int, YearFacts]:
    """The facts of every year, in a term where there are terms.  Raises CatalogueError."""
    dated = _dated(source, term)
    for year in collection_years(source):
        if year not in dated:
            census = f"{term} {year}" if term else f"{year}"
            raise source.fault(f"the dates have no row for {census}", key="dates")
    constants = source.data.get("constants", {})
    for name, about in constants.items():
        _check_constant(source, name, about, constants)
    return {year: _year(source, year, dated) for year in dated}


def needing_reference_date(source: SourceText) -> frozenset[str]:
    """The constants that hold only for returns that give census day as their reference date."""
    constants = source.data.get("constants", {})
    return frozenset(name for name, about in constants.items() if about.get("needs_reference_date"))


def _dated(source: SourceText, term: str) -> dict[int, dict[str, Any]]:
    """The rows of the table of dates by year, those of a term where there are terms, with their dates read."""
    try:
        rows = pipe_rows(source.data["dates"])
    except BadRow as error:
        raise source.fault_in_row(str(error), error.row) from None
    for name in _COLUMNS:
        if rows and name not in rows[0][1]:
            raise source.fault(f"the table of dates has no column '{name}'", key="dates")
    return dict(_dated_row(source, line, row) for line, row in rows if row.get("term", term) == term)


def _dated_row(source: SourceText, line: str, row: dict[str, str]) -> tuple[int, dict[str, Any]]:
    try:
        days = {name: _day(text, name) for name, text in row.items() if name not in _WORDS}
        year = int(row["year"])
    except ValueError as error:
        raise source.fault_in_row(f"the dates of {row['year']} cannot be read: {error}", line) from None
    if row["confidence"] not in CONFIDENCES:
        hint = nearest(row["confidence"], CONFIDENCES)
        raise source.fault_in_row(f"confidence '{row['confidence']}' is not known{hint}", line)
    return year, {**row, **days}


def _day(text: str, name: str) -> date | None:
    """A date of the table; only census day has to be known."""
    return date.fromisoformat(text) if text or name == "census_day" else None


def _check_constant(source: SourceText, name: str, about: Any, constants: Mapping[str, Any]) -> None:
    path = ("constants", name)
    source.check_keys(about, _CONSTANT_KEYS, *path)
    if "from" in about:
        _check_start(source, name, about["from"], constants)
    if "on" in about:
        _day_of(source, name, about, 2000)


def _check_start(source: SourceText, name: str, start: str, constants: Mapping[str, Any]) -> None:
    known = {"census_day", f"{_PREVIOUS}census_day", *constants, *_own_dates(source)}
    if start not in known:
        hint = nearest(start, known)
        raise source.fault(
            f"'{name}' counts from '{start}', which is not known{hint}", "constants", name, key="from"
        )


def _own_dates(source: SourceText) -> list[str]:
    """The columns of dates that a collection has besides those every collection has."""
    names = source.data["dates"].strip().splitlines()[0].split("|")
    return [name.strip() for name in names if name.strip() not in (*_COLUMNS, *_WORDS)]


def constant_titles(source: SourceText) -> dict[str, str]:
    """The title of every constant by its name."""
    titles = {name: about.get("title", name) for name, about in source.data.get("constants", {}).items()}
    return {"census_day": "census day", **titles}


def facts_with(source: SourceText, year: int, own: Mapping[str, Constant], *, term: str) -> YearFacts:
    """The facts of a year in which a place has dates of its own; what follows from them follows."""
    return _year(source, year, _dated(source, term), own)


def _year(
    source: SourceText, year: int, dated: dict[int, dict[str, Any]], own: Mapping[str, Constant] | None = None
) -> YearFacts:
    row, own = dated[year], own or {}
    known: dict[str, Constant] = {"census_day": own.get("census_day", row["census_day"]), "year": year}
    known |= {name: own.get(name, row[name]) for name in _own_dates(source) if row[name]}
    if year - 1 in dated:
        known[f"{_PREVIOUS}census_day"] = dated[year - 1]["census_day"]
    for name, about in source.data.get("constants", {}).items():
        value = own[name] if name in own else _constant(source, name, about, year, known)
        if value is not None and name not in known:
            known[name] = value
    known.pop(f"{_PREVIOUS}census_day", None)
    provisional = row["confidence"] != "seen"
    census_day = known["census_day"]
    assert isinstance(census_day, date), "the census day is a date, of the catalogue or of local settings"
    return YearFacts(year, census_day, row["closes"], row["source"], provisional, known)


def _constant(
    source: SourceText, name: str, about: dict[str, Any], year: int, known: dict[str, Constant]
) -> Constant | None:
    if "on" in about:
        return _day_of(source, name, about, year)
    if "from" in about:
        start = known.get(about["from"])
        return start + timedelta(days=about.get("days", 0)) if isinstance(start, date) else None
    value = about.get("value", {})
    found: Constant | None = value.get(str(year)) if isinstance(value, dict) else value
    return found


def _day_of(source: SourceText, name: str, about: dict[str, Any], year: int) -> date:
    """A day such as ``1 September``, in the collection year or so many years from it."""
    try:
        day, month = about["on"].split()
        return date(year + about.get("year", 0), _MONTHS.index(month) + 1, int(day))
    except (AttributeError, ValueError, TypeError):
        raise _not_a_day(source, name, about) from None


def _not_a_day(source: SourceText, name: str, about: dict[str, Any]) -> CatalogueError:
    message = f"'{about['on']}' is not a day of a year; write it as '1 September'"
    return source.fault(message, "constants", name, key="on")
