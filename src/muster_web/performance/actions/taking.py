"""Put what a file of a plan or a review holds into a plan; whatever cannot be kept as it is, is told with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model

from muster.model import MusterError
from muster.performance import Measure, Place, Remark
from muster.performance.due import read_due
from muster.performance.milestones import Milestone
from muster.performance.plan import PlanNode, closing_links
from muster_web.performance.models import Amount, Indicator, Piece, Plan
from muster_web.performance.queries.snapshotting import period_label

MOST_PIECES, MOST_TEXT = 20_000, 10_000


class Taking:
    """Puts what a file holds into a plan, after what the plan has; ``remarks`` say what was not taken as it is."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.remarks = plan, list[Remark]()
        self._position = plan.pieces.count()
        self._refs = set(plan.indicators.values_list("ref", flat=True))
        self._closing: set[tuple[str, str]] = set()

    def tree(self, nodes: Sequence[PlanNode]) -> None:
        """Take the pieces of a tree, one level after the other, in the order of the plan."""
        walked = [each for node in nodes for each in node.walk()]
        if len(walked) > MOST_PIECES:
            raise MusterError(
                f"the file holds {len(walked):,} pieces of a plan, and at most {MOST_PIECES:,} are taken"
            )
        self._closing = closing_links(walked)
        places = {id(node): self._position + number for number, node in enumerate(walked, 1)}
        self._position += len(walked)
        level: list[tuple[PlanNode, Piece | None]] = [(node, None) for node in nodes]
        while level:
            pieces = Piece.objects.bulk_create(
                (self._of_node(node, parent, places[id(node)]) for node, parent in level), batch_size=1_000
            )
            parents = zip((node for node, _ in level), pieces, strict=True)
            level = [(child, piece) for node, piece in parents for child in node.children]

    def _of_node(self, node: PlanNode, parent: Piece | None, position: int) -> Piece:
        said = {
            "ref": node.ref, "title": node.title, "owner": node.owner, "due": node.due, "evidence": node.evidence,
        }  # fmt: skip
        return Piece(
            plan=self.plan, parent=parent, position=position, level=node.level, due_on=self._due(node),
            details=node.details, links=list(self._links(node)), line=node.place.line,
            **self._fitted(Piece, node.place, said),
        )  # fmt: skip

    def _links(self, node: PlanNode) -> Iterator[dict[str, str]]:
        """The links of a piece but those that close a circle, each of which is told."""
        for link in node.links:
            if link.relation == "depends on" and (node.ref, link.to) in self._closing:
                told = f"{node.ref} depends on {link.to}, which closes a circle; this link was left out"
                self.remarks.append(Remark("circular link", link.place, told))
            else:
                yield {"relation": link.relation, "to": link.to}

    def _fitted(self, model: type[Model], place: Place, said: Mapping[str, str]) -> dict[str, Any]:
        """What is said, each cut to what is kept of it; that something was cut is told with its row and column."""
        return {name: self._cut(model, name, text, place) for name, text in said.items()}

    def _cut(self, model: type[Model], name: str, text: str, place: Place) -> str:
        most = getattr(model._meta.get_field(name), "max_length", None) or MOST_TEXT
        if len(text) > most:
            told = f"'{text[:40]}…' has {len(text):,} characters; the first {most:,} are kept"
            self.remarks.append(Remark("too long", Place(place.file, place.line, place.column or name), told))
        return text[:most]

    def _due(self, node: PlanNode) -> Any:
        day = read_due(node.due)
        if node.due and day is None:
            told = (
                f"'{node.due[:40]}' names no day, so {node.ref} is no milestone; write it as 30 November 2026"
            )
            self.remarks.append(Remark("no day", Place(node.place.file, node.place.line, "due"), told))
        return day

    def _piece(self, **fields: Any) -> Piece:
        self._position += 1
        return Piece.objects.create(plan=self.plan, position=self._position, **fields)

    def milestones(self, milestones: Sequence[Milestone]) -> None:
        """Take the milestones of a review, each below its objective."""
        objectives: dict[str, Piece] = {}
        for one in milestones:
            if one.ref not in objectives:
                said = {"ref": one.ref, "title": one.objective or one.ref}
                objectives[one.ref] = self._piece(
                    level="priority", line=one.place.line, **self._fitted(Piece, one.place, said)
                )
            said = {"ref": one.ref, "title": one.title, "owner": one.owner}
            self._piece(
                parent=objectives[one.ref], level="action", due=one.due.isoformat(), due_on=one.due,
                line=one.place.line, **self._fitted(Piece, one.place, said),
            )  # fmt: skip

    def measures(self, measures: Sequence[Measure]) -> None:
        """Take indicators with their values; one that the plan has already is told and left out."""
        for one in measures:
            kept = one.ref[: Indicator._meta.get_field("ref").max_length]
            if kept in self._refs:
                told = f"the plan has an indicator {one.ref} already; this row was left out"
                place = Place(one.place.file, one.place.line, "ref")
                self.remarks.append(Remark("indicator twice", place, told))
                continue
            self._refs.add(kept)
            self._indicator(one)

    def _indicator(self, one: Measure) -> None:
        aim = one.aim if one.aim and not one.aim.suggested else None
        said = {
            "ref": one.ref,
            "title": one.title,
            "families": ", ".join(map(str, one.tags)),
            "unit": one.unit,
        }
        made = Indicator.objects.create(
            plan=self.plan, position=len(self._refs), better=aim.direction if aim else "", line=one.place.line,
            **self._fitted(Indicator, one.place, said),
        )  # fmt: skip
        Amount.objects.bulk_create(self._amounts(made, one))

    def _amounts(self, indicator: Indicator, measure: Measure) -> Iterator[Amount]:
        """The values of a measure, each once: the first of a kind and period counts."""
        seen: set[tuple[str, str]] = set()
        for one in measure.values:
            place = (one.kind, period_label(one.period))
            if place not in seen:
                seen.add(place)
                said = {"text": one.amount.text, "note": one.amount.note, "break_note": one.break_note}
                yield Amount(
                    indicator=indicator,
                    kind=one.kind,
                    period=place[1],
                    **self._fitted(Amount, one.place, said),
                )
