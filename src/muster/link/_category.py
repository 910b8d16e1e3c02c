"""Which category of the census a person belongs to, so that only what is expected of it is asked for.

The same definition as the derived table the rules use: 1 regular teacher, 2 teacher by service agreement,
3 teaching assistant, 4 other support staff; the lowest number over a person's contracts.
"""

from __future__ import annotations

from muster.link._merged import Merged

AGREEMENTS = frozenset({"SLA", "SAG", "SOT"})
# Support posts: SUP to 2018, OSP, LNT and SBP since.
_SUPPORT_POSTS = frozenset({"SUP", "OSP", "LNT", "SBP"})
_ASSISTANT_POST = "TAS"
_ASSISTANT_ROLES = frozenset({"HLTA", "TASS"})
_WITH_QUALIFICATIONS = frozenset({"LNT", "SBP"})


def category_of(person: Merged) -> int | None:
    """The category of a person, or None where no contract has a post."""
    return min((c for contract in person.of("contracts") if (c := contract_category(contract))), default=None)


def contract_category(contract: Merged) -> int | None:
    """The category one contract gives."""
    post = contract.text("post")
    if not post:
        return None
    roles = {role.text("role") for role in contract.of("roles")}
    if post == _ASSISTANT_POST or (post in _SUPPORT_POSTS and roles & _ASSISTANT_ROLES):
        return 3
    if post in _SUPPORT_POSTS:
        return 4
    return 2 if contract.text("contract_type") in AGREEMENTS else 1


def returns_qualifications(person: Merged) -> bool:
    """Whether qualifications are collected of a person; of support staff only for leaders and business managers."""
    posts = {contract.text("post") for contract in person.of("contracts")}
    return category_of(person) != 4 or bool(posts & _WITH_QUALIFICATIONS)
