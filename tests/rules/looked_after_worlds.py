"""The examples of looked-after rules as sets of CSV files, and what reading them back gives.

    example tables ──► a CSV file for each table, of this year and of last ──► read as a set

A child without an identifier of its own is called C and its number.  The lists that are not part of the return
(where postcodes lie, who is registered) are laid beside the rows read, as their own readers would lay them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from muster.catalogue.examples import Universe, universes
from muster.model import Return, Rows, Rule, SourceFile, Table
from muster.read import People, Told, read_file_set, with_previous
from muster.read.file_set import set_tables
from muster.read.previous import INPUT, this_years
from tests.looked_after_files import LOOKED_AFTER

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
UNFIT = {"missing": None, "code": "??", "type": "??", "pattern": "??", "length": "x" * 41}
LISTS = ("postcodes", "providers")


@dataclass(frozen=True)
class Case:
    """One return of an example world: how it was written, and which rows must fail, by their place in the file.

    ``unsaid`` are rows of children whose header contradicts the UASC file, which a set of files cannot say.
    """

    rule: Rule
    year: int
    written: Return
    failing: frozenset[int | str]
    unsaid: frozenset[int | str] = frozenset()

    def place_of(self, read: Return, key: int | None) -> int | str:
        """The place of a row that was read; a child has none and goes by its name."""
        if self.rule.table != "children" or key is None:
            return key or 0
        return str(read.tables["children"].text["child"][key - 1])


def cases(rule: Rule, year: int) -> list[Case]:
    """Every return of the example worlds of a rule or item check."""
    worlds = [_world_of_check(rule, year)] if rule.check else universes(rule, LOOKED_AFTER, year)
    return [_case(rule, world, place) for world in worlds for place in range(len(world.returns))]


def _case(rule: Rule, world: Universe, place: int) -> Case:
    one = world.returns[place]
    called = _names(one) if rule.table == "children" else _places(one, rule.table)
    failing = {called[key] for (at, key), fails in world.expected.items() if fails and at == place}
    unsaid = _unsaid(one, rule.table, called)
    return Case(rule, one.year, _numbered_by_place(one), frozenset(failing - unsaid), unsaid)


def _unsaid(one: Return, table: str, called: Mapping[int | None, int | str]) -> frozenset[int | str]:
    """The rows of children who are in a UASC file although the header says they are not unaccompanied."""
    contrary = {
        key
        for header, uasc in (("header", "uasc"), ("header_last", "uasc_last"))
        for key, flag in zip(
            one.tables[header].keys["child_id"], one.tables[header].text["uasc"], strict=True
        )
        if flag not in (None, "1") and key in one.tables[uasc].keys["child_id"]
    }
    rows = one.tables[table].keys
    own = rows[LOOKED_AFTER.tables[table].key]
    return frozenset(called[k] for k, child in zip(own, rows["child_id"], strict=True) if child in contrary)


def _names(one: Return) -> dict[int | None, str]:
    """What each child is called: its identifier, or C and its number."""
    rows = one.tables["children"]
    given = dict(zip(rows.keys["child_id"], rows.text["child"], strict=True))
    met = {key for table in one.tables.values() for key in table.keys.get("child_id", [])}
    return {key: given.get(key) or f"C{key}" for key in met}


def _places(one: Return, table: str) -> dict[int | None, int]:
    """The place of each row of a table in its file, from 1."""
    own = LOOKED_AFTER.tables[table].key
    return {key: n for n, key in enumerate(one.tables[table].keys[own], 1)}


def _numbered_by_place(one: Return) -> Return:
    """The return with every record numbered by its place in its file, as reading numbers it."""
    for table in LOOKED_AFTER.tables.values():
        if table.name in ("returns", "children"):
            continue
        places = _places(one, table.name)
        for rows in one.tables.values():
            if table.key in rows.keys:
                rows.keys[table.key] = [places.get(key) for key in rows.keys[table.key]]
    return one


def _world_of_check(rule: Rule, year: int) -> Universe:
    """One record that holds what the check is against."""
    assert rule.item and rule.check
    tables = {name: Rows.empty(LOOKED_AFTER, name) for name in LOOKED_AFTER.tables}
    one = Return(LOOKED_AFTER.name, year, tables)
    one.tables["returns"].append({"return_id": 1}, {"lea": "999", "year": str(year)})
    keys = dict.fromkeys(LOOKED_AFTER.key_columns(rule.table), 1)
    one.tables[rule.table].append(keys, {rule.item: UNFIT[rule.check]})
    return Universe([one], {(0, 1): True})


def arrived(case: Case, folder: Path) -> Return:
    """The return of a case, written as two sets of files and read back."""
    told = Told(case.year, case.written.header.get("lea") or "")
    people = People(LOOKED_AFTER)
    now, last = write(case.written, folder / "now"), write(case.written, folder / "last", last=True)
    one = read_file_set(LOOKED_AFTER, now, told, people=people)
    with_previous(LOOKED_AFTER, one, read_file_set(LOOKED_AFTER, last, told, people=people))
    for table in LOOKED_AFTER.tables.values():
        if table.input in LISTS:
            _lay_beside(case, table, one)
    return one


def write(one: Return, folder: Path, *, last: bool = False) -> list[SourceFile]:
    """One CSV file for each table of this year or of last year."""
    folder.mkdir(parents=True, exist_ok=True)
    of_last_year = [table for table in LOOKED_AFTER.tables.values() if table.input == INPUT]
    tables = of_last_year if last else set_tables(LOOKED_AFTER, one.year)
    return [_write_table(one, table, folder) for table in tables]


def _write_table(one: Return, table: Table, folder: Path) -> SourceFile:
    rows, shape, names = one.tables[table.name], _shape(table), _names(one)
    items = [name for name, item in shape.items.items() if name != "child" and not item.xml_only]
    path = folder / f"{shape.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([name.upper() for name in ("child", *items)])
        for n, key in enumerate(rows.keys["child_id"]):
            writer.writerow([names[key], *(_day_first(rows.text[name][n]) for name in items)])
        if shape.name == "uasc":
            flagged = _flagged(one, table.name.replace("uasc", "header"))
            writer.writerows([[names[key]] for key in flagged if key not in rows.keys["child_id"]])
    return SourceFile(path, path.name, "", path.stat().st_size)


def _flagged(one: Return, header: str) -> list[int | None]:
    """The children whom an XML header calls unaccompanied: in files, those are in the UASC file."""
    rows = one.tables[header]
    return [key for key, flag in zip(rows.keys["child_id"], rows.text["uasc"], strict=True) if flag == "1"]


def _shape(table: Table) -> Table:
    return this_years(LOOKED_AFTER, table) if table.input == INPUT else table


def _day_first(text: str | None) -> str:
    found = ISO.fullmatch(text or "")
    return "/".join(reversed(found.groups())) if found else text or ""


def _lay_beside(case: Case, table: Table, one: Return) -> None:
    """The rows of a list, tied to the children that were read by what they are called."""
    rows, names = case.written.tables[table.name], _names(case.written)
    read = {name: key for key, name in enumerate(one.tables["children"].text["child"], 1)}
    keys = {
        name: [read.get(names[key]) for key in column] if name == "child_id" else list(column)
        for name, column in rows.keys.items()
    }
    one.tables[table.name] = Rows(table.name, keys, rows.text, rows.lines)
    del one.absent[table.name]


def rules_with_years() -> list[tuple[Rule, int]]:
    """Every rule and item check with the last year it is asked in."""
    return [
        (rule, years[-1]) for rule in LOOKED_AFTER.rules if (years := rule.years.among(LOOKED_AFTER.years))
    ]
