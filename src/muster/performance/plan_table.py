"""Read a plan from a table: one with numbered rows of its own, or the list of actions of a review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from muster.performance.headings import Heading, read_headings
from muster.performance.measures import Place, Remark
from muster.performance.plan import Level, Link, Plan, PlanNode, link_remarks
from muster.performance.tables import Row, rows_of
from muster.performance.texts import Line

_NEEDED = ("ref", "title")
_OPTIONAL = ("owner", "due", "evidence", "depends on", "mentions")
_DEPTHS: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"^\d+$"), "area"),
    (re.compile(r"^\d+\.\d+$"), "priority"),
    (re.compile(r"^\d+\.\d+\.\d+$"), "action"),
    (re.compile(r"^\d+\.\d+\.\d+[a-z]$"), "task"),
    (re.compile(r"^\d+\.\d+\.\d+[a-z]\([ivx]+\)$"), "sub-task"),
)
_RECOMMENDATION = re.compile(r"^(\d+)\s+(\S.*)$")
_PART = re.compile(r"^(\d+[a-z])\s*[-–]\s*(\S.*)$")


def read_plan_table(path: Path) -> Plan:
    """The plan of a table with the columns ref and title, and owner, due, evidence, depends on and mentions.

    A row that has no place in the plan, or repeats a number, is told with its row and column and left out; the rest is
    read.  Several references in one cell are parted by commas or blanks.
    """
    plan, nodes = Plan(path.name), {}  # type: tuple[Plan, dict[str, PlanNode]]
    for row in rows_of(path, _NEEDED, optional=_OPTIONAL):
        node = _node(row)
        wrong = _wrong(node, nodes)
        if node is None or wrong:
            plan.remarks.append(Remark("bad row", row.place("ref"), wrong))
            continue
        nodes[node.ref] = node
        siblings = plan.areas if node.level == "area" else nodes[_parent(node.ref)].children
        siblings.append(node)
    plan.remarks += link_remarks(list(plan.walk()))
    return plan


def _node(row: Row) -> PlanNode | None:
    level = next((level for pattern, level in _DEPTHS if pattern.match(row["ref"])), None)
    if level is None:
        return None
    links = [*_links(row, "depends on"), *_links(row, "mentions")]
    return PlanNode(
        row["ref"], level, row["title"], row.place(), row["owner"], row["due"], row["evidence"], links=links
    )


def _links(row: Row, column: str) -> Iterator[Link]:
    for ref in re.split(r"[,;\s]+", row[column]):
        if ref:
            yield Link("depends on" if column == "depends on" else "mentions", ref, row.place(column))


def _wrong(node: PlanNode | None, nodes: dict[str, PlanNode]) -> str:
    """Why a row cannot be part of the plan; '' where it can."""
    if node is None:
        return "this is not a reference such as 5, 5.1, 5.1.1 or 5.1.1a; the row was left out"
    if node.ref in nodes:
        return f"{node.ref} is on line {nodes[node.ref].place.line} already; the row was left out"
    if not node.title:
        return f"{node.ref} has no title; the row was left out"
    if node.level != "area" and _parent(node.ref) not in nodes:
        return f"{node.ref} stands before {_parent(node.ref)}, which it is part of; the row was left out"
    return ""


def _parent(ref: str) -> str:
    if ref.endswith(")"):
        return ref.partition("(")[0]
    return ref[:-1] if ref[-1].isalpha() else ref.rpartition(".")[0]


def read_actions(lines: Sequence[Line], file: str) -> Plan:
    """The plan of a review's tables of actions: recommendations, their parts with finish and owner, and tasks."""
    reading = _Actions(file, Plan(file))
    for line in lines:
        reading.take(line)
    return reading.plan


@dataclass
class _Actions:
    """Where the reading of a list of actions has come to."""

    file: str
    plan: Plan
    headings: tuple[Heading, ...] = ()
    open: list[PlanNode] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Take in one line; where a table ends, its headings do."""
        if not line.is_row:
            self.headings = ()
            return
        headings = read_headings(line.cells)
        if {"milestone", "due"} <= {one.part for one in headings}:
            self.headings = headings
        elif self.headings:
            self._row({one.part: cell for one, cell in zip(self.headings, line.cells, strict=False)}, line)

    def _row(self, cells: dict[str, str], line: Line) -> None:
        text, place = cells["milestone"], Place(self.file, line.number)
        if part := _PART.match(text):
            node = PlanNode(part[1], "action", part[2], place, cells.get("owner", ""), cells.get("due", ""))
            self._remarks(node)
            self._below(1, node)
        elif whole := _RECOMMENDATION.match(text):
            self._below(0, PlanNode(whole[1], "priority", whole[2], place))
        elif text and len(self.open) > 1:
            action = self.open[1]
            action.children.append(PlanNode(f"{action.ref}.{len(action.children) + 1}", "task", text, place))

    def _below(self, depth: int, node: PlanNode) -> None:
        self.open = self.open[:depth]
        (self.open[-1].children if self.open else self.plan.areas).append(node)
        self.open.append(node)

    def _remarks(self, node: PlanNode) -> None:
        for what, said in (("owner", node.owner), ("finish", node.due)):
            if not said:
                self.plan.remarks.append(Remark(f"no {what}", node.place, f"{node.ref} has no {what}"))
