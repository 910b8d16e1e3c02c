"""The roles somebody can hold in an organisation, what each permits, and how that is told to people."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody does for an organisation."""

    PREPARER = "preparer"
    HEAD = "head"
    LA_OFFICER = "la_officer"
    LA_APPROVER = "la_approver"
    COLLECTOR = "collector"
    APPROVER = "approver"
    SUPPLIER = "supplier"
    AUDITOR = "auditor"
    PLAN_OWNER = "plan_owner"

    @property
    def in_words(self) -> str:
        """The name of the role as people read it."""
        return TITLES[self]


TITLES = {
    Role.PREPARER: "Data manager (prepares returns)",
    Role.HEAD: "Head (signs returns off)",
    Role.LA_OFFICER: "Authority data officer",
    Role.LA_APPROVER: "Authority approver of returns",
    Role.COLLECTOR: "Department collector",
    Role.APPROVER: "Organisation approver (gives and takes access)",
    Role.SUPPLIER: "Supplier's or payroll provider's service",
    Role.AUDITOR: "Auditor",
    Role.PLAN_OWNER: "Owner of lines of a plan",
}

# What the approver is told somebody will be able to see and do.
MEANS = {
    Role.PREPARER: "can load and change the school's return and will see every person in it, with pay and absence;"
    " can send and receive the files of pupils who move",
    Role.HEAD: "can read the school's return and its summary, and sign it off",
    Role.LA_OFFICER: "can see the returns of the authority's schools, with the people in them, and load and change"
    " them for a school",
    Role.LA_APPROVER: "can do what an officer can, and approve returns or send them back",
    Role.COLLECTOR: "can see every return, open collections, authorise, send back and reopen",
    Role.APPROVER: "can invite people, give and take roles; this alone shows no return",
    Role.SUPPLIER: "can send files through the API for the schools that agreed",
    Role.AUDITOR: "can read the organisation's audit, and no return",
    Role.PLAN_OWNER: "can say each quarter how the lines of the plan stand that their office owns; this alone shows no"
    " return",
}

# Which kinds of organisation can give a role.
GIVEN_BY = {
    Role.PREPARER: ("school", "authority", "trust"),
    Role.HEAD: ("school", "authority"),
    Role.LA_OFFICER: ("authority",),
    Role.LA_APPROVER: ("authority",),
    Role.COLLECTOR: ("department",),
    Role.APPROVER: ("school", "authority", "trust", "department", "supplier", "payroll"),
    Role.SUPPLIER: ("supplier", "payroll"),
    Role.AUDITOR: ("school", "authority", "trust", "department"),
    Role.PLAN_OWNER: ("authority",),
}

# Permissions of the state table (muster.submit.states) and of pages, by role, over the returns in its reach.
PERMITS: dict[Role, frozenset[str]] = {
    Role.PREPARER: frozenset(
        {"see", "upload", "edit", "note", "submit", "delete", "export", "exchange", "read_schools"}
    ),
    Role.HEAD: frozenset({"see", "note", "sign", "read_schools"}),
    Role.LA_OFFICER: frozenset(
        {
            "see",
            "upload",
            "edit_for",
            "note",
            "submit",
            "delete",
            "export",
            "decide_who_owes",
            "chase",
            "exchange",
            "find_pupils",
            "keep_plans",
            "read_schools",
            "write_schools",
        }
    ),
    Role.LA_APPROVER: frozenset(
        {
            "see",
            "upload",
            "edit_for",
            "note",
            "submit",
            "approve",
            "export",
            "decide_who_owes",
            "chase",
            "exchange",
            "find_pupils",
            "keep_plans",
            "read_schools",
            "write_schools",
        }
    ),
    Role.COLLECTOR: frozenset(
        {
            "see",
            "note",
            "authorise",
            "reopen",
            "export",
            "decide_who_owes",
            "open_collection",
            "decide_changes",
            "read_schools",
        }
    ),
    Role.APPROVER: frozenset({"manage_people"}),
    Role.SUPPLIER: frozenset({"see", "upload", "note"}),
    Role.AUDITOR: frozenset({"read_audit"}),
    Role.PLAN_OWNER: frozenset(),
}
