"""Schools and their files as the API shows them: each item with its source, and no more than the reader may see."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from muster_web.accounts.models import Organisation
from muster_web.schools.models import Document, Note
from muster_web.schools.queries.parts import Line, Part
from muster_web.schools.queries.returned import ReturnLine
from muster_web.schools.queries.school_file import SchoolFile


class SchoolLine(Schema):
    """One school in a list; ``number`` is ``919/4001``, ``closed`` the day it closed."""

    id: int
    name: str
    number: str
    urn: str
    type: str
    phase: str
    authority: str
    closed: date | None


class FactShape(Schema):
    """One fact and where it is from."""

    label: str
    text: str
    source: str


class CellOfFile(Schema):
    """One figure: as it is shown, why it is missing where it is, and where it came from."""

    period: str
    shown: str
    missing: str
    source: str


class LineOfFile(Schema):
    """One item with its figures, the latest period first."""

    item: str
    title: str
    cells: list[CellOfFile]


class PartShape(Schema):
    """Figures of one kind of file or return, and who sees them."""

    group: str
    title: str
    seen_by: str
    lines: list[LineOfFile]


class ReturnOfFile(Schema):
    """A return of the school and whether it came in time."""

    id: int
    round: str
    state: str
    on_time: str
    versions: int


class NoteOfFile(Schema):
    """What the authority wrote: a visit, a concern, a plan, good practice or a remark."""

    id: int
    kind: str
    title: str
    text: str
    theme: str
    on: date
    minutes: int
    judgement: str
    actions: str
    shared: bool
    until: date | None


class DocumentOfFile(Schema):
    """A document in the file; its bytes are read on the site."""

    id: int
    title: str
    name: str
    size: int
    sha256: str
    at: datetime
    shared: bool


class ChallengeOfFile(Schema):
    """What the school says is wrong, and the answer."""

    about: str
    text: str
    state: str
    answer: str


class WarningOfFile(Schema):
    """A reason to look at the school: the figure, and where it is from."""

    why: str
    shown: str
    source: str


class SchoolShape(SchoolLine):
    """The file of one school, as this account may see it."""

    facts: list[FactShape]
    parts: list[PartShape]
    returns: list[ReturnOfFile]
    notes: list[NoteOfFile]
    priorities: list[str]
    documents: list[DocumentOfFile]
    challenges: list[ChallengeOfFile]
    warnings: list[WarningOfFile]


def school_line(one: Organisation) -> dict[str, Any]:
    """A school in a list."""
    return {
        "id": one.pk, "name": one.name, "number": one.ref, "urn": one.urn or "", "type": one.type,
        "phase": one.phase, "authority": one.authority.name if one.authority else "", "closed": one.closed,
    }  # fmt: skip


def file_as_shown(file: SchoolFile) -> dict[str, Any]:
    """The file of a school."""
    return {
        **school_line(file.school),
        "facts": [vars(one) for one in file.facts],
        "parts": [_part(part) for _, parts in file.groups for part in parts],
        "returns": [_return(one) for one in file.returns],
        "notes": [note_as_shown(one) for one in file.notes],
        "priorities": [one.text for one in file.priorities],
        "documents": [_document(one) for one in file.documents],
        "challenges": [
            {name: getattr(one, name) for name in ("about", "text", "state", "answer")}
            for one in file.challenges
        ],
        "warnings": [vars(one) for one in file.warnings],
    }


def _part(part: Part) -> dict[str, Any]:
    lines = [_line(one) for one in part.lines]
    return {"group": part.group, "title": part.title, "seen_by": part.seen_by, "lines": lines}


def _line(line: Line) -> dict[str, Any]:
    names = ("period", "shown", "missing", "source")
    cells = [{name: getattr(cell, name) for name in names} for cell in line.cells]
    return {"item": line.item, "title": line.title, "cells": cells}


def _return(one: ReturnLine) -> dict[str, Any]:
    subject = one.subject
    return {
        "id": subject.pk, "round": str(subject.round), "state": subject.state, "on_time": one.on_time,
        "versions": one.versions,
    }  # fmt: skip


def note_as_shown(one: Note) -> dict[str, Any]:
    """A note."""
    names = ("kind", "title", "text", "theme", "on", "minutes", "judgement", "actions", "shared", "until")
    return {"id": one.pk, **{name: getattr(one, name) for name in names}}


def _document(one: Document) -> dict[str, Any]:
    return {
        "id": one.pk,
        **{name: getattr(one, name) for name in ("title", "name", "size", "sha256", "at", "shared")},
    }
