"""``muster performance plan``: what a plan or review holds, and what is odd in it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from muster.cli.console import Console
from muster.cli.performance.remarks import remark_json, show_remarks
from muster.model.words import count_of
from muster.performance import Measure
from muster.performance.importing import Imported, import_plan
from muster.performance.plan import LEVELS, PlanNode


def run(args: argparse.Namespace, console: Console) -> int:
    """Read the file and say what it holds; exit code 1 where something in it is odd."""
    found = import_plan(args.file)
    console.say(
        f"{args.file.name}: {', '.join(_holds(found)) or 'nothing'}; {count_of(len(found.remarks), 'remark')}"
    )
    if args.lines:
        _show_measures(console, found.measures.measures)
        _show_milestones(console, found)
    show_remarks(console, found.remarks)
    console.answer(_as_json(found))
    return 1 if found.remarks else 0


def _holds(found: Imported) -> Iterator[str]:
    for level in LEVELS:
        if number := len(found.plan.at(level)):
            yield count_of(number, level, "priorities" if level == "priority" else "")
    if rows := found.measures.rows:
        yield count_of(len(rows), "indicator")
    if found.milestones.all:
        yield f"{count_of(len(found.milestones.all), 'milestone')} ({found.milestones.count})"
    for block in found.money.blocks.values():
        yield f"{block.name} {block.sum}"


def _show_measures(console: Console, measures: list[Measure]) -> None:
    rows = [
        (one.ref, _short(one.title), " ".join(map(str, one.tags)), one.unit, one.aim.direction if one.aim else "?",
         "  ".join(value.amount.text for value in one.values))
        for one in measures
    ]  # fmt: skip
    if rows:
        console.table(("Ref", "Indicator", "Families", "Unit", "Better", "Values"), rows)


def _show_milestones(console: Console, found: Imported) -> None:
    rows = [
        (one.ref, _short(one.title), one.due.isoformat(), one.light or "?") for one in found.milestones.all
    ]
    if rows:
        console.table(("Ref", "Milestone", "Due", "Light"), rows)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _as_json(found: Imported) -> dict[str, object]:
    return {
        "file": found.file,
        "plan": [_node_json(area) for area in found.plan.areas],
        "indicators": [_measure_json(one) for one in found.measures.measures],
        "milestones": [
            {"ref": one.ref, "objective": one.objective, "title": one.title, "due": one.due.isoformat(),
             "light": one.light, "comment": one.comment, "line": one.place.line}
            for one in found.milestones.all
        ],
        "money": {name: str(block.sum) for name, block in found.money.blocks.items()},
        "remarks": [remark_json(one) for one in found.remarks],
    }  # fmt: skip


def _node_json(node: PlanNode) -> dict[str, object]:
    return {
        "ref": node.ref, "level": node.level, "title": node.title, "owner": node.owner, "due": node.due,
        "evidence": node.evidence, "line": node.place.line,
        "links": [{"relation": link.relation, "to": link.to} for link in node.links],
        "parts": [_node_json(child) for child in node.children],
    }  # fmt: skip


def _measure_json(measure: Measure) -> dict[str, object]:
    return {
        "ref": measure.ref, "title": measure.title, "families": list(map(str, measure.tags)), "unit": measure.unit,
        "better": measure.aim.direction if measure.aim else None,
        "better_known_from": measure.aim.known_from if measure.aim else None,
        "confirmed": bool(measure.aim and not measure.aim.suggested),
        "values": [
            {"kind": one.kind, "period": str(one.period), "text": one.amount.text, "low": _text(one.amount.low),
             "high": _text(one.amount.high), "missing": one.amount.missing, "note": one.amount.note,
             "series_breaks": bool(one.break_note), "line": one.place.line, "column": one.place.column}
            for one in measure.values
        ],
    }  # fmt: skip


def _text(number: object) -> str | None:
    return None if number is None else str(number)
