"""Read ``collection.toml``: the years of a collection, its dates and the constants rules may name."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from muster.catalogue._source import SourceText, pipe_table
from muster.model import YearFacts, Years

_KEYS = {"name", "title", "message", "years", "dates", "constants"}
Constant = date | int | float | str


def read_facts(source: SourceText) -> tuple[dict[int, YearFacts], dict[str, str]]:
    """The facts of every year, and the title of every constant.  Raises CatalogueError."""
    source.check_keys(source.data, _KEYS)
    try:
        dated = {int(row["year"]): row for row in pipe_table(source.data["dates"])}
        return {year: _year(source, year, dated) for year in dated}, _titles(source)
    except (ValueError, KeyError) as error:
        raise source.fault(f"the dates cannot be read: {error}", key="dates") from None


def collection_years(source: SourceText) -> tuple[int, ...]:
    """The years in which the collection is taken, from the range in ``years``."""
    (first, last), *_ = Years.parse(source.data["years"]).ranges
    if first is None or last is None:
        raise source.fault("the collection needs a first and a last year", key="years")
    return tuple(range(first, last + 1))


def _titles(source: SourceText) -> dict[str, str]:
    titles = {name: about.get("title", name) for name, about in source.data.get("constants", {}).items()}
    return {"census_day": "census day", **titles}


def _year(source: SourceText, year: int, dated: dict[int, dict[str, str]]) -> YearFacts:
    row = dated[year]
    census_day = date.fromisoformat(row["census_day"])
    known: dict[str, Constant] = {"census_day": census_day, "year": year}
    if year - 1 in dated:
        known["previous census_day"] = date.fromisoformat(dated[year - 1]["census_day"])
    for name, about in source.data.get("constants", {}).items():
        value = _constant(about, year, known)
        if value is not None:
            known[name] = value
    known.pop("previous census_day", None)
    closes = date.fromisoformat(row["closes"]) if row["closes"] else None
    return YearFacts(year, census_day, closes, row["source"], row["confidence"] != "seen", known)


def _constant(about: dict[str, Any], year: int, known: dict[str, Constant]) -> Constant | None:
    if "on" in about:
        day = datetime.strptime(f"{about['on']} {year + about.get('year', 0)}", "%d %B %Y")
        return day.date()
    if "from" in about:
        start = known.get(about["from"])
        return start + timedelta(days=about.get("days", 0)) if isinstance(start, date) else None
    value = about.get("value", {})
    found: Constant | None = value.get(str(year)) if isinstance(value, dict) else value
    return found
