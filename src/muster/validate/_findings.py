"""Turn failing keys into findings: the record, its values, the message, the fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from muster.engines import Answer, Engine, place_and_key
from muster.model import Collection, Finding, Notice, Return, Rows, Rule
from muster.model.words import value_in_words
from muster.validate._index import Index
from muster.validate._related import related
from muster.validate._scope import Applicability


class FindingWriter:
    """Writes findings for the returns of one run."""

    def __init__(self, collection: Collection, year: int, returns: Sequence[Return], engine: Engine):
        self.collection, self.year, self.returns, self.engine = collection, year, returns, engine
        self._seen: dict[str, int] = {}
        self._refs = [one.ref for one in returns]
        self._lasting = [_lasting_name(collection, one) for one in returns]

    @cached_property
    def _indexes(self) -> list[Index]:
        return [Index(self.collection, one) for one in self.returns]

    @cached_property
    def _constants(self) -> dict[str, str]:
        constants = {**self.collection.facts[self.year].constants, **self.engine.settings.constants}
        return {f"${name}": value_in_words(value) for name, value in constants.items()}

    def write(self, rule: Rule, answer: Answer, applies: Applicability) -> Iterator[Finding]:
        """A finding for each failing row of each return the rule can be asked of."""
        excluded = applies.excluded(rule)
        tolerance = self.engine.settings.tolerances.get(rule.id, rule.tolerance)
        constants = {**self._constants, "$tolerance": str(tolerance)}
        by_place = groupby(map(place_and_key, sorted(answer.keys)), itemgetter(0))
        for place, found in by_place:
            if place not in excluded:
                looked_at = _LookedAt(rule, answer.rule.items, self._indexes[place])
                for _, key in found:
                    yield self._finding(looked_at, place, key, constants)

    def _finding(self, at: _LookedAt, place: int, key: int, constants: Mapping[str, str]) -> Finding:
        rule, row = at.rule, at.row(key)
        values = at.values(row)
        named = at.records.named(row)
        return Finding(
            rule_id=rule.id,
            code=rule.code,
            severity=rule.severity,
            scope=rule.scope,
            ref=self._refs[place],
            table=at.table,
            record=named.record,
            person=named.person,
            values=values,
            message=_filled(rule.message, values, constants),
            fix=_filled(rule.fix, values, constants),
            fingerprint=self._numbered(
                [rule.id, self._lasting[place], *named.natural_keys, *at.given(values)]
            ),
            key=key,
            line=None if row is None else at.rows.lines[row],
            file=_file(at.one, at.rows, row),
            provisional=rule.provisional,
            also=tuple(at.also(row)) if at.has_others else (),
            owners=_owners(at.one, at.table, key, values) if at.one.provenance else {},
        )

    def _numbered(self, parts: list[str]) -> str:
        """The hash of the parts; a second finding with the same parts gets a number of its own."""
        digest = fingerprint(parts)
        seen = self._seen[digest] = self._seen.get(digest, 0) + 1
        return digest if seen == 1 else f"{digest}.{seen}"

    def of_notices(self) -> Iterator[Finding]:
        """What reading and linking noticed, as findings beside those of the rules."""
        for place, one in enumerate(self.returns):
            for notice in one.notices:
                yield self._of_notice(place, notice)

    def _of_notice(self, place: int, notice: Notice) -> Finding:
        one, index = self.returns[place], self._indexes[place]
        table = notice.table or "returns"
        row = None if notice.key is None else index.row(table, notice.key)
        parts = [notice.code, self._lasting[place], notice.item or "", notice.value or "", notice.message]
        return Finding(
            rule_id=notice.code,
            code=notice.code,
            severity=notice.severity,
            scope="return" if row is None else "row",
            ref=self._refs[place],
            table=table,
            record=index.records(table).named(row).record,
            values={notice.item: notice.value} if notice.item else {},
            message=notice.message,
            fix=notice.fix,
            fingerprint=self._numbered(parts),
            key=notice.key,
            line=notice.line,
            file=notice.file or (one.source.name if one.source else ""),
            asks_source=notice.code.startswith("link."),
        )


class _LookedAt:
    """What one rule looks at in one return, found once for all its findings: a table, its records and its items."""

    def __init__(self, rule: Rule, items: Sequence[str], index: Index) -> None:
        self.rule, self.one, self._index = rule, index.one, index
        self.table = "returns" if rule.scope == "return" else rule.table
        self.rows, self.records = index.rows(self.table), index.records(self.table)
        self.has_others = rule.scope == "group" or bool(rule.also)
        shown = items if self.table == rule.table else ()
        self._columns = [(name, self.rows.text[name]) for name in shown if name in self.rows.text]
        self._names = sorted(name for name, _ in self._columns)

    def row(self, key: int) -> int | None:
        """The number of the row with a key."""
        return self._index.row(self.table, key)

    def values(self, row: int | None) -> dict[str, str | None]:
        """What the rule looked at in a row."""
        return {} if row is None else {name: texts[row] for name, texts in self._columns}

    def given(self, values: Mapping[str, str | None]) -> list[str]:
        """The values as a fingerprint takes them."""
        return [f"{name}={values[name]}" for name in self._names] if values else []

    def also(self, row: int | None) -> Iterator[str]:
        """The records to look at beside this one, each with its place."""
        if row is None or self.rule.scope == "return":
            return
        person = self.records.person_row(row)
        for table, other in related(self.rule, self._index, row):
            records = self._index.records(table)
            same = person is not None and records.person_row(other) == person
            called = records.label(other) if same else records.named(other).record
            yield called + _place(records.rows, other)


def _lasting_name(collection: Collection, one: Return) -> str:
    """What a return is called in fingerprints: its number, never a folder, which is another for a corrected set."""
    return one.ref if one.lea or collection.header == "in file" else ""


def _file(one: Return, rows: Rows, row: int | None) -> str:
    """The file a row came from: its own where the return came in several, else that of the return."""
    own = rows.file_of(row) if row is not None else ""
    return own or (one.source.name if one.source else "")


def _place(rows: Rows, row: int) -> str:
    """Where a row stands, in brackets: its line, and its file where the return came in several."""
    line = f"line {rows.lines[row]}" if rows.lines[row] else ""
    where = ", ".join(filter(None, (rows.file_of(row), line)))
    return f" ({where})" if where else ""


def _owners(one: Return, table: str, key: int, values: Mapping[str, str | None]) -> dict[str, str]:
    """For each value that came from a source: which source, and where in its file."""
    found: dict[str, str] = {}
    for item in values:
        came = one.provenance.get((table, key, item))
        if came:
            row = f", row {came.row}" if came.row else ""
            found[item] = f"{came.source}: {came.file}, {came.column}{row}"
    return found


def _filled(sentence: str, values: Mapping[str, str | None], constants: Mapping[str, str]) -> str:
    """A sentence with its values in place; most say what to do without any."""
    if "{" not in sentence and "}" not in sentence:
        return sentence
    return sentence.format_map(_Words(values, constants))


class _Words(dict[str, str]):
    """Values for a message, put into words as it names them, and constants beside them; what neither has is empty."""

    def __init__(self, values: Mapping[str, str | None], constants: Mapping[str, str]) -> None:
        self._values, self._constants = values, constants

    def __missing__(self, name: str) -> str:
        if name in self._values:
            return value_in_words(self._values[name])
        return self._constants.get(name, "(empty)")


def fingerprint(parts: Sequence[str]) -> str:
    """Sixteen hexadecimal digits that are equal wherever the parts are."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
