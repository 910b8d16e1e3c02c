"""The indicators of a plan as a table of values by period, each with its families, its aim and what is odd."""

from __future__ import annotations

from dataclasses import dataclass

from muster.performance import Lit
from muster.performance.quarterly import Snapshot
from muster.performance.quarterly.snapshot import Entry
from muster.performance.quarterly.tables import direction
from muster_web.performance.models import Amount, Indicator, Plan
from muster_web.performance.queries.lines import sense_of
from muster_web.performance.queries.snapshotting import amounts_by_kind, indicator_data, read_data


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator: its values in the order of the headings, its light and where it goes, what is odd about it.

    ``lit`` is None where the indicator cannot be read; ``odd`` says why.
    """

    indicator: Indicator
    aim: str
    cells: tuple[Amount | None, ...]
    lit: Lit | None
    direction: str
    odd: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorTable:
    """The rows under headings such as ``actual 2025/26``."""

    headings: tuple[str, ...]
    rows: tuple[IndicatorRow, ...]


def indicators_of(plan: Plan) -> IndicatorTable:
    """The table of a plan, judged at its last quarter that was opened, else at the end of its year."""
    indicators = list(plan.indicators.prefetch_related("amounts"))
    columns = sorted(
        {(one.period, one.kind) for indicator in indicators for one in indicator.amounts.all()},
        key=lambda column: (column[0], _ORDER.index(column[1])),
    )
    snapshot, wrong = _judged(plan, indicators)
    entries = {one.measure.ref: one for one in snapshot.entries}
    rows = tuple(_row(one, entries.get(one.ref), snapshot, columns, wrong) for one in indicators)
    return IndicatorTable(tuple(f"{kind.capitalize()} {period}" for period, kind in columns), rows)


_ORDER = ("baseline", "actual", "provisional", "forecast", "target")


def _judged(plan: Plan, indicators: list[Indicator]) -> tuple[Snapshot, list[str]]:
    last = plan.quarters.order_by("-part").first()
    kept = amounts_by_kind(amount for one in indicators for amount in one.amounts.all())
    data = {
        "authority": plan.authority.name, "directorate": plan.directorate, "service": plan.service,
        "year": plan.in_words, "quarter": last.part if last else 4,
        "indicators": [indicator_data(one, kept.get(one.pk, {})) for one in indicators],
    }  # fmt: skip
    if plan.tolerance is not None:
        data["tolerance"] = plan.tolerance
    snapshot, remarks = read_data(data)
    return snapshot, [one.text for one in remarks]


def _row(
    indicator: Indicator,
    entry: Entry | None,
    snapshot: Snapshot,
    columns: list[tuple[str, str]],
    wrong: list[str],
) -> IndicatorRow:
    held = {(one.period, one.kind): one for one in indicator.amounts.all()}
    cells = tuple(held.get(column) for column in columns)
    if entry is None:
        odd = tuple(told for told in wrong if f"({indicator.ref})" in told)
        return IndicatorRow(indicator, "", cells, None, "", odd)
    aim = entry.measure.aim
    words = (
        f"{aim.direction}{f' (not confirmed, from {aim.known_from})' if aim.suggested else ''}" if aim else ""
    )
    return IndicatorRow(
        indicator, words, cells, snapshot.light_of(entry), direction(snapshot, entry), sense_of(entry)
    )
