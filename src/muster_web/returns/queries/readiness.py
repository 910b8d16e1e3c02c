"""Can everyone who needs a collection get in?  For each school and round, what is missing and who can help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from muster_web.accounts.models import Grant, Membership, Organisation, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Return, Round
from muster_web.returns.permissions import visible_returns

DORMANT = timedelta(days=90)
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Check:
    """One thing that has to be so; ``fix`` says what to do where it is not.  What is only advised blocks nobody."""

    what: str
    ok: bool
    fix: str = ""
    advised: bool = False


@dataclass(frozen=True)
class Readiness:
    """How one organisation stands for one round."""

    organisation: Organisation
    round: Round
    checks: tuple[Check, ...]

    @property
    def missing(self) -> list[Check]:
        """What stops somebody from getting in."""
        return [one for one in self.checks if not one.ok and not one.advised]

    @property
    def advised(self) -> list[Check]:
        """What would be wise."""
        return [one for one in self.checks if not one.ok and one.advised]

    @property
    def ready(self) -> bool:
        """Whether everybody who is needed can get in."""
        return not self.missing


@dataclass(frozen=True)
class _Holder:
    user: User
    has_factor: bool

    def problem(self, role: Role) -> str:
        """Why this holder of a role could not get in today; '' where they could."""
        if not self.user.is_active:
            return "the account is closed"
        if self.user.status == User.Status.INVITED:
            return "the invitation is not accepted"
        if role in settings.SECOND_FACTOR_ROLES and not self.has_factor:
            return "a passkey or an app for codes is missing"
        if timezone.now() - (self.user.last_seen or self.user.created) > DORMANT:
            return "they have not signed in for 90 days"
        return ""


def rounds_to_check() -> list[Round]:
    """The rounds that are not over, apart from practice, the one that closes first at the top."""
    found = Round.objects.filter(closes__gte=timezone.localdate()).exclude(phase=Round.Phase.PRACTICE)
    return list(found.order_by("closes"))


def readiness_of(viewer: Viewer, round: Round) -> list[Readiness]:
    """How the organisations whose returns the viewer has to do with stand for a round, those not ready first.

    Four questions to the database however many they are.
    """
    owing = [one.organisation for one in _returns(viewer, round).order_by("organisation__name")]
    held = _holders(owing, round)
    found = [Readiness(one, round, tuple(_checks(round, held[one.pk]))) for one in owing]
    return sorted(found, key=lambda one: one.ready)


def _returns(viewer: Viewer, round: Round) -> QuerySet[Return]:
    """The returns the viewer may see; an approver, who sees none, has to do with their organisation's own."""
    seen = visible_returns(viewer).filter(round=round)
    if Role.APPROVER in viewer.roles and viewer.organisation is not None:
        mine = Q(round=round) & (Q(organisation=viewer.organisation) | Q(agent=viewer.organisation))
        own = Return.objects.filter(mine).values("pk")
        seen = Return.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=own)).select_related(
            "organisation"
        )
    return seen.defer("organisation__register")


def _holders(organisations: Iterable[Organisation], round: Round) -> dict[int, dict[Role, list[_Holder]]]:
    """For each organisation and role, who holds it by census day (or today) and until it closes."""
    until, needed = round.closes, max(round.census_day, timezone.localdate())
    grants = Grant.objects.filter(
        Q(ends=None) | Q(ends__gte=until), Membership.in_force(prefix="membership__"), ended=None,
        starts__lte=needed, membership__organisation__in=[one.pk for one in organisations],
    ).filter(collection__in=["", round.collection])  # fmt: skip
    found: dict[int, dict[Role, list[_Holder]]] = defaultdict(lambda: defaultdict(list))
    rows = list(grants.select_related("membership__user"))
    people = {one.membership.user_id for one in rows}
    factors = set(
        Authenticator.objects.filter(user__in=people, type__in=_FACTORS).values_list("user_id", flat=True)
    )
    for one in rows:
        holder = _Holder(one.membership.user, one.membership.user_id in factors)
        found[one.membership.organisation_id][Role(one.role)].append(holder)
    return found


def _checks(round: Round, held: dict[Role, list[_Holder]]) -> Iterable[Check]:
    yield _somebody(held, Role.PREPARER, "Somebody can load and submit the return")
    if round.sign_off:
        yield _somebody(held, Role.HEAD, "The head can sign")
    yield _somebody(held, Role.APPROVER, "Somebody can give access")
    yield _second(held, Role.PREPARER, "A second person can stand in for the data manager")
    yield _second(held, Role.APPROVER, "There is a second approver")


def _somebody(held: dict[Role, list[_Holder]], role: Role, what: str) -> Check:
    problems = [one.problem(role) for one in held[role]]
    if "" in problems:
        return Check(what, True)
    if not problems:
        return Check(
            what,
            False,
            f"Nobody holds the role '{role.in_words}' until the collection closes. Give it to somebody.",
        )
    return Check(what, False, f"{held[role][0].user}: {problems[0]}.")


def _second(held: dict[Role, list[_Holder]], role: Role, what: str) -> Check:
    able = {one.user.pk for one in held[role] if not one.problem(role)}
    return Check(what, len(able) > 1, f"Give the role '{role.in_words}' to a second person.", advised=True)
