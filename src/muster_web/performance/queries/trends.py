"""Where each indicator of a report went: its values by period as bars, beside its target."""

from __future__ import annotations

from dataclasses import dataclass

from muster.performance import Lit
from muster.performance.quarterly import Snapshot
from muster.performance.quarterly.snapshot import Entry
from muster.performance.quarterly.tables import direction
from muster_web.design.figures import Bar, BarChart


@dataclass(frozen=True)
class Trend:
    """One indicator: its light, what is said of it, and its values; ``chart`` is None where there are none to show."""

    title: str
    lit: Lit
    said: str
    chart: BarChart | None


def trends_of(snapshot: Snapshot) -> list[Trend]:
    """The indicators of a report, the key ones first."""
    entries = [*snapshot.of_class(key=True), *snapshot.of_class(key=False)]
    return [_trend(one, snapshot) for one in entries]


def _trend(entry: Entry, snapshot: Snapshot) -> Trend:
    measure = entry.measure
    lit, way = snapshot.light_of(entry), direction(snapshot, entry)
    parts = (f"{lit.reason[:1].upper()}{lit.reason[1:]}", way if way != "–" else "", entry.comment)
    said = " ".join(f"{part.rstrip('.')}." for part in parts if part)
    return Trend(measure.name, lit, said, _chart(entry, snapshot))


def _chart(entry: Entry, snapshot: Snapshot) -> BarChart | None:
    """The actual values up to the quarter, and the target of the year."""
    past = [one for one in entry.measure.of("actual") if one.period.ends <= snapshot.day]
    bars = [
        Bar(str(one.period), float(one.amount.number), one.amount.text) for one in past if one.amount.number
    ]
    target = entry.target(snapshot.period)
    if target and target.amount.number:
        shown = target.amount.text
        bars.append(Bar(f"Target {target.period}", float(target.amount.number), shown, colour="grey"))
    if len(bars) < 2 or any(bar.value < 0 for bar in bars):
        return None
    return BarChart(
        f"{entry.measure.title}: values", tuple(bars), name_of_labels="Period", name_of_values="Value"
    )
