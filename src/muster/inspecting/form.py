"""What is asked of each record in a year, as a form shows it: titles, numbers, permitted codes, what may be edited."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from muster.catalogue.find import element_paths
from muster.model import Collection, Item, Table
from muster.model.words import value_in_words

# These say which return a file is; a file of another return is another file, not an edit.
_NAMES_THE_RETURN = frozenset({"collection", "term", "year", "source_level", "lea", "estab"})
_YES_OR_NO = (("true", "yes"), ("false", "no"))


@dataclass(frozen=True)
class Asked:
    """One item as it is asked in a year.

    ``element`` is its name in the official file and ``number`` its official number, '' where there is none.
    ``codes`` are the permitted values with their meanings; where ``also`` is a pattern, values of that form are
    permitted beside them.  ``editable`` is False for what names the return or the person, or is not asked any more.
    """

    table: str
    name: str
    title: str
    element: str
    number: str
    type: str
    length: int | None
    codes: tuple[tuple[str, str], ...]
    also: str
    editable: bool
    provisional: bool

    @cached_property
    def _titles(self) -> dict[str, str]:
        return dict(self.codes)

    def shown(self, value: str | None) -> str:
        """A value for people: a code with its meaning, a date in words, nothing for none."""
        if value is None:
            return ""
        if self.type == "boolean":
            return self._titles.get(value.lower(), value)
        return f"{value}: {self._titles[value]}" if value in self._titles else value_in_words(value)


class Form:
    """The items of every table of a collection in one year."""

    def __init__(self, collection: Collection, year: int) -> None:
        self.collection, self.year = collection, year
        self._asked: dict[str, dict[str, Asked]] = {}

    def items(self, table: str) -> dict[str, Asked]:
        """Every item a table can hold, by name, in official order; those of other years are not editable."""
        if table not in self._asked:
            about = self.collection.tables[table]
            self._asked[table] = {item.name: self._item(about, item) for item in about.items.values()}
        return self._asked[table]

    def is_asked(self, table: str, item: str) -> bool:
        """Whether an item is collected in the year."""
        return self.year in self.collection.tables[table].items[item].years

    @cached_property
    def top(self) -> str:
        """The table of the return itself."""
        return next(name for name, table in self.collection.tables.items() if table.parent is None)

    @cached_property
    def _elements(self) -> dict[tuple[str, str], str]:
        return element_paths(self.collection, self.year)

    def _item(self, table: Table, item: Item) -> Asked:
        code_set = self.collection.code_sets.get(item.codes or "")
        codes = tuple((c.code, c.title) for c in code_set.in_force(self.year).values()) if code_set else ()
        return Asked(
            table=table.name,
            name=item.name,
            title=item.title,
            element=self._elements.get((table.name, item.name), ""),
            number=item.number or "",
            type=item.type,
            length=item.length,
            codes=_YES_OR_NO if item.type == "boolean" and not codes else codes,
            also=(code_set.pattern if code_set else item.pattern) or "",
            editable=self._is_editable(table, item),
            provisional=item.provisional,
        )

    def _is_editable(self, table: Table, item: Item) -> bool:
        if table.input or self.year not in item.years or self.year not in table.years:
            return False
        if table.name == self.top:
            return item.name not in _NAMES_THE_RETURN
        return not self._names_the_person(item)

    def _names_the_person(self, item: Item) -> bool:
        """Whether rows of several tables are put under their person by this item, as in a set of tables."""
        if self.collection.header == "in file":
            return False
        return item.name in self.collection.tables[self.collection.person].natural_key
