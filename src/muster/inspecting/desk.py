"""A warm desk for returns of one collection and year: read, lay the edits over, check, explain, all in a moment."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from muster.catalogue import load_collection, with_local_dates
from muster.catalogue.find import find_year
from muster.checking import Expected, not_expected
from muster.checking_set import Occasion, look_up, read_return
from muster.engines import Engine, engine_for, start_engine
from muster.inspecting.form import Form
from muster.inspecting.records import Records
from muster.inspecting.sets import members
from muster.model import Cause, CheckResult, Collection, Finding, Return, SourceFile, UnreadableFile
from muster.model.local import NOTHING_LOCAL, Local
from muster.read import peek_header, read_xml
from muster.read.previous import with_previous
from muster.read.register import with_register
from muster.resolve import Edit, Edited, Note, apply_edits, resolve
from muster.submit import Readiness, readiness
from muster.validate import check, engine_settings

_DESKS_KEPT = 4


@dataclass(frozen=True)
class Received:
    """The files of one version of a return, and what stands beside it where rules ask for it.

    ``previous`` are the files of last year's return, ``register`` the names of schools by their number (``919/4001``).
    """

    files: tuple[SourceFile, ...]
    previous: tuple[SourceFile, ...] = ()
    register: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rulings:
    """Rules the department has switched off or softened for everyone, by id or code, each with the reason."""

    suspended: Mapping[str, str] = field(default_factory=dict)
    downgraded: Mapping[str, str] = field(default_factory=dict)


NO_RULINGS = Rulings()


@dataclass(frozen=True)
class Inspected:
    """Everything known of one version of a return: as received, as corrected on screen, and what is wrong with it.

    ``refused`` says which of several files were not read, and why.
    """

    collection: Collection
    form: Form
    received: Return
    edited: Edited
    result: CheckResult
    causes: tuple[Cause, ...]
    refused: tuple[str, ...] = ()

    @property
    def corrected(self) -> Return:
        """The return with the edits laid over it."""
        return self.edited.one

    @property
    def ref(self) -> str:
        """How people name the return: ``919/4001``, or ``919`` for an authority's own."""
        return self.result.refs[0]

    @cached_property
    def readiness(self) -> Readiness:
        """Whether the return may be submitted, and if not, what stands in the way."""
        return readiness(self.result)[0]

    @cached_property
    def records(self) -> Records:
        """The records of the return, each with its items, their values and what was found of them."""
        return Records(self.form, self.received, self.corrected, self.result.findings)

    def finding(self, fingerprint: str) -> Finding | None:
        """The finding with a fingerprint, or None where this version has none."""
        return self._by_fingerprint.get(fingerprint)

    @cached_property
    def _by_fingerprint(self) -> dict[str, Finding]:
        return {finding.fingerprint: finding for finding in self.result.findings}


class Desk:
    """Inspects returns of one collection and year with engines that stay warm; for one thread at a time."""

    def __init__(self, collection_name: str, year: int, *, local: Local = NOTHING_LOCAL) -> None:
        """Raises MusterError where the collection or the year is not known."""
        known = load_collection(collection_name)
        self.year = find_year(known, year)
        self.local = local
        self.collection = with_local_dates(known, year, local.constants)
        self.form = Form(self.collection, year)
        self._engines: dict[str, Engine] = {}

    def inspect(
        self,
        source: SourceFile | Received,
        *,
        edits: Iterable[Edit] = (),
        notes: Mapping[str, Note] | None = None,
        rulings: Rulings = NO_RULINGS,
        school: str = "",
        names: Mapping[str, str] | None = None,
    ) -> Inspected:
        """Read a return, lay the edits over it and check it; the files are not changed.

        ``school`` is the school (``919/4001``) or authority (``919``) whose return it must be; ``names`` says what
        schools are called.  Raises UnreadableFile, in words for the sender, where it is another's or no return.
        """
        files = source if isinstance(source, Received) else Received((source,))
        expected = Expected(self.year, school, names=names or {})
        if self.collection.header == "in settings":
            received, edited, refused = self._read_set(files, expected, edits)
        else:
            received, refused = self._read(files, expected), ()
            edited = apply_edits(self.collection, received, edits)
        return replace(self._inspected(received, edited, notes or {}, rulings), refused=tuple(refused))

    def inspect_built(
        self,
        one: Return,
        *,
        edits: Iterable[Edit] = (),
        notes: Mapping[str, Note] | None = None,
        rulings: Rulings = NO_RULINGS,
    ) -> Inspected:
        """As ``inspect``, of a return that was built here, whose values know the source each came from."""
        return self._inspected(one, apply_edits(self.collection, one, edits), notes or {}, rulings)

    def close(self) -> None:
        """Give back the engines."""
        while self._engines:
            self._engines.popitem()[1].close()

    def _read_set(
        self, files: Received, expected: Expected, edits: Iterable[Edit]
    ) -> tuple[Return, Edited, Sequence[str]]:
        """A return whose files name neither year nor authority; a zip stands for the tables in it."""
        with members(files.files) as now, members(files.previous) as previous:
            occasion = Occasion(self.year, expected.school.partition("/")[0], previous)
            received, refused = read_return(self.collection, now, occasion)
            edited = apply_edits(self.collection, received, edits)
            look_up(self.collection, edited.one, now)
        return received, edited, refused

    def _read(self, files: Received, expected: Expected) -> Return:
        if len(files.files) != 1:
            raise UnreadableFile(
                f"a return of the {self.collection.title.lower()} is one XML file, and here are "
                f"{len(files.files)}; send them one by one."
            )
        source = files.files[0]
        why_not = not_expected(self.collection, source, peek_header(source), self.year, expected)
        if why_not:
            raise UnreadableFile(why_not)
        one = read_xml(self.collection, source)
        for previous in files.previous[:1]:
            with_previous(self.collection, one, read_xml(self.collection, previous))
        with_register(self.collection, one, files.register)
        return one

    def _inspected(
        self, received: Return, edited: Edited, notes: Mapping[str, Note], rulings: Rulings
    ) -> Inspected:
        result = self._check(edited.one, rulings)
        resolved = resolve(result, [edited.one], notes)
        return Inspected(self.collection, self.form, received, edited, resolved.result, resolved.causes)

    def _check(self, one: Return, rulings: Rulings) -> CheckResult:
        local = self.local.ruled(rulings.suspended, rulings.downgraded)
        engine = self._engine(sum(len(rows) for rows in one.tables.values()))
        return check(self.collection, self.year, [one], engine=engine, local=local)

    def _engine(self, rows: int) -> Engine:
        name = engine_for(rows)
        if name not in self._engines:
            settings = engine_settings(self.local)
            self._engines[name] = start_engine(name, self.collection, self.year, settings=settings)
        return self._engines[name]


_kept = threading.local()


def desk_for(collection_name: str, year: int) -> Desk:
    """A desk that stays warm in this thread of this process; the few last used are kept."""
    process = os.getpid()  # an engine must not be used by a process that was forked from its own
    if getattr(_kept, "process", None) != process:
        _kept.process, _kept.desks = process, OrderedDict()
    desks: OrderedDict[tuple[str, int], Desk] = _kept.desks
    desk = desks.pop((collection_name, year), None) or Desk(collection_name, year)
    desks[collection_name, year] = desk
    while len(desks) > _DESKS_KEPT:
        desks.popitem(last=False)[1].close()
    return desk
