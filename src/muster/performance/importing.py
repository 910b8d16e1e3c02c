"""Everything a file of a plan or a review holds, read in one go, and what is odd in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from muster.model import MusterError
from muster.performance.agreement import lights_against_figures
from muster.performance.counts_told import settled_by_text
from muster.performance.draft import read_draft
from muster.performance.finance import MoneyTable, read_money
from muster.performance.measure_tables import MeasureTable, read_measures
from muster.performance.measures import Remark
from muster.performance.milestones import Milestones, read_milestones
from muster.performance.plan import Plan
from muster.performance.plan_table import read_actions, read_plan_table
from muster.performance.plan_text import read_plan
from muster.performance.sense import sense_checks
from muster.performance.texts import WORKBOOKS, Line, read_lines

_TABLES = (".csv", *WORKBOOKS)


@dataclass(frozen=True)
class Imported:
    """What one file holds; ``remarks`` are all that is odd in it, in the order of its lines."""

    file: str
    plan: Plan
    measures: MeasureTable
    milestones: Milestones
    money: MoneyTable
    remarks: tuple[Remark, ...]


def import_plan(path: Path) -> Imported:
    """Read a plan or a review: text, web page, Word file, workbook or CSV with its tables, or a table of a plan's rows.

    Raises MusterError where nothing of the kind is in it.
    """
    lines = read_lines(path)
    plan = _plan(path, lines)
    measures, money = read_measures(lines, path.name), read_money(lines, path.name)
    milestones = settled_by_text(read_draft(lines, path.name), read_milestones(lines, path.name))
    if not (plan.areas or measures.rows or milestones.all or money.blocks):
        raise MusterError(
            f"{path.name} holds no plan, indicators, milestones or money that can be read; see "
            "docs/how-to/report-on-a-plan.md for what is looked for"
        )
    remarks = [
        *plan.remarks, *measures.remarks, *milestones.remarks, *money.remarks,
        *sense_checks(measures.measures), *lights_against_figures(measures.rows),
    ]  # fmt: skip
    ordered = sorted(remarks, key=lambda one: (one.place.line, one.about))
    return Imported(path.name, plan, measures, milestones, money, tuple(ordered))


def _plan(path: Path, lines: list[Line]) -> Plan:
    """The tree of a plan, from whichever of the three ways to write one the file uses."""
    if path.suffix.lower() in _TABLES:
        return read_plan_table(path) if _is_plan_rows(lines) else Plan(path.name)
    plan = read_plan(lines, path.name)
    return plan if plan.areas else read_actions(lines, path.name)


def _is_plan_rows(lines: list[Line]) -> bool:
    """Whether a table has the columns of a plan's rows rather than those of indicators or milestones."""
    headings = [{cell.lower() for cell in line.cells} for line in lines[:20]]
    return any({"ref", "title"} <= cells for cells in headings)
