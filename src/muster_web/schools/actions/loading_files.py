"""Load a folder of published files in the order that lets each find its schools: registers, links, then figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction

from muster.model import MusterError, SourceFile, UnreadableFile
from muster.published import Reading, read_neighbours, read_published
from muster_web.accounts.actions.registering import take_links
from muster_web.accounts.models import Organisation
from muster_web.accounts.register.links import links_of
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.design.wording import counted
from muster_web.schools.actions.founding import found_schools
from muster_web.schools.actions.indexing import index_schools
from muster_web.schools.actions.listing import take_list
from muster_web.schools.actions.loading import found_authorities, take_figures
from muster_web.schools.models import Neighbour

Progress = Callable[[str, Sequence["_Recognised"]], Iterator["_Recognised"]]
_SMALL_REGISTER, _LINKS, _NEIGHBOURS, _FIGURES, _LIST, _UNKNOWN = range(6)


@dataclass(frozen=True)
class LoadedFile:
    """What became of one file, in words."""

    name: str
    said: str
    taken: bool = True

    def as_json(self) -> dict[str, object]:
        """The same for machines."""
        return asdict(self)


@dataclass
class Loaded:
    """What became of every file, what was left out or odd, and how many schools can be searched now."""

    files: list[LoadedFile] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    schools: int = 0


@dataclass(frozen=True)
class _Recognised:
    """A file and what it is; ``reading`` is there for registers and figures."""

    source: SourceFile
    kind: int
    reading: Reading | None = None


def load_files(
    *, viewer: Viewer, sources: Sequence[SourceFile], progress: Progress = lambda _doing, things: iter(things)
) -> Loaded:
    """Load files in whatever order they come; a file that is not known is named and left alone."""
    done = Loaded()
    found_authorities(viewer=viewer)
    recognised = sorted((_recognise(one) for one in sources), key=_turn)
    for one in progress("loading", recognised):
        said, problems = _TAKE[one.kind](viewer, one)
        done.files.append(LoadedFile(one.source.name, said, one.kind != _UNKNOWN))
        done.problems.extend(problems)
    done.schools = index_schools()
    return done


def _turn(one: _Recognised) -> tuple[int, str, str]:
    """In which order files are taken: of registers the older first, so that the newer has the last word."""
    return one.kind, one.reading.dataset.period if one.reading else "", one.source.name


def _recognise(source: SourceFile) -> _Recognised:
    try:
        reading = read_published(source)
        return _Recognised(source, _kind_of(reading), reading)
    except UnreadableFile:
        pass
    for kind, read in (
        (_LINKS, lambda: links_of(source.path)),
        (_NEIGHBOURS, lambda: read_neighbours(source)),
    ):
        try:
            read()
        except (MusterError, UnicodeError):
            continue
        return _Recognised(source, kind)
    return _Recognised(source, _UNKNOWN)


def _kind_of(reading: Reading) -> int:
    if reading.dataset.fills:
        return _LIST
    return _SMALL_REGISTER if reading.dataset.founds else _FIGURES


def _take_register(viewer: Viewer, one: _Recognised) -> tuple[str, list[str]]:
    assert one.reading is not None
    new, problems = found_schools(viewer=viewer, reading=one.reading)
    return f"a register: {new:,} schools that were not here", [problem.message for problem in problems]


def _take_links(viewer: Viewer, one: _Recognised) -> tuple[str, list[str]]:
    links = links_of(one.source.path)
    linked = take_links(viewer=viewer, links=links)
    said = f"{linked.written:,} successions; {linked.unknown:,} name a school that is not here"
    return said, [f"{one.source.name}, {refused}" for refused in links.refused]


@transaction.atomic
def _take_neighbours(viewer: Viewer, one: _Recognised) -> tuple[str, list[str]]:
    known = dict(Organisation.objects.filter(kind="authority").values_list("la_code", "pk"))
    found = read_neighbours(one.source)
    rows = [
        Neighbour(
            authority_id=known[n.authority], other_id=known[n.other], place=n.place, closeness=n.closeness
        )
        for n in found
        if n.authority in known and n.other in known
    ]
    Neighbour.objects.all().delete()
    Neighbour.objects.bulk_create(rows)
    record("neighbours_loaded", actor=viewer.actor, acting_for=viewer.acting_for, data={"rows": len(rows)})
    unknown = sorted({code for n in found for code in (n.authority, n.other) if code not in known})
    problems = [f"{one.source.name}: no authority {code} is known here; it is left out" for code in unknown]
    return f"{len(rows):,} statistical neighbours", problems


def _take_figures(viewer: Viewer, one: _Recognised) -> tuple[str, list[str]]:
    assert one.reading is not None
    taken = take_figures(viewer=viewer, source=one.source, reading=one.reading)
    if taken.already:
        return f"{taken.title}: it is here already", []
    return f"{taken.title}: {taken.records:,} records", [problem.message for problem in taken.problems]


def _take_list(viewer: Viewer, one: _Recognised) -> tuple[str, list[str]]:
    assert one.reading is not None
    taken = take_list(viewer=viewer, source=one.source, reading=one.reading)
    return f"{taken.title}: {counted(taken.records, 'entry')}", [
        problem.message for problem in taken.problems
    ]


def _leave(_viewer: Viewer, _one: _Recognised) -> tuple[str, list[str]]:
    return "left alone: no published file that is known", []


_TAKE = {
    _SMALL_REGISTER: _take_register,
    _LINKS: _take_links,
    _NEIGHBOURS: _take_neighbours,
    _FIGURES: _take_figures,
    _LIST: _take_list,
    _UNKNOWN: _leave,
}
