"""Read the snapshot of a quarterly report from TOML or JSON; what is wrong in it is told, the rest is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import tomli

from muster.catalogue._source import nearest
from muster.model import MusterError, UnreadableFile
from muster.performance.measures import Place, Remark
from muster.performance.periods import Period, read_year
from muster.performance.quarterly.entries import read_entry, stored_figure
from muster.performance.quarterly.fields import Fields
from muster.performance.quarterly.snapshot import (
    Narrative,
    Objective,
    PlannedMilestone,
    Reissue,
    Signature,
    Snapshot,
    Treatment,
    Withheld,
)

_T = TypeVar("_T")
_TOP = ("authority", "directorate", "service", "year", "quarter", "tolerance", "signed", "reissue")
_LISTS = (
    "objectives", "milestones", "indicators", "developments", "issues", "risks", "actions", "withheld",
)  # fmt: skip


@dataclass
class SnapshotFile:
    """A snapshot that was read, with what is wrong in the file."""

    snapshot: Snapshot
    remarks: list[Remark] = field(default_factory=list)


def read_snapshot(path: Path) -> SnapshotFile:
    """The snapshot of a file.  Raises UnreadableFile or MusterError where it cannot be read at all."""
    return snapshot_of(_data(path), path)


def snapshot_of(data: Mapping[str, Any], path: Path) -> SnapshotFile:
    """The snapshot that data say, as from a file at ``path``, which messages name.  Raises MusterError."""
    reading = _Reading(path, data)
    top = Fields(path.name, "the report", data)
    for unknown in data.keys() - {*_TOP, *_LISTS}:
        hint = nearest(unknown, [*_TOP, *_LISTS])
        reading.remarks.append(
            Remark("unknown entry", Place(path.name, column=unknown), f"'{unknown}' is unknown{hint}")
        )
    snapshot = Snapshot(
        authority=top.text("authority"),
        directorate=top.text("directorate"),
        service=top.text("service"),
        period=_period(top),
        percent=_percent(top),
        objectives=reading.all("objectives", _objective),
        milestones=reading.all("milestones", _milestone),
        entries=reading.all("indicators", lambda one: read_entry(one, path.parent)),
        developments=reading.all("developments", _narrative),
        issues=reading.all("issues", _narrative),
        risks=reading.all("risks", _treatment),
        actions=reading.all("actions", _treatment),
        withheld=reading.all("withheld", _withheld),
        signed=_signature(path.name, data.get("signed")),
        reissue=_reissue(path.name, data.get("reissue")),
    )
    return SnapshotFile(snapshot, reading.remarks)


def snapshot_bytes(path: Path) -> bytes:
    """The snapshot of a file as JSON that needs no other file: figures it takes from elsewhere are put into it."""
    data = _data(path)
    for one in data.get("indicators", []):
        computed = one.get("computed", {}) if isinstance(one, dict) else {}
        if isinstance(computed, dict) and "file" in computed:
            report = json.loads((path.parent / computed.pop("file")).read_text(encoding="utf-8"))
            computed["stored"] = stored_figure(report, computed["figure"])
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, default=str).encode("utf-8")


def _data(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8-sig")
    try:
        data = json.loads(text) if path.suffix.lower() == ".json" else tomli.loads(text)
    except (ValueError, tomli.TOMLDecodeError) as problem:
        raise UnreadableFile(f"{path.name} cannot be read: {problem}") from None
    if not isinstance(data, dict):
        raise UnreadableFile(f"{path.name} is no snapshot of a report; see docs/how-to/report-on-a-plan.md")
    return data


@dataclass
class _Reading:
    """Reads the lists of a snapshot, leaving out what cannot be used."""

    path: Path
    data: Mapping[str, Any]
    remarks: list[Remark] = field(default_factory=list)

    def all(self, name: str, read: Callable[[Fields], _T]) -> tuple[_T, ...]:
        """Everything of one list that can be used."""
        return tuple(self._each(name, read))

    def _each(self, name: str, read: Callable[[Fields], _T]) -> Iterator[_T]:
        listed = self.data.get(name, [])
        if not isinstance(listed, list):
            raise MusterError(f"{self.path.name}: '{name}' is not a list; write [[{name}]] before each")
        for number, one in enumerate(listed, start=1):
            where = f"{name} {number}"
            try:
                fields = Fields(self.path.name, where, one)
                made = read(fields)
                fields.none_left()
                yield made
            except MusterError as problem:
                self.remarks.append(Remark("left out", Place(), str(problem)))


def _period(top: Fields) -> Period:
    quarter = top.whole("quarter")
    return Period(read_year(top.text("year")).year, "quarter", quarter)


def _percent(top: Fields) -> Decimal | None:
    amount = top.amount("tolerance")
    return amount.number if amount else None


def _objective(one: Fields) -> Objective:
    return Objective(one.text("ref"), one.text("title"), one.text("owner", ""))


def _milestone(one: Fields) -> PlannedMilestone:
    return PlannedMilestone(
        objective=one.text("objective"),
        title=one.text("title"),
        due=one.day("due"),
        done_on=one.day_or_none("done"),
        owner=one.text("owner", ""),
        owner_says=one.light("says"),
        comment=one.text("comment", ""),
        override=one.override(),
    )


def _narrative(one: Fields) -> Narrative:
    paragraphs = [" ".join(piece.split()) for piece in one.text("text").split("\n\n")]
    return Narrative(one.text("title"), tuple(piece for piece in paragraphs if piece))


def _treatment(one: Fields) -> Treatment:
    return Treatment(
        one.text("ref", ""), one.text("title"), one.light("light"), one.text("comment", ""), one.text("due", ""),
        one.text("owner", ""),
    )  # fmt: skip


def _withheld(one: Fields) -> Withheld:
    return Withheld(one.text("title"), one.text("reason"), one.text("expected"))


def _reissue(file: str, said: object) -> Reissue | None:
    if said is None:
        return None
    fields = Fields(file, "reissue", said)
    return Reissue(fields.whole("number"), fields.text("reason"), fields.day("replaces"))


def _signature(file: str, data: object) -> Signature | None:
    if data is None:
        return None
    one = Fields(file, "signed", data)
    return Signature(one.text("by"), one.day("on"))
