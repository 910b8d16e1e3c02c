"""Put together the dictionary of a collection from its catalogue, its message and its mappings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from muster.catalogue import CATALOGUE, catalogue_folders, load_collection
from muster.catalogue.effective import in_code_order
from muster.catalogue.uses import Uses, load_uses
from muster.dictionary.entries import CodeSetEntry, ItemEntry, Place, RuleEntry
from muster.model import Collection, Element, Item, Rule, Table
from muster.read.mappings import load_mappings


@dataclass(frozen=True)
class Dictionary:
    """The entries of one collection, each kind by name, in official order."""

    collection: Collection
    items: Mapping[str, ItemEntry]
    rules: Mapping[str, RuleEntry]
    code_sets: Mapping[str, CodeSetEntry]

    @property
    def name(self) -> str:
        """The name of the collection."""
        return self.collection.name

    def items_of(self, table: str) -> list[ItemEntry]:
        """The items of one table, in official order."""
        return [one for one in self.items.values() if one.table == table]


def dictionaries() -> list[Dictionary]:
    """The dictionary of every collection."""
    return [dictionary_of(name) for name in catalogue_folders()]


@cache
def dictionary_of(name: str) -> Dictionary:
    """The dictionary of one collection.  Raises CatalogueError where there is no such collection."""
    collection = load_collection(name)
    maker = _Maker(collection, load_uses(collection, CATALOGUE))
    items = {one.name: one for one in maker.items()}
    rules = {one.id: one for one in maker.rules()}
    return Dictionary(collection, items, rules, {one.name: one for one in maker.code_sets()})


class _Maker:
    """Makes the entries of one collection."""

    def __init__(self, collection: Collection, uses: Uses):
        self._collection, self._uses = collection, uses
        self._places = places_of(collection)
        self._columns = _columns_of(collection)
        self._asking = {kind: _turned(found) for kind, found in vars(uses).items()}
        self._made_of = {name: _made_of(name, uses.derived) for name in uses.derived}

    def items(self) -> Iterator[ItemEntry]:
        for table in self._collection.tables.values():
            for item in table.items.values():
                yield self._item(table, item)

    def _item(self, table: Table, item: Item) -> ItemEntry:
        name = f"{table.name}.{item.name}"
        rules = self._in_order(self._asking["rules"][name])
        return ItemEntry(
            collection=self._collection.name, table=table.name, table_title=table.title, item=item,
            years=years_in_words(year for year in self._collection.years if year in table.years and year in item.years),
            places=tuple(self._places[name]), rules=rules, derived=tuple(self._asking["derived"][name]),
            through=self._in_order(set(self._through(name)) - set(rules)),
            indicators=tuple(self._indicators(name)), columns=tuple(self._columns[name]),
        )  # fmt: skip

    def _through(self, item: str) -> Iterator[str]:
        """The rules that ask a derived table that is made of the item."""
        for rule, columns in self._uses.rules.items():
            asked = {column.partition(".")[0] for column in columns}
            if any(item in self._made_of[table] for table in asked & set(self._made_of)):
                yield rule

    def _indicators(self, item: str) -> Iterator[str]:
        for name, columns in self._uses.indicators.items():
            asked = {column.partition(".")[0] for column in columns}
            made_of = (item in self._made_of[table] for table in asked & set(self._made_of))
            if item in columns or any(made_of):
                yield name

    def _in_order(self, ids: Iterable[str]) -> tuple[str, ...]:
        wanted = set(ids)
        found = in_code_order(rule for rule in self._collection.rules if rule.id in wanted)
        return tuple(dict.fromkeys(rule.id for rule in found))

    def rules(self) -> Iterator[RuleEntry]:
        versions: dict[str, list[Rule]] = defaultdict(list)
        for rule in in_code_order(self._collection.rules):
            versions[rule.id].append(rule)
        for rule_id, found in versions.items():
            yield self._rule(rule_id, sorted(found, key=lambda rule: rule.years.ranges[0][0] or 0))

    def _rule(self, rule_id: str, versions: list[Rule]) -> RuleEntry:
        asked = self._uses.rules.get(rule_id, ())
        tables = self._collection.tables
        return RuleEntry(
            collection=self._collection.name, id=rule_id, versions=tuple(versions),
            years=years_in_words(y for y in self._collection.years if any(y in one.years for one in versions)),
            items=tuple(one for one in asked if one.partition(".")[0] in tables),
            derived=tuple(dict.fromkeys(one.partition(".")[0] for one in asked if one.partition(".")[0] not in tables)),
        )  # fmt: skip

    def code_sets(self) -> Iterator[CodeSetEntry]:
        for code_set in self._collection.code_sets.values():
            items = tuple(
                f"{table.name}.{item.name}"
                for table in self._collection.tables.values()
                for item in table.items.values()
                if item.codes == code_set.name
            )
            asking = {rule.id for rule in self._collection.rules if f"'{code_set.name}'" in rule.fails_when}
            yield CodeSetEntry(self._collection.name, code_set, items, self._in_order(asking))


def places_of(collection: Collection) -> Mapping[str, list[Place]]:
    """Where each item stands in the official file, by ``table.item``, with the years of each place."""
    found: dict[str, list[Place]] = defaultdict(list)
    _walk(collection, collection.message, ((), ""), set(collection.years), found)
    return found


def _walk(
    collection: Collection, element: Element, above: tuple[tuple[str, ...], str], years: set[int],
    found: dict[str, list[Place]],
) -> None:  # fmt: skip
    """Note the items of an element and of those within it; ``above`` is the path so far and the table it lies in."""
    path, table = (*above[0], element.name), element.table or above[1]
    here = {year for year in years if year in element.years}
    for named in element.items:
        name = named if "." in named else f"{table}.{named}"
        item = collection.tables[name.partition(".")[0]].items[name.rpartition(".")[2]]
        of_item = years_in_words(year for year in sorted(here) if year in item.years)
        if of_item:
            found[name].append(Place("/".join(path), of_item))
    for child in element.children:
        _walk(collection, child, (path, table), here, found)


def years_in_words(years: Iterable[int]) -> str:
    """Years as ranges: ``2010-2013, 2016``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _turned(found: Mapping[str, tuple[str, ...]]) -> Mapping[str, list[str]]:
    """By column, what asks it."""
    turned: dict[str, list[str]] = defaultdict(list)
    for asker, columns in found.items():
        for column in columns:
            turned[column].append(asker)
    return turned


def _made_of(name: str, derived: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Every column a derived table is made of, through the derived tables it reads itself."""
    found: set[str] = set()
    pending, seen = [name], set[str]()
    while pending:
        table = pending.pop()
        seen.add(table)
        found.update(derived[table])
        read = {column.partition(".")[0] for column in derived[table]}
        pending += [one for one in read if one in derived and one not in seen]
    return frozenset(found)


def _columns_of(collection: Collection) -> Mapping[str, list[str]]:
    """By item, the headings of suppliers' files that fill it."""
    found: dict[str, list[str]] = defaultdict(list)
    for mapping in load_mappings(collection).values():
        for layout in mapping.layouts:
            for column in layout.columns:
                heading = f"{mapping.title}: {column.heading}"
                if heading not in found[f"{column.table}.{column.item.name}"]:
                    found[f"{column.table}.{column.item.name}"].append(heading)
    return found
