"""Read one indicator of a snapshot: its measure with values by period, its quality, where it was computed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from muster.performance.amounts import read_amount
from muster.performance.measures import Adding, Aim, Direction, Kind, Measure, Value
from muster.performance.periods import NoPeriod, Period, read_year
from muster.performance.quarterly.fields import Fields
from muster.performance.quarterly.snapshot import Computed, Entry, Quality
from muster.performance.wording import aim_of, tags_in, unit_in

_PERIOD = re.compile(r"^(?P<year>\S+?)(?:\s+Q(?P<quarter>[1-4]))?$")
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("actual", "actual"), ("target", "target"), ("forecast", "forecast"), ("baseline", "baseline"),
    ("provisional", "provisional"),
)  # fmt: skip


def read_entry(one: Fields, folder: Path) -> Entry:
    """The indicator of some fields; figures computed from returns are read from the file they name."""
    computed, computed_value = _computed(one, folder)
    values = tuple(value for name, kind in _KINDS for value in _values(one, name, kind))
    measure = _measure(one, values + ((computed_value,) if computed_value else ()))
    return Entry(
        measure=measure,
        comment=one.text("comment", ""),
        cannot_be_reported=one.text("cannot_be_reported", ""),
        override=one.override(),
        quality=_quality(one),
        computed=computed,
    )


def _measure(one: Fields, values: tuple[Value, ...]) -> Measure:
    ref, title = one.text("ref"), one.text("title")
    tags = tags_in(ref, title, one.text("families", ""))
    unit = one.text("unit", "") or unit_in(title, values)
    over = next((value for value in values if unit == "%" and (value.amount.high or 0) > 100), None)
    if over:
        raise one.fault(f"{over.kind} {over.period}", f"'{over.amount.text}' is a percentage over 100")
    return Measure(
        ref=ref, title=title, tags=tags, aim=_aim(one) or aim_of(title, tags, values), unit=unit, adding=_adding(one),
        key=one.flag("key"), values=values, ended=one.text("ended", ""), owner=one.text("owner", ""),
    )  # fmt: skip


def _aim(one: Fields) -> Aim | None:
    known: tuple[Direction, ...] = ("higher", "lower", "equal", "band")
    said = one.text("better", "")
    if said and said not in known:
        raise one.fault("better", f"'{said}' is none of {', '.join(known)}")
    low, high = (amount.number if amount else None for amount in map(one.amount, ("band_from", "band_to")))
    direction = next((name for name in known if name == said), None)
    return Aim(direction, low=low, high=high) if direction else None


def _adding(one: Fields) -> Adding:
    said = one.text("adding", "latest")
    if said not in ("sum", "latest"):
        raise one.fault("adding", f"'{said}' is neither 'sum' nor 'latest'")
    return "sum" if said == "sum" else "latest"


def _values(one: Fields, name: str, kind: Kind) -> Iterator[Value]:
    """The values of a kind, written as a table from period to amount: { "2008/09 Q4" = "75" }."""
    written = one.raw(name)
    if written is None:
        return
    if not isinstance(written, dict):
        raise one.fault(name, f'\'{written}\' names no year; write {{ "2008/09" = "{written}" }}')
    for period, amount in written.items():
        yield Value(kind, _period(one, name, period), one.as_amount(f"{name} {period}", amount))


def _period(one: Fields, name: str, text: str) -> Period:
    found = _PERIOD.match(text)
    try:
        year = read_year(found["year"] if found else text)
    except NoPeriod as problem:
        raise one.fault(name, str(problem)) from None
    quarter = found["quarter"] if found else None
    return Period(year.year, "quarter", int(quarter)) if quarter else year


def _quality(one: Fields) -> Quality | None:
    told = one.within("quality")
    if told is None:
        return None
    made = Quality(
        told.text("source"), told.text("method"), told.text("checked_by"), told.flag("estimated"),
        told.flag("third_party"), told.text("concern", ""),
    )  # fmt: skip
    told.none_left()
    return made


def _computed(one: Fields, folder: Path) -> tuple[Computed | None, Value | None]:
    """A figure that 'muster report --json' stored, with its lineage, as the actual value of a period."""
    told = one.within("computed")
    if told is None:
        return None, None
    period = _period(one, "computed", told.text("period"))
    name = told.text("figure")
    stored = told.raw("stored") or _stored(told, name, folder)
    told.none_left()
    value = "n/a" if stored["value"] is None else str(stored["value"])
    data = tuple((file, checksum) for file, checksum in stored["data"])
    above, below = stored["numerator"], stored["denominator"]
    computed = Computed(
        name,
        _exact(above),
        None if below is None else _exact(below),
        data,
        stored["query"],
        stored["program"],
        stored.get("of_people", True),
    )
    return computed, Value("actual", period, read_amount(value))


def _stored(told: Fields, name: str, folder: Path) -> dict[str, Any]:
    file = told.text("file")
    try:
        return stored_figure(json.loads((folder / file).read_text(encoding="utf-8")), name)
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        raise told.fault(
            "file", f"{file} holds no figure '{name}' that 'muster report --json' wrote"
        ) from None


def stored_figure(report: dict[str, Any], name: str) -> dict[str, Any]:
    """What a snapshot keeps of a figure: its value, the sums it is made of, and its lineage."""
    figure = next(each for each in report["figures"] if each["figure"] == name and each["return"] == "all")
    lineage = report["lineage"]
    return {
        "value": figure["value"],
        "numerator": figure["numerator"],
        "denominator": figure["denominator"],
        "data": [[one["file"], one["sha256"]] for one in lineage["data"].values()],
        "query": lineage["queries"][name]["sha256"],
        "program": f"Muster {lineage['muster']}",
    }


def _exact(number: float) -> Decimal:
    """The number as it is written, so that 0.1 is a tenth."""
    return Decimal(repr(number))
