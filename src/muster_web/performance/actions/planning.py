"""Keep plans: begin one, read its files into it, say of an indicator what it is, and who holds which office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.performance import Remark, read_amount
from muster.performance.importing import Imported, import_plan
from muster.submit.states import NotAllowed
from muster_web.accounts.models import User
from muster_web.accounts.viewer import Viewer
from muster_web.performance.actions.asking import fit_open_quarters
from muster_web.performance.actions.taking import Taking
from muster_web.performance.actions.telling import tell
from muster_web.performance.models import Amount, Holder, Indicator, Plan, Treatment
from muster_web.performance.permissions import keeps_plans, people_for_offices, refuse_unless_keeper
from muster_web.returns.actions.keeping import keep_sent
from muster_web.returns.files import as_source

_MOST_TOLD = 1_000
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
    taking = Taking(now)
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
    return {"about": remark.about, "text": remark.text[:_MOST_TOLD], **vars(remark.place)}


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
