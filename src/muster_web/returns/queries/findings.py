"""The findings of a return for pages and the API: in groups, in lists, and always the same number of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from muster_web.returns.models import Finding, Note, Return

# How findings can be grouped: the name, its words, and the columns a group shares.
GROUPS = {
    "rule": ("By rule", ("rule", "code", "severity")),
    "person": ("By person", ("person_mark",)),
    "cause": ("By likely cause", ("rule", "code", "severity")),
}
FILTERS = {
    "all": ("All", Q()),
    "fix": ("To fix", Q(severity="error")),
    "explain": ("To explain", Q(severity="query", explained=False)),
    "explained": ("Explained", Q(severity="query", explained=True)),
}


@dataclass(frozen=True)
class Group:
    """Some findings with what they share; ``marker`` names the group in an address."""

    marker: str
    title: str
    severity: str
    findings: int
    explained: int
    example: str
    cause: str = ""

    @property
    def open(self) -> int:
        """How many still stand in the way."""
        return self.findings - self.explained


def findings_of(subject: Return, *, show: str = "all") -> QuerySet[Finding]:
    """The findings of the current version about the return itself, in the order of the file."""
    found = Finding.objects.filter(subject=subject, version=subject.current_id, asks_source=False)
    return found.filter(FILTERS.get(show, FILTERS["all"])[1]).order_by("position")


def filter_counts(subject: Return) -> dict[str, int]:
    """How many findings each filter shows, in one query."""
    asked = {
        name: Count("pk", filter=which) if which else Count("pk") for name, (_, which) in FILTERS.items()
    }
    return findings_of(subject).order_by().aggregate(**asked)


def groups_of(subject: Return, *, by: str, show: str = "all") -> list[Group]:
    """The findings in groups, the largest first; the sizes add up to the number of findings shown."""
    found = findings_of(subject, show=show).order_by()
    if by == "person":
        return _by_person(found)
    groups = _by_rule(found)
    return _with_causes(subject, groups) if by == "cause" else groups


def _by_rule(found: QuerySet[Finding]) -> list[Group]:
    rows = found.values("rule", "code", "severity").annotate(
        findings=Count("pk"), said=Count("pk", filter=Q(explained=True)), example=Min("message")
    )
    made = [
        Group(row["rule"], row["code"], row["severity"], row["findings"], row["said"], row["example"])
        for row in rows
    ]
    return sorted(made, key=lambda group: (-group.open, -group.findings, group.title))


def _by_person(found: QuerySet[Finding]) -> list[Group]:
    rows = found.values("person_mark").annotate(
        findings=Count("pk"), said=Count("pk", filter=Q(explained=True)), name=Min("record"),
        errors=Count("pk", filter=Q(severity="error")), example=Min("message"),
    )  # fmt: skip
    made = [
        Group(
            row["person_mark"], row["name"].split(": ")[0] if row["person_mark"] else "The return as a whole",
            "error" if row["errors"] else "query", row["findings"], row["said"], row["example"],
        )
        for row in rows
    ]  # fmt: skip
    return sorted(made, key=lambda group: (-group.open, -group.findings, group.title))


def _with_causes(subject: Return, groups: list[Group]) -> list[Group]:
    """The groups of rules with the likely cause the library found for each, likely single causes first."""
    causes = subject.current.causes if subject.current else []
    words = {one["rule_id"]: (one["kind"], one["words"]) for one in causes}
    ordered = sorted(groups, key=lambda group: words.get(group.marker, ("", ""))[0] != "conversion")
    return [Group(**{**vars(group), "cause": words.get(group.marker, ("", ""))[1]}) for group in ordered]


def in_group(subject: Return, *, by: str, marker: str, show: str = "all") -> QuerySet[Finding]:
    """The findings of one group."""
    found = findings_of(subject, show=show)
    return found.filter(person_mark=marker) if by == "person" else found.filter(rule=marker)


def notes_for(subject: Return, findings: list[Finding]) -> dict[str, Note]:
    """The explanations of some findings by fingerprint."""
    found = Note.objects.filter(
        subject=subject, level=Note.Level.FINDING, fingerprint__in=[one.fingerprint for one in findings]
    )
    return {
        note.fingerprint: note for note in found.select_related("by", "version", "confirmed", "accepted_by")
    }


def carried_notes(subject: Return) -> QuerySet[Note]:
    """The explanations of an earlier version that still apply and nobody has confirmed for this one."""
    here = findings_of(subject).order_by().values("fingerprint")
    notes = Note.objects.filter(subject=subject, level=Note.Level.FINDING, fingerprint__in=here)
    return notes.exclude(confirmed=subject.current_id).select_related("by", "version")
