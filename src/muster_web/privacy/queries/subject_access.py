"""Everything the service holds about one person in the returns a viewer answers for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from muster.inspecting import RecordView
from muster.model import MusterError
from muster_web.accounts.viewer import Viewer
from muster_web.audit.queries import events
from muster_web.returns.actions.checking import inspect, open_edits
from muster_web.returns.files import chunks_of
from muster_web.returns.models import Edit, Finding, Message, Note, Return, Version
from muster_web.returns.permissions import permissions, visible_returns

IDENTIFIERS = frozenset({"teacher_number", "ni_number", "upn", "former_upn", "la_child_id", "child"})
REMOVED = "[somebody else]"
# Numbers that name a person wherever they stand: National Insurance, teacher and pupil numbers.
_NUMBERS = re.compile(r"\b(?:[A-Z]{2}\d{6}[A-D]|\d{7}|[A-Z]\d{11}[\dA-Z])\b")
_XML = (".xml", ".csv", ".txt")


@dataclass(frozen=True)
class Wanted:
    """Who is looked for: by a number, or by family name and date of birth."""

    identifier: str = ""
    family_name: str = ""
    birth_date: date | None = None

    def __post_init__(self) -> None:
        if not _plain(self.identifier) and not (self.family_name.strip() and self.birth_date):
            raise MusterError("Give a number, or a family name with a date of birth.")

    @property
    def needle(self) -> str:
        """What a text file with the person in it must hold."""
        return _plain(self.identifier) or _plain(self.family_name)

    def is_in(self, record: RecordView) -> bool:
        """Whether a record is the person's."""
        values = {one.asked.name: one.value or "" for one in record.fields}
        if _plain(self.identifier):
            mine = {_plain(values.get(name, "")) for name in IDENTIFIERS}
            return _plain(self.identifier) in mine
        day = self.birth_date.isoformat() if self.birth_date else ""
        same_day = values.get("birth_date", "") == day
        return same_day and _plain(values.get("family_name", "")) == _plain(self.family_name)


@dataclass
class Held:
    """What was found in one return."""

    subject: Return
    versions: list[dict[str, Any]] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)

    def redacted(self, text: str) -> str:
        """A free text without the names and numbers of others."""
        cleaned = _NUMBERS.sub(lambda found: found[0] if _plain(found[0]) in self.own else REMOVED, text)
        names = sorted((one for one in self.others if one), key=len, reverse=True)
        return (
            re.sub(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", REMOVED, cleaned)
            if names
            else cleaned
        )


@dataclass(frozen=True)
class Answer:
    """Everything found, and how much was looked through; ``unread`` names files that could not be."""

    held: tuple[Held, ...]
    returns: int
    versions: int
    unread: tuple[str, ...]


def look_for(viewer: Viewer, wanted: Wanted) -> Answer:
    """Look through every version of every return the viewer may take away."""
    held, looked, unread, count = [], 0, [], 0
    for subject in visible_returns(viewer):
        if "export" not in permissions(viewer, subject):
            continue
        looked += 1
        found = Held(subject)
        for version in subject.versions.exclude(stored=""):
            count += 1
            try:
                _look_into(found, version, wanted)
            except MusterError:
                unread.append(f"{subject}: version {version.number}")
        if found.versions:
            held.append(found)
    return Answer(tuple(held), looked, count, tuple(unread))


def _look_into(found: Held, version: Version, wanted: Wanted) -> None:
    if not _may_hold(version, wanted):
        return
    current = version.pk == found.subject.current_id
    records = inspect(version, edits=open_edits(found.subject) if current else []).records
    trees = [(line, records.tree(line.identity)) for line in records.people()]
    mine = [tree for _, tree in trees if tree is not None and wanted.is_in(tree)]
    if not mine:
        return
    identities = {tree.identity for tree in mine}
    found.others |= {
        name for line, _ in trees if line.identity not in identities for name in _names(line.label)
    }
    found.own |= {
        _plain(one.value or "") for tree in mine for one in tree.fields if one.asked.name in IDENTIFIERS
    }
    found.others -= {name for tree in mine for name in _names(tree.label)}
    found.marks |= {one.identity for tree in mine for one in tree.walk()}
    found.versions.append({
        "version": version.number, "file": version.name, "received": version.at.isoformat(), "sha256": version.sha256,
        "current": current, "official": version.pk == found.subject.official_id,
        "records": [_as_json(one) for tree in mine for one in tree.walk()],
    })  # fmt: skip


def _may_hold(version: Version, wanted: Wanted) -> bool:
    """Whether a file is worth reading: a text without the number or the name in it is not."""
    if not version.name.lower().endswith(_XML):
        return True
    content = b"".join(chunks_of(version.stored))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return "&" in text or wanted.needle in _plain(text)


def _as_json(record: RecordView) -> dict[str, Any]:
    values = {one.asked.title: one.shown for one in record.fields if one.value is not None}
    return {"record": record.kind, "called": record.label, "stands": record.came, "items": values}


def _names(label: str) -> set[str]:
    """The whole name of a person and the family name, from how a record is called."""
    name = label.split(", born")[0].strip()
    return {name, name.split()[-1]} if len(name) > 2 else set()


def _plain(text: str) -> str:
    return re.sub(r"[\s-]", "", text).lower()


# -- what was found, said and done ---------------------------------------------------------------------------


def _about(held: Held) -> QuerySet[Finding]:
    mine = Q(record_mark__in=held.marks) | Q(person_mark__in=held.marks)
    return Finding.objects.filter(mine, version=held.subject.current_id)


def findings_of(held: Held) -> Iterator[dict[str, Any]]:
    """The findings about the person in the current version."""
    for one in _about(held).order_by("position"):
        yield {
            "rule": one.code, "kind": one.severity, "record": one.record, "values": one.values,
            "message": held.redacted(one.message), "others_named": len(one.also),
        }  # fmt: skip


def said_of(held: Held) -> Iterator[dict[str, Any]]:
    """What was written about findings of the person, without the names of others or of who wrote it."""
    prints = _about(held).values("fingerprint")
    for note in Note.objects.filter(subject=held.subject, fingerprint__in=prints).order_by("pk"):
        yield {"at": note.at.isoformat(), "explanation": held.redacted(note.text)}
        for one in Message.objects.filter(note=note).select_related("acting_for").order_by("pk"):
            yield {
                "at": one.at.isoformat(),
                "by": str(one.acting_for or ""),
                "message": held.redacted(one.text),
            }


def edits_of(held: Held) -> Iterator[dict[str, Any]]:
    """The values of the person that were changed on screen."""
    for one in Edit.objects.filter(subject=held.subject, identity__in=held.marks).order_by("pk"):
        yield {
            "at": one.at.isoformat(), "item": one.item, "was": one.was, "is": one.value,
            "state": one.get_state_display(), "reason": held.redacted(one.reason), "by": str(one.acting_for or ""),
        }  # fmt: skip


def looked_at(held: Held) -> Iterator[dict[str, Any]]:
    """Who looked at the person's records and what was done with them, by organisation; no names of staff."""
    for event in events(subject=f"return:{held.subject.pk}"):
        if _names_a(held.marks, event.data):
            yield {"at": event.at.isoformat(), "what": event.name, "for": event.acting_for}


def _names_a(marks: Iterable[str], data: Mapping[str, Any]) -> bool:
    listed = data.get("records") or [data.get("record")]
    return not set(marks).isdisjoint(one for one in listed if one)
