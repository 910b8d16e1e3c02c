"""The machines of the demo: one for each organisation that acts in it, with a secret everybody is told."""

from __future__ import annotations

from collections.abc import Mapping

from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.machines.actions.accounts import make_account

# Whose approver makes it, what it is called, and what it does.
_MACHINES = (
    ("office@school.example", "Our MIS, at night", Role.PREPARER),
    ("access@anyshire.example", "The authority's data hub", Role.LA_APPROVER),
    ("access@department.example", "The department's warehouse", Role.COLLECTOR),
    ("access@supplier.example", "Example MIS in the cloud", Role.SUPPLIER),
)


def make_machines(viewers: Mapping[str, Viewer]) -> list[tuple[str, str, str]]:
    """Make them; of each its name with its organisation, its client id and its secret."""
    made = [
        make_account(viewer=viewers[approver], name=name, roles=[role]) for approver, name, role in _MACHINES
    ]
    return [(f"{one.account}, {one.account.organisation}", one.account.client_id, one.secret) for one in made]
