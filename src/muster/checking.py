"""Check one file, a folder or an authority: read, validate and resolve each return, on every core.

Files are read and checked in batches by workers that keep their engine warm; only the few tables that
compare returns with each other come together at the end.  So memory does not grow with the authority.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from muster.catalogue import load_collection, with_local_dates
from muster.engines import Engine, engine_for, start_engine
from muster.model import (
    Cause,
    CheckResult,
    Collection,
    MusterError,
    Outcome,
    Return,
    Rows,
    RuleOutcome,
    SourceFile,
    UnreadableFile,
)
from muster.model.local import NOTHING_LOCAL, Local
from muster.read.doubts import emptiness_doubts
from muster.read.register import with_register
from muster.read.schema_gate import SchemaGate
from muster.read.xml_reader import FileHeader, peek_header, read_xml
from muster.resolve import Note, read_notes, resolve
from muster.resolve.notes import Notes
from muster.validate import check, engine_settings, in_order
from muster.workers import in_parallel

Advance = Callable[[int], None]
_BATCH_BYTES = 4 << 20
_IN_THIS_PROCESS = 8 << 20
_BYTES_OF_A_ROW = 250


class Checked(NamedTuple):
    """The answer over all files: one result, the likely causes, and the files that were refused and why."""

    result: CheckResult
    causes: tuple[Cause, ...]
    refused: tuple[str, ...]
    files: dict[str, SourceFile]


@dataclass(frozen=True)
class Expected:
    """What the files must be (year, school, official schema), and what schools are called, where that is known."""

    year: int | None = None
    school: str = ""
    schema: Path | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, ref: str) -> str:
        """A school by its number and name."""
        return f"{ref} ({self.names[ref]})" if ref in self.names else ref or "an unnamed school"


_ANYTHING = Expected()


def check_files(
    collection: Collection,
    sources: Sequence[SourceFile],
    *,
    expected: Expected = _ANYTHING,
    local: Local = NOTHING_LOCAL,
    advance: Advance = lambda _: None,
) -> Checked:
    """Check returns of one year.

    Raises MusterError where the files are of several years and none was chosen, or two are of one school.
    """
    if expected.schema:
        SchemaGate(expected.schema)  # refused here and not in a worker, where it could not be told
    headers, refused = _headers(sources)
    year = expected.year or _one_year(collection, headers)
    collection = with_local_dates(collection, year, local.constants)
    wanted = _wanted(collection, headers, year, expected, refused)
    run = _Run(collection, year, local, expected.schema, dict(expected.names))
    answers = list(_answers(run, wanted, advance))
    refused += [message for answer in answers for message in answer.refused]
    result, causes = _joined(collection, year, answers, local)
    causes.sort(key=lambda c: (-c.findings, c.rule_id, c.source, c.column))
    return Checked(result, tuple(causes), tuple(refused), dict(wanted))


def notes_beside(source: SourceFile) -> Path:
    """Where the explanations of a return are kept: beside it, under its name."""
    return source.path.with_name(f"{source.path.stem}.notes.toml")


# -- what the files are ------------------------------------------------------------------------------


def _headers(sources: Sequence[SourceFile]) -> tuple[list[tuple[SourceFile, FileHeader]], list[str]]:
    found, refused = [], []
    for source in sources:
        try:
            found.append((source, peek_header(source)))
        except UnreadableFile as error:
            refused.append(str(error))
    return found, refused


def _one_year(collection: Collection, headers: Iterable[tuple[SourceFile, FileHeader]]) -> int:
    years = Counter(header.year for _, header in headers if header.year.isdigit())
    known = [int(text) for text in years if int(text) in collection.years]
    if len(known) > 1:
        counts = ", ".join(f"{years[str(y)]} of {y}" for y in sorted(known))
        raise MusterError(f"these returns are of several years ({counts}); choose one with --year")
    return known[0] if known else collection.years[-1]


def _wanted(
    collection: Collection,
    headers: Sequence[tuple[SourceFile, FileHeader]],
    year: int,
    expected: Expected,
    refused: list[str],
) -> list[tuple[str, SourceFile]]:
    """The files of the year, each with its school; files of other years and schools are refused."""
    found: dict[str, SourceFile] = {}
    for source, header in headers:
        why_not = not_expected(collection, source, header, year, expected)
        if why_not:
            refused.append(why_not)
        elif not header.ref and source.name in found:
            raise MusterError(
                f"two files are named {source.name}, and nothing else tells them apart; rename one or take it away"
            )
        elif header.ref and header.ref in found:
            raise MusterError(
                f"{found[header.ref].name} and {source.name} are both the return of {expected.called(header.ref)}; "
                "a school has one return, so take one of them away"
            )
        else:
            found[header.ref or source.name] = source
    return list(found.items())


def not_expected(
    collection: Collection, source: SourceFile, header: FileHeader, year: int, expected: Expected
) -> str:
    """Why a file is not of the year or the school that is to be checked, or ''."""
    if header.year.isdigit() and int(header.year) in collection.years and int(header.year) != year:
        return f"{source.name} is a return of {header.year}; this check is for {year}"
    if expected.school and header.ref != expected.school:
        return (
            f"{source.name} is the return of {expected.called(header.ref)}, "
            f"not of {expected.called(expected.school)}. "
            "Nothing was checked; choose the right file or the right school."
        )
    return ""


# -- workers -----------------------------------------------------------------------------------------


class _Batch(NamedTuple):
    """What came of a few files; ``slim`` holds only what is compared between returns."""

    result: CheckResult
    causes: tuple[Cause, ...]
    refused: tuple[str, ...]
    slim: tuple[Return, ...]


class _Run(NamedTuple):
    """What every worker of a run works by."""

    collection: Collection
    year: int
    local: Local
    schema: Path | None
    schools: Mapping[str, str]
    most_bytes: int = 0


class _Worker:
    """Checks batches of files with one engine, kept warm."""

    def __init__(self, run: _Run):
        self.collection, self.year, self.local = collection, year, local = run.collection, run.year, run.local
        self.schools = run.schools
        self.gate = SchemaGate(run.schema) if run.schema else None
        name = engine_for(run.most_bytes // _BYTES_OF_A_ROW)
        self.engine: Engine = start_engine(name, collection, year, settings=engine_settings(local))
        rules = collection.rules_in(year)
        self.across = {rule.id for rule in rules if rule.scope == "authority"}
        self.alone = [rule.id for rule in rules if rule.id not in self.across]
        self.compared = tables_read(self.engine, self.across)

    def check(self, sources: Sequence[SourceFile], *, everything: bool = False) -> _Batch:
        """Check a batch; ``everything`` also asks what compares returns, for a batch that is the whole run."""
        returns, refused = self._read(sources)
        rules = None if everything else self.alone
        found = check(self.collection, self.year, returns, engine=self.engine, local=self.local, rules=rules)
        resolved = resolve(found, returns, _notes_of(returns))
        slim = () if everything else tuple(self._slim(one) for one in returns)
        return _Batch(resolved.result, resolved.causes, tuple(refused), slim)

    def _read(self, sources: Sequence[SourceFile]) -> tuple[list[Return], list[str]]:
        returns, refused = [], []
        for source in sources:
            try:
                returns.append(self._read_one(source))
            except UnreadableFile as error:
                refused.append(str(error))
        return returns, refused

    def _read_one(self, source: SourceFile) -> Return:
        one = read_xml(self.collection, source)
        with_register(self.collection, one, self.schools)
        one.notices += emptiness_doubts(self.collection, one)
        if self.gate:
            one.notices[:0] = self.gate.notices(source)
        return one

    def _slim(self, one: Return) -> Return:
        empty = {name: Rows.empty(self.collection, name) for name in one.tables if name not in self.compared}
        return Return(one.collection, one.year, {**one.tables, **empty}, one.source)


def tables_read(engine: Engine, rule_ids: Iterable[str]) -> set[str]:
    """The tables of data that rules read, looking through derived tables, with every table above them."""
    through = {derived.name: derived.reads for derived in engine.derived}
    pending = [name for rule in rule_ids if rule in engine.rules for name in engine.rules[rule].reads]
    found = {"returns"}
    while pending:
        name = pending.pop()
        if name in through:
            pending += through[name]
        elif name not in found:
            found |= {name, *engine.collection.ancestors(name)}
    return found


def _notes_of(returns: Iterable[Return]) -> Notes:
    notes: dict[str, Note] = {}
    for one in returns:
        if one.source:
            notes.update(read_notes(notes_beside(one.source)))
    return notes


_worker: _Worker | None = None


def _start_worker(
    collection: str, year: int, local: Local, schema: Path | None, schools: Mapping[str, str], most_bytes: int
) -> None:
    global _worker
    dated = with_local_dates(load_collection(collection), year, local.constants)
    _worker = _Worker(_Run(dated, year, local, schema, schools, most_bytes))


def _check_batch(sources: Sequence[SourceFile]) -> _Batch:
    assert _worker is not None, "a worker checks only after it has started"
    return _worker.check(sources)


def _answers(run: _Run, wanted: Sequence[tuple[str, SourceFile]], advance: Advance) -> Iterator[_Batch]:
    sources = [source for _, source in wanted]
    size = sum(source.size for source in sources)
    if size <= _IN_THIS_PROCESS or len(sources) == 1:
        yield _Worker(run._replace(most_bytes=size)).check(sources, everything=True)
        advance(len(sources))
        return
    batches = list(_batches(sources))
    most = max(sum(source.size for source in batch) for batch in batches)
    arguments = (run.collection.name, run.year, run.local, run.schema, run.schools, most)
    found = in_parallel(_check_batch, batches, start=_start_worker, arguments=arguments)
    for batch, answer in zip(batches, found, strict=True):
        yield answer
        advance(len(batch))


def _batches(sources: Iterable[SourceFile]) -> Iterator[list[SourceFile]]:
    batch: list[SourceFile] = []
    size = 0
    for source in sources:
        if batch and size + source.size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(source)
        size += source.size
    if batch:
        yield batch


# -- the whole ---------------------------------------------------------------------------------------


def _joined(
    collection: Collection, year: int, answers: Sequence[_Batch], local: Local
) -> tuple[CheckResult, list[Cause]]:
    """One answer from those of the batches, with what only comparing all returns can find."""
    causes = [cause for answer in answers for cause in answer.causes]
    if len(answers) == 1:
        return answers[0].result, causes
    slim = [one for answer in answers for one in answer.slim]
    across = [rule.id for rule in collection.rules_in(year) if rule.scope == "authority"]
    together = check(collection, year, [replace(one, notices=[]) for one in slim], local=local, rules=across)
    compared = resolve(together, slim, _notes_of(slim))
    together, causes = compared.result, [*causes, *compared.causes]
    refs = tuple(ref for answer in answers for ref in answer.result.refs)
    outcomes = {o.rule_id: o for o in together.outcomes}
    for answer in answers:
        for outcome in answer.result.outcomes:
            outcomes[outcome.rule_id] = _added(outcomes.get(outcome.rule_id), outcome)
    rules = tuple(rule.id for rule in collection.rules_in(year))
    findings = [f for answer in (*(a.result for a in answers), together) for f in answer.findings]
    ordered = tuple(outcomes[name] for name in rules if name in outcomes)
    return CheckResult(collection.name, year, refs, in_order(findings, refs, rules), ordered), causes


_WORST_FIRST = (Outcome.BROKE, Outcome.FAILED, Outcome.PASSED, Outcome.NOT_RUN)


def _added(one: RuleOutcome | None, other: RuleOutcome) -> RuleOutcome:
    """The outcome of a rule over two batches: the worse of the two, with the findings of both."""
    if one is None:
        return other
    worse = min(one, other, key=lambda o: _WORST_FIRST.index(o.outcome))
    return worse._replace(findings=one.findings + other.findings, reason=one.reason or other.reason)
