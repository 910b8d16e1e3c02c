"""Read ``rules/*.toml`` and ``derived.toml``: versions of rules, each with the years it is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, get_args

from muster.catalogue._source import Kinds, SourceText, nearest
from muster.model import CatalogueError, Derived, Rule, Scope, Severity, Table, Years

_RULE_KEYS: Kinds = {
    "years": (str, int), "message": str, "fix": str, "severity": str, "table": str, "scope": str,
    "group_by": list, "fails_when": str, "also": (str, list), "also_by": str, "tolerance": (int, float),
    "provisional": bool, "note": str, "source": str, "corrects": str, "examples": (str, list, dict), "withdrawn": bool,
    "stage": int, "may_lack": list, "terms": str, "phases": str,
}  # fmt: skip
_DERIVED_KEYS: Kinds = {
    "title": str, "columns": list, "sql": str, "years": (str, int), "provisional": bool, "note": str,
    "says": str, "withdrawn": bool, "key": str,
}  # fmt: skip
_AS_WRITTEN = ("fix", "also_by", "tolerance", "provisional", "source", "note", "corrects", "scope", "stage")
_YEAR = re.compile(r"^\d{4}$")


class Version(NamedTuple):
    """What one version says, the years it is in force and the heading it stands under."""

    source: SourceText
    path: tuple[str, ...]
    years: Years
    data: dict[str, Any]

    @property
    def where(self) -> str:
        """The file and line of the heading."""
        return f"{self.source.name}:{self.source.line_of(*self.path)}"

    def fault(self, message: str, *, key: str = "") -> CatalogueError:
        """At the key of this version, or where an earlier version has it."""
        heading = self.source.line_of(*self.path)
        stands_here = self.source.line_of(*self.path, key=key) != heading
        return self.source.fault(message, *(self.path if stands_here or not key else self.path[:1]), key=key)

    def needs(self, kind: str, *keys: str) -> None:
        """Refuse a version without these keys."""
        for key in keys:
            if key not in self.data:
                raise self.fault(f"{kind} '{self.path[0]}' needs '{key}'")


def read_rules(folder: Path, root: Path, tables: Mapping[str, Table], years: tuple[int, ...]) -> list[Rule]:
    """Read every version of every rule, in the order of the files.  Raises CatalogueError."""
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.toml")):
        source = SourceText.read(path, root)
        for name, data in source.data.items():
            versions = versions_in_force(source, name, data, years, _RULE_KEYS)
            rules += [_rule(version, name, tables) for version in versions]
    _refuse_twice(rules)
    return rules


def read_derived(source: SourceText, years: tuple[int, ...]) -> list[Derived]:
    """Read every version of every derived table.  Raises CatalogueError."""
    return [
        _derived(version, name)
        for name, data in source.data.items()
        for version in versions_in_force(source, name, data, years, _DERIVED_KEYS)
    ]


def _derived(version: Version, name: str) -> Derived:
    version.needs("derived table", "columns", "sql")
    data = version.data
    return Derived(
        name=name,
        title=data.get("title", name),
        columns=tuple(data["columns"]),
        sql=data["sql"].strip(),
        key=data.get("key", ""),
        years=version.years,
        provisional=data.get("provisional", False),
        note=data.get("note", ""),
        says=data.get("says", ""),
        where=version.where,
    )


def versions_in_force(
    source: SourceText, name: str, data: Any, years: tuple[int, ...], known: Kinds
) -> Iterator[Version]:
    """Each version with its years: the base up to the first amendment, then each up to the next."""
    if not isinstance(data, dict):
        raise source.fault(f"'{name}' stands outside a rule", key=name)
    amendments = {int(key): value for key, value in data.items() if _YEAR.match(key)}
    version = {key: value for key, value in data.items() if not _YEAR.match(key)}
    source.check_keys(version, known, name)
    _check_amendments(source, name, amendments, years)
    allowed = _allowed(source, version, years, name)
    for start, end in pairwise([years[0], *sorted(amendments), years[-1] + 1]):
        path = (name, str(start)) if start in amendments else (name,)
        change = amendments.get(start, {})
        source.check_keys(change, known, *path)
        version = {**version, **change}
        if "years" in change:
            allowed = _allowed(source, change, years, *path)
        in_force = tuple(year for year in allowed if start <= year < end)
        if in_force and not version.get("withdrawn"):
            yield Version(source, path, _as_years(in_force, years), version)


def _check_amendments(
    source: SourceText, name: str, amendments: Mapping[int, Any], years: tuple[int, ...]
) -> None:
    for year in amendments:
        if year not in years:
            raise source.fault(
                f"'{name}' is amended in {year}; the collection is known for {years[0]} to {years[-1]}",
                name, str(year),
            )  # fmt: skip


def _allowed(source: SourceText, data: dict[str, Any], years: tuple[int, ...], *path: str) -> tuple[int, ...]:
    allowed = source.years(data, *path).among(years)
    if not allowed:
        raise source.fault(
            f"'{path[0]}' would be in force in no year of the collection ({years[0]} to {years[-1]})",
            *path, key="years",
        )  # fmt: skip
    return allowed


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


def _rule(version: Version, name: str, tables: Mapping[str, Table]) -> Rule:
    version.needs("rule", "message", "table", "fails_when")
    data, code = version.data, name.split("~")[0]
    if data["table"] not in tables:
        hint = nearest(data["table"], tables)
        raise version.fault(
            f"rule '{name}' is about table '{data['table']}', which is not known{hint}", key="table"
        )
    version.source.check_among(data, "severity", get_args(Severity), *version.path)
    version.source.check_among(data, "scope", get_args(Scope), *version.path)
    return Rule(
        id=name,
        code=code,
        message=data["message"],
        table=data["table"],
        fails_when=data["fails_when"].strip(),
        years=version.years,
        severity=data.get("severity", "query" if code.endswith("Q") else "error"),
        group_by=tuple(data.get("group_by", ())),
        also=_names(data.get("also", ())),
        may_lack=tuple(data.get("may_lack", ())),
        terms=version.source.terms(data, *version.path),
        phases=tuple(data.get("phases", "").split()),
        examples=_examples(version, name),
        where=version.where,
        **{key: data[key] for key in _AS_WRITTEN if key in data},
    )


def _names(one_or_more: str | list[str]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else tuple(one_or_more)


def _examples(version: Version, name: str) -> tuple[dict[str, str], ...]:
    """Each universe as table name to pipe table; one table stands for the rule's own."""
    written = version.data.get("examples", [])
    universes = written if isinstance(written, list) else [written]
    own = version.data["table"]
    found = [{own: one} if isinstance(one, str) else one for one in universes]
    if len(found) == 1 and any(isinstance(value, dict) for value in found[0].values()):
        # Named universes: [CODE.examples.some_name] with a table of tables below.
        found = list(found[0].values())
    for universe in found:
        if not isinstance(universe, dict) or not all(isinstance(text, str) for text in universe.values()):
            raise version.fault(f"the examples of rule '{name}' are not tables of text", key="examples")
    return tuple(dict(universe) for universe in found)


def _refuse_twice(rules: list[Rule]) -> None:
    """One file may hold versions of a rule; the same rule in two files cannot both be in force."""
    seen: dict[str, list[Rule]] = {}
    for rule in rules:
        for other in seen.setdefault(rule.id, []):
            if other.years.overlaps(rule.years):
                raise CatalogueError(f"{rule.where}: rule '{rule.id}' stands already at {other.where}")
        seen[rule.id].append(rule)
