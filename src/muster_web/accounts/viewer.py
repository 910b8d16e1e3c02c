"""Who is looking: a person acting for one organisation, with the roles they hold there today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from muster_web.accounts.models import Grant, Membership, Organisation, User
from muster_web.accounts.roles import PERMITS, Role


@dataclass(frozen=True)
class Held:
    """One role in force, for one collection or (with '') for all."""

    role: Role
    collection: str


class Viewer:
    """A person (or a supplier's service) acting for one organisation; everything is asked and done in their name."""

    def __init__(
        self,
        user: User | None,
        organisation: Organisation | None,
        *,
        held: Iterable[Held] = (),
        service: str = "",
    ):
        self.user, self.organisation, self.service = user, organisation, service
        self.held = frozenset(held)

    @property
    def actor(self) -> str:
        """How the audit names them."""
        if self.service:
            return f"service:{self.service}"
        return f"user:{self.user.pk}" if self.user else "system"

    @property
    def acting_for(self) -> str:
        """The organisation as the audit names it."""
        return f"organisation:{self.organisation.pk}" if self.organisation else ""

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held, for any collection."""
        return frozenset(one.role for one in self.held)

    def roles_for(self, collection: str) -> frozenset[Role]:
        """The roles held for one collection."""
        return frozenset(one.role for one in self.held if one.collection in ("", collection))

    def permissions_for(self, collection: str) -> frozenset[str]:
        """What the roles held for a collection permit, in the organisation's own reach."""
        return frozenset().union(*(PERMITS[role] for role in self.roles_for(collection)))

    @property
    def collections(self) -> frozenset[str]:
        """The collections some role is held for; '' stands for all."""
        return frozenset(one.collection for one in self.held)


NOBODY = Viewer(None, None)
SYSTEM = Viewer(None, None, service="muster")


def memberships_of(user: User) -> list[Membership]:
    """The memberships of a person in force today, by the name of the organisation."""
    found = Membership.objects.filter(Membership.in_force(), user=user)
    return list(
        found.select_related("organisation", "organisation__authority").order_by("organisation__name")
    )


def viewer_for(user: User, organisation_id: int | None) -> Viewer:
    """The viewer a person is, for the organisation chosen or else the first they belong to."""
    memberships = memberships_of(user)
    chosen = next((m for m in memberships if m.organisation_id == organisation_id), None)
    chosen = chosen or next(iter(memberships), None)
    if chosen is None:
        return Viewer(user, None)
    grants = Grant.objects.filter(
        Grant.in_force(), membership__user=user, membership__organisation=chosen.organisation_id
    ).filter(Membership.in_force(prefix="membership__"))
    return Viewer(user, chosen.organisation, held=[Held(Role(g.role), g.collection) for g in grants])
