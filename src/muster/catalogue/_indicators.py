"""Read ``indicators.toml``: versions of indicators, each with the years it is in force."""

from __future__ import annotations

from typing import Any, get_args

from muster.catalogue._rules import Version, versions_in_force
from muster.catalogue._source import Kinds, SourceText
from muster.model import Indicator, IndicatorExample, Polarity

_KEYS: Kinds = {
    "title": str, "says": str, "unit": str, "polarity": str, "table": str, "numerator": str, "denominator": str,
    "denominator_table": str, "only_in": str, "years": (str, int), "decimals": int, "source": str, "note": str,
    "provisional": bool, "examples": list, "withdrawn": bool,
}  # fmt: skip
_NEEDED = ("title", "says", "unit", "polarity", "table", "numerator", "examples")
_AS_WRITTEN = ("only_in", "decimals", "source", "provisional")
_EXPECTED = ("numerator", "denominator")


def read_indicators(source: SourceText, years: tuple[int, ...]) -> list[Indicator]:
    """Read every version of every indicator, in the order of the file.  Raises CatalogueError."""
    return [
        _indicator(version, name)
        for name, data in source.data.items()
        for version in versions_in_force(source, name, data, years, _KEYS)
    ]


def _indicator(version: Version, name: str) -> Indicator:
    version.needs("indicator", *_NEEDED)
    data = version.data
    version.source.check_among(data, "polarity", get_args(Polarity), *version.path)
    version.source.check_among(data, "only_in", ("school", "authority"), *version.path)
    if "denominator_table" in data and "denominator" not in data:
        raise version.fault(
            f"indicator '{name}' has a denominator_table but no denominator", key="denominator_table"
        )
    return Indicator(
        name=name,
        title=data["title"],
        says=" ".join(data["says"].split()),
        unit=data["unit"],
        polarity=data["polarity"],
        table=data["table"],
        numerator=data["numerator"].strip(),
        denominator=data.get("denominator", "").strip(),
        denominator_table=data.get("denominator_table", data["table"]) if "denominator" in data else "",
        years=version.years,
        note=" ".join(data.get("note", "").split()),
        examples=tuple(_example(version, name, one) for one in data["examples"]),
        where=version.where,
        **{key: data[key] for key in _AS_WRITTEN if key in data},
    )


def _example(version: Version, name: str, written: Any) -> IndicatorExample:
    """One world: its tables, and the numerator and denominator they give."""
    has_denominator = "denominator" in version.data
    wanted = _EXPECTED if has_denominator else _EXPECTED[:1]
    if not isinstance(written, dict) or not all(_is_number(written.get(key)) for key in wanted):
        raise version.fault(
            f"each example of indicator '{name}' needs {' and '.join(wanted)}", key="examples"
        )
    tables = {key: text for key, text in written.items() if key not in wanted}
    if not all(isinstance(text, str) for text in tables.values()):
        raise version.fault(f"the examples of indicator '{name}' are not tables of text", key="examples")
    return IndicatorExample(
        tables, float(written["numerator"]), float(written["denominator"]) if has_denominator else None
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
