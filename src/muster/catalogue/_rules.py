"""Read ``rules/*.toml`` and ``derived.toml``: versions of rules, each with the years it is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from muster.catalogue._source import SourceText, nearest
from muster.model import CatalogueError, Derived, Rule, Table, Years

_RULE_KEYS = {
    "years", "message", "fix", "severity", "table", "scope", "group_by", "fails_when", "also",
    "tolerance", "provisional", "note", "source", "corrects", "examples", "withdrawn",
}  # fmt: skip
_DERIVED_KEYS = {"title", "columns", "sql", "years", "provisional", "note", "withdrawn"}
_YEAR = re.compile(r"^\d{4}$")


def read_rules(folder: Path, root: Path, tables: Mapping[str, Table], years: tuple[int, ...]) -> list[Rule]:
    """Read every version of every rule, in the order of the files.  Raises CatalogueError."""
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.toml")):
        source = SourceText.read(path, root)
        for name, data in source.data.items():
            rules += _versions(source, name, data, tables, years)
    _refuse_twice(rules)
    return rules


def read_derived(source: SourceText, years: tuple[int, ...]) -> list[Derived]:
    """Read every version of every derived table.  Raises CatalogueError."""
    found = []
    for name, data in source.data.items():
        for in_force, version in _in_force(source, name, data, years, _DERIVED_KEYS):
            found.append(_derived(source, name, version, in_force))
    return found


def _derived(source: SourceText, name: str, data: dict[str, Any], years: Years) -> Derived:
    for needed in ("columns", "sql"):
        if needed not in data:
            raise source.fault(f"derived table '{name}' needs '{needed}'", name)
    return Derived(
        name, data.get("title", name), tuple(data["columns"]), data["sql"].strip(), years,
        data.get("provisional", False), data.get("note", ""),
    )  # fmt: skip


def _versions(
    source: SourceText, name: str, data: Any, tables: Mapping[str, Table], years: tuple[int, ...]
) -> Iterator[Rule]:
    if not isinstance(data, dict):
        raise source.fault(f"'{name}' stands outside a rule", key=name)
    for in_force, version in _in_force(source, name, data, years, _RULE_KEYS):
        yield _rule(source, name, version, in_force, tables)


def _in_force(
    source: SourceText, name: str, data: dict[str, Any], years: tuple[int, ...], known: set[str]
) -> Iterator[tuple[Years, dict[str, Any]]]:
    """Each version with its years: the base up to the first amendment, then each up to the next."""
    amendments = {int(key): value for key, value in data.items() if _YEAR.match(key)}
    version = {key: value for key, value in data.items() if not _YEAR.match(key)}
    source.check_keys(version, known, name)
    allowed = source.years(version, name).among(years)
    starts = [years[0], *sorted(amendments), years[-1] + 1]
    for start, end in zip(starts, starts[1:], strict=False):
        change = amendments.get(start, {})
        source.check_keys(change, known, name, str(start))
        version = {**version, **change}
        if "years" in change:
            allowed = source.years(change, name, str(start)).among(years)
        in_force = tuple(year for year in allowed if start <= year < end)
        if in_force and not version.get("withdrawn"):
            yield _as_years(in_force, years), version


def _as_years(in_force: tuple[int, ...], years: tuple[int, ...]) -> Years:
    ranges: list[tuple[int | None, int | None]] = []
    for year in in_force:
        if ranges and ranges[-1][1] == year - 1:
            ranges[-1] = (ranges[-1][0], year)
        else:
            ranges.append((year, year))
    if ranges[-1][1] == years[-1]:
        ranges[-1] = (ranges[-1][0], None)
    return Years(tuple(ranges))


def _rule(
    source: SourceText, name: str, data: dict[str, Any], years: Years, tables: Mapping[str, Table]
) -> Rule:
    for needed in ("message", "table", "fails_when"):
        if needed not in data:
            raise source.fault(f"rule '{name}' needs '{needed}'", name)
    if data["table"] not in tables:
        hint = nearest(data["table"], tables)
        raise source.fault(f"rule '{name}' is about table '{data['table']}', which is not known{hint}", name)
    code = name.split("~")[0]
    plain = {key: data[key] for key in ("fix", "also", "tolerance", "provisional", "source", "note", "corrects", "scope") if key in data}
    return Rule(
        id=name,
        code=code,
        message=data["message"],
        table=data["table"],
        fails_when=data["fails_when"].strip(),
        years=years,
        severity=data.get("severity", "query" if code.endswith("Q") else "error"),
        group_by=tuple(data.get("group_by", ())),
        examples=_examples(source, name, data),
        where=f"{source.name}:{source.line_of(name)}",
        **plain,
    )


def _examples(source: SourceText, name: str, data: dict[str, Any]) -> tuple[dict[str, str], ...]:
    """Each universe as table name to pipe table; one table stands for the rule's own."""
    written = data.get("examples", [])
    universes = written if isinstance(written, list) else [written]
    found = [{data["table"]: one} if isinstance(one, str) else dict(one) for one in universes]
    for universe in found:
        # Named universes: [CODE.examples.some_name] with a table of tables below.
        if any(isinstance(value, dict) for value in universe.values()):
            return tuple(dict(value) for value in universe.values())
        if not all(isinstance(value, str) for value in universe.values()):
            raise source.fault(f"the examples of rule '{name}' are not tables of text", name, key="examples")
    return tuple(found)


def _refuse_twice(rules: list[Rule]) -> None:
    seen: dict[tuple[str, Years], Rule] = {}
    for rule in rules:
        other = seen.setdefault((rule.id, rule.years), rule)
        if other is not rule:
            raise CatalogueError(f"{rule.where}: rule '{rule.id}' stands already at {other.where}")

