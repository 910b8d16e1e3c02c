"""The offices that own something of a plan, and who holds each today."""

from __future__ import annotations

from muster_web.accounts.models import User
from muster_web.performance.models import Holder, Plan


def offices_of_plan(plan: Plan) -> list[tuple[str, User | None]]:
    """The offices by name, each with who holds it."""
    named = {*_owners(plan.pieces), *_owners(plan.indicators), *_owners(plan.treatments)}
    held = Holder.objects.filter(authority=plan.authority_id, office__in=named).select_related("user")
    holders = {one.office: one.user for one in held}
    return [(name, holders.get(name)) for name in sorted(named)]


def _owners(listed: object) -> set[str]:
    return set(listed.exclude(owner="").order_by().values_list("owner", flat=True).distinct())  # type: ignore[attr-defined]
