"""Keep plans: begin one, read its files into it, say of an indicator what it is, and who holds which office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.performance import Measure, Place, Remark, read_amount
from muster.performance.due import read_due
from muster.performance.importing import Imported, import_plan
from muster.performance.milestones import Milestone
from muster.performance.plan import PlanNode
from muster.submit.states import NotAllowed
from muster_web.accounts.models import User
from muster_web.accounts.viewer import Viewer
from muster_web.performance.actions.asking import fit_open_quarters
from muster_web.performance.actions.telling import tell
from muster_web.performance.models import Amount, Holder, Indicator, Piece, Plan, Treatment
from muster_web.performance.permissions import keeps_plans, people_for_offices, refuse_unless_keeper
from muster_web.performance.queries.snapshotting import period_label
from muster_web.returns.actions.keeping import keep_sent
from muster_web.returns.files import as_source

MOST_PIECES = 20_000
_DESCRIBED = (
    "unit",
    "better",
    "band_from",
    "band_to",
    "adding",
    "key",
    "owner",
    "figure",
    "families",
    "ended",
)


@transaction.atomic
def begin_plan(*, viewer: Viewer, plan: Plan) -> Plan:
    """Begin a plan of the viewer's authority.  Raises NotAllowed, and MusterError where the year has one already."""
    if viewer.organisation is None or not keeps_plans(viewer):
        raise NotAllowed("Only the officers of the authority keep its plans.")
    if Plan.objects.filter(authority=viewer.organisation, service=plan.service, year=plan.year).exists():
        raise MusterError(f"There is a plan of {plan.service} for {plan.in_words} already.")
    plan.authority, plan.by = viewer.organisation, viewer.user
    plan.save()
    tell("plan_begun", viewer, plan)
    return plan


def import_file(*, viewer: Viewer, plan: Plan, chunks: Iterable[bytes], name: str) -> list[Remark]:
    """Read a file of a plan or a review into a plan; what is odd is told with line and column, the rest is taken.

    What the plan has already stays as it is.  Raises NotAllowed, and MusterError where nothing can be read of the file.
    """
    refuse_unless_keeper(viewer, plan)
    kept = keep_sent(viewer=viewer, chunks=chunks, name=name)
    with as_source(kept.stored, name, kept.sha256, kept.size) as source:
        imported = import_plan(source.path)
    return _take(viewer, plan, imported, {"name": name, "sha256": kept.sha256, "stored": kept.stored})


@transaction.atomic
def _take(viewer: Viewer, plan: Plan, imported: Imported, file: dict[str, str]) -> list[Remark]:
    now = Plan.objects.select_for_update().get(pk=plan.pk)
    taking = _Taking(now)
    taking.tree(imported.plan.areas)
    taking.milestones(imported.milestones.all)
    taking.measures(imported.measures.measures)
    remarks = [*imported.remarks, *taking.remarks]
    now.remarks = [*now.remarks, *map(_as_data, remarks)]
    now.files = [*now.files, {**file, "at": timezone.now().isoformat()}]
    now.save(update_fields=["remarks", "files"])
    fit_open_quarters(now)
    tell("plan_imported", viewer, now, data={"sha256": file["sha256"], "remarks": len(remarks)})
    return remarks


def _as_data(remark: Remark) -> dict[str, Any]:
    return {"about": remark.about, "text": remark.text, **vars(remark.place)}


class _Taking:
    """Puts what a file holds into a plan, after what the plan has."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.remarks = plan, list[Remark]()
        self._position = plan.pieces.count()
        self._refs = set(plan.indicators.values_list("ref", flat=True))

    def tree(self, nodes: Sequence[PlanNode]) -> None:
        """Take the pieces of a tree, one level after the other, in the order of the plan."""
        walked = [each for node in nodes for each in node.walk()]
        if len(walked) > MOST_PIECES:
            raise MusterError(
                f"the file holds {len(walked):,} pieces of a plan, and at most {MOST_PIECES:,} are taken"
            )
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
        links = [{"relation": link.relation, "to": link.to} for link in node.links]
        return Piece(
            plan=self.plan, parent=parent, position=position, ref=node.ref, level=node.level, title=node.title,
            owner=node.owner, due=node.due, due_on=self._due(node), evidence=node.evidence, details=node.details,
            links=links, line=node.place.line,
        )  # fmt: skip

    def _due(self, node: PlanNode) -> Any:
        day = read_due(node.due)
        if node.due and day is None:
            told = f"'{node.due}' names no day, so {node.ref} is no milestone; write it as 30 November 2026"
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
                objectives[one.ref] = self._piece(
                    ref=one.ref, level="priority", title=one.objective or one.ref, line=one.place.line
                )
            self._piece(
                parent=objectives[one.ref], ref=one.ref, level="action", title=one.title, owner=one.owner,
                due=one.due.isoformat(), due_on=one.due, line=one.place.line,
            )  # fmt: skip

    def measures(self, measures: Sequence[Measure]) -> None:
        """Take indicators with their values; one that the plan has already is told and left out."""
        for one in measures:
            if one.ref in self._refs:
                told = f"the plan has an indicator {one.ref} already; this row was left out"
                self.remarks.append(Remark("indicator twice", one.place, told))
                continue
            self._refs.add(one.ref)
            self._indicator(one)

    def _indicator(self, one: Measure) -> None:
        aim = one.aim if one.aim and not one.aim.suggested else None
        made = Indicator.objects.create(
            plan=self.plan, position=len(self._refs), ref=one.ref, title=one.title,
            families=", ".join(map(str, one.tags)), unit=one.unit, better=aim.direction if aim else "",
            line=one.place.line,
        )  # fmt: skip
        Amount.objects.bulk_create(_amounts(made, one))


def _amounts(indicator: Indicator, measure: Measure) -> Iterator[Amount]:
    """The values of a measure, each once: the first of a kind and period counts."""
    seen: set[tuple[str, str]] = set()
    for one in measure.values:
        place = (one.kind, period_label(one.period))
        if place not in seen:
            seen.add(place)
            yield Amount(
                indicator=indicator, kind=one.kind, period=place[1], text=one.amount.text, note=one.amount.note,
                break_note=one.break_note,
            )  # fmt: skip


@transaction.atomic
def describe_indicator(*, viewer: Viewer, indicator: Indicator, said: Mapping[str, Any]) -> Indicator:
    """Say of an indicator which values are better, who owns it, which figure it is.  Raises NotAllowed."""
    refuse_unless_keeper(viewer, indicator.plan)
    for name in _DESCRIBED:
        if name in said:
            setattr(indicator, name, said[name])
    indicator.save()
    tell("indicator_described", viewer, indicator.plan, data={"indicator": indicator.pk})
    return indicator


@transaction.atomic
def set_amount(*, viewer: Viewer, amount: Amount) -> Amount:
    """Set a value of an indicator, in place of the one of its kind and period.

    Raises NotAllowed, and MusterError for what is no amount, and for an amount that is missing without a reason.
    """
    refuse_unless_keeper(viewer, amount.indicator.plan)
    read = read_amount(amount.text)
    if read.missing and not amount.note.strip():
        raise MusterError("Say why there is no figure.")
    made, _ = Amount.objects.update_or_create(
        indicator=amount.indicator, kind=amount.kind, period=amount.period,
        defaults={"text": amount.text, "note": amount.note, "break_note": amount.break_note},
    )  # fmt: skip
    told = {"indicator": made.indicator_id, "kind": made.kind, "period": made.period}
    tell("indicator_valued", viewer, made.indicator.plan, data=told)
    return made


@transaction.atomic
def add_treatment(*, viewer: Viewer, treatment: Treatment) -> Treatment:
    """Put a risk or an equality action into a plan.  Raises NotAllowed."""
    refuse_unless_keeper(viewer, treatment.plan)
    treatment.save()
    tell("treatment_added", viewer, treatment.plan, data={"treatment": treatment.pk})
    return treatment


@transaction.atomic
def appoint(*, viewer: Viewer, plan: Plan, office: str, user: User) -> Holder:
    """Say who holds an office from now on; whoever held it before no longer sees its lines.

    Raises NotAllowed, and MusterError where they do not belong to the authority.
    """
    refuse_unless_keeper(viewer, plan)
    if not people_for_offices(plan).filter(pk=user.pk).exists():
        raise MusterError(
            "They do not belong to the authority; its access approver has to invite them first."
        )
    held, _ = Holder.objects.update_or_create(
        authority_id=plan.authority_id, office=office, defaults={"user": user}
    )
    tell("office_filled", viewer, plan, data={"office": office, "user": user.pk})
    return held
