"""Plans, indicators, lines and figures as the API shows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from ninja import Schema

from muster_web.performance.models import Figure, Indicator, Plan, Quarter
from muster_web.performance.queries.lines import LineShown
from muster_web.performance.queries.parts import PartShown
from muster_web.performance.queries.tree import Branch, Tree


class LightShape(Schema):
    """A light, ``green``, ``amber``, ``red``, ``grey`` or ``none``, and why it is that one.

    ``by_rule`` is the light of the rule where somebody set another.
    """

    light: str
    reason: str
    by_rule: str


class QuarterLine(Schema):
    """A quarter of a plan: ``open``, ``published`` or ``being corrected``; ``issues`` is how many are out."""

    id: int
    plan: int
    name: str
    quarter: int
    state: str
    comments_by: date | None


class PlanLine(Schema):
    """One plan in a list; its financial year begins in April of ``year``."""

    id: int
    service: str
    directorate: str
    year: int
    quarters: list[QuarterLine]


class LinkShape(Schema):
    """What one piece says of another: ``depends on`` or ``mentions``, and its reference."""

    relation: str
    to: str


class PieceShape(Schema):
    """One piece of a plan, in its order; ``parent`` is the number of the one it stands below.

    ``owner`` is an office, its own or that of what is around it.  One with ``due_on`` is a milestone, with a light.
    """

    id: int
    parent: int | None
    ref: str
    level: str
    title: str
    owner: str
    due: str
    due_on: date | None
    evidence: str
    details: list[str]
    links: list[LinkShape]
    closed_on: date | None
    closed_why: str
    edition: int
    light: LightShape | None


class PlanShape(PlanLine):
    """One plan with its pieces."""

    pieces: list[PieceShape]


class AmountShape(Schema):
    """A value as it was typed, of a kind, for ``2026/27`` or ``2026/27 Q3``; ``note`` is why there is none."""

    kind: str
    period: str
    text: str
    note: str
    break_note: str


class IndicatorShape(Schema):
    """One indicator; ``figure`` names what is computed of returns, '' where its values are typed."""

    id: int
    ref: str
    title: str
    families: str
    unit: str
    better: str
    adding: str
    key: bool
    owner: str
    figure: str
    ended: str
    values: list[AmountShape]


class LineShape(Schema):
    """What is said in a quarter of an ``indicator``, ``milestone`` or ``treatment``; ``remarks`` are what is odd in it.

    ``figure`` is the number of the figure computed for it, of which ``/figures/{figure}`` has the lineage.
    """

    id: int
    kind: str
    ref: str
    title: str
    owner: str
    light: LightShape | None
    values: dict[str, str]
    figure: int | None
    comment: str
    set_light: str
    set_reason: str
    cannot_be_reported: str
    done_on: date | None
    checked_by: str
    source: str
    method: str
    remarks: list[str]
    needs_commentary: bool
    written: datetime | None
    edition: int
    by_machine: bool


class AddedShape(Schema):
    """What one return adds to a figure: the version and the SHA-256 of its data, and its two sums.

    ``may_follow`` says whether this account may read the return.
    """

    return_id: int
    ref: str
    name: str
    version: int
    sha256: str
    numerator: str
    denominator: str
    may_follow: bool


class FigureShape(Schema):
    """A figure as it was computed: value, exact sums, what each return adds, the program and the query that made it."""

    id: int
    name: str
    title: str
    says: str
    quarter: int
    unit: str
    value: str
    numerator: str
    denominator: str
    coverage: str
    at: datetime
    made_by: dict[str, Any]
    parts: list[AddedShape]


def light_as_shown(lit: Any) -> dict[str, str] | None:
    """A light; None where there is none."""
    if lit is None:
        return None
    return {"light": lit.light.value, "reason": lit.reason, "by_rule": lit.ruled.value if lit.ruled else ""}


def quarter_as_shown(quarter: Quarter) -> dict[str, Any]:
    """A quarter."""
    state = "published" if quarter.published else "being corrected" if quarter.correcting else "open"
    return {
        "id": quarter.pk, "plan": quarter.plan_id, "name": str(quarter.period), "quarter": quarter.part,
        "state": state, "comments_by": quarter.comments_by,
    }  # fmt: skip


def plan_line(plan: Plan) -> dict[str, Any]:
    """A plan in a list."""
    return {
        "id": plan.pk, "service": plan.service, "directorate": plan.directorate, "year": plan.year,
        "quarters": [quarter_as_shown(one) for one in plan.quarters.all()],
    }  # fmt: skip


def plan_as_shown(plan: Plan, tree: Tree) -> dict[str, Any]:
    """A plan with its pieces."""
    return {**plan_line(plan), "pieces": list(_pieces(tree.branches))}


def _pieces(branches: list[Branch]) -> Iterator[dict[str, Any]]:
    for branch in branches:
        one = branch.piece
        yield {
            "id": one.pk, "parent": one.parent_id, "ref": one.ref, "level": one.level, "title": one.title,
            "owner": branch.owner, "due": one.due, "due_on": one.due_on, "evidence": one.evidence,
            "details": one.details, "links": one.links, "closed_on": one.closed_on,
            "closed_why": one.closed_why, "edition": one.edition, "light": light_as_shown(branch.lit),
        }  # fmt: skip
        yield from _pieces(branch.below)


def indicator_as_shown(one: Indicator) -> dict[str, Any]:
    """An indicator with its values."""
    names = ("ref", "title", "families", "unit", "better", "adding", "key", "owner", "figure", "ended")
    values = [
        {name: getattr(amount, name) for name in ("kind", "period", "text", "note", "break_note")}
        for amount in one.amounts.all()
    ]
    return {"id": one.pk, **{name: getattr(one, name) for name in names}, "values": values}


def line_as_shown(one: LineShown) -> dict[str, Any]:
    """A line of a quarter."""
    line = one.line
    said = ("owner", "comment", "set_light", "set_reason", "cannot_be_reported", "done_on", "checked_by", "source",
            "method")  # fmt: skip
    return {
        "id": line.pk, "kind": one.kind, "ref": one.ref, "title": one.title, "light": light_as_shown(one.lit),
        "values": dict(one.values), "figure": one.figure.pk if one.figure else None,
        "remarks": list(one.remarks), "needs_commentary": one.needs_commentary, "written": line.at,
        "edition": line.edition,
        "by_machine": bool(line.service), **{name: getattr(line, name) for name in said},
    }  # fmt: skip


def figure_as_shown(figure: Figure, parts: list[PartShown]) -> dict[str, Any]:
    """A figure with its lineage."""
    names = (
        "name",
        "title",
        "says",
        "unit",
        "value",
        "numerator",
        "denominator",
        "coverage",
        "at",
        "made_by",
    )
    return {
        "id": figure.pk, "quarter": figure.quarter_id, **{name: getattr(figure, name) for name in names},
        "parts": [_added(one) for one in parts],
    }  # fmt: skip


def _added(shown: PartShown) -> dict[str, Any]:
    part = shown.part
    return {
        "return_id": part["return"], "ref": part["ref"], "name": part["name"], "version": part["number"],
        "sha256": part["sha256"], "numerator": part["numerator"], "denominator": part["denominator"],
        "may_follow": shown.may_follow,
    }  # fmt: skip
