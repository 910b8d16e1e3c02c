"""What a token can be asked for: each scope with the permissions it opens and what it means."""

from __future__ import annotations

from collections.abc import Iterable

from muster_web.accounts.roles import PERMITS, Role

_SCOPES: dict[str, tuple[frozenset[str], str]] = {
    "returns:read": (frozenset({"see"}), "read rounds, returns, findings and records"),
    "returns:upload": (frozenset({"upload"}), "send files"),
    "returns:note": (frozenset({"note"}), "explain findings and write messages"),
    "returns:edit": (frozenset({"edit", "edit_for"}), "change values and take changes back"),
    "returns:submit": (frozenset({"submit"}), "submit returns and take submissions back"),
    "returns:decide": (
        frozenset({"approve", "authorise", "reopen"}), "approve, send back, authorise and reopen returns",
    ),
    "returns:export": (frozenset({"export"}), "take away files, tables and workbooks"),
    "files:read": (frozenset({"exchange"}), "list and take files from and to other schools"),
    "files:send": (frozenset({"exchange"}), "send files to other schools and acknowledge those received"),
    "plans:read": (frozenset({"keep_plans"}), "read plans, indicators, figures and quarterly reports"),
    "plans:write": (frozenset({"keep_plans"}), "say how lines of an open quarter stand"),
    "schools:read": (frozenset({"read_schools"}), "search schools and read their files"),
    "schools:write": (frozenset({"write_schools"}), "record visits in the files of schools"),
    "webhooks": (frozenset({"see"}), "be told of events at an address of your own"),
}  # fmt: skip
MEANS = {name: words for name, (_, words) in _SCOPES.items()}

# Roles a machine never holds: people sign returns, give access, read the audit and say how their lines stand.
FOR_PEOPLE = frozenset({Role.HEAD, Role.APPROVER, Role.AUDITOR, Role.PLAN_OWNER})


def scopes_of(roles: Iterable[Role]) -> frozenset[str]:
    """The scopes that the permissions of some roles open."""
    held = frozenset().union(*(PERMITS[role] for role in roles))
    return frozenset(name for name, (opens, _) in _SCOPES.items() if opens & held)
