"""Say a value of a predicate in words: an item by its title, a constant, a count, a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlglot import exp

from muster.model import Collection, Item, Rule
from muster.model.words import date_in_words, within_sentence

_FEW = 5
_WORDS_IN_A_NAME = 6
_DATES = {"add_days", "add_months", "add_years", "add_working_days"}


@dataclass(frozen=True)
class Scope:
    """Whose rows the aliases of a predicate stand for; ``here`` is the alias that needs no mention."""

    tables: Mapping[str, str]
    here: str = "this"
    owners: Mapping[str, str] = field(default_factory=dict)

    def within(self, tables: Mapping[str, str], here: str, owner: str = "") -> Scope:
        """The scope of a subquery; where its one row is known by ``owner``, columns say so."""
        owners = {**self.owners, here: owner} if owner else self.owners
        return Scope({**self.tables, **tables}, "" if owner else here, owners)

    def alias_of(self, column: exp.Column) -> str:
        """The alias a column belongs to."""
        return column.table or self.here


class Phrases:
    """Values in words for one rule."""

    def __init__(self, collection: Collection, rule: Rule):
        self.collection, self.rule = collection, rule

    def value(self, node: exp.Expr, scope: Scope) -> str:
        """A value: item, number, text, date, constant, sum, function or count."""
        if isinstance(node, exp.Column):
            return self._column(node, scope)
        if isinstance(node, exp.Paren):
            return self.value(node.this, scope)
        if isinstance(node, exp.Cast):
            return date_in_words(date.fromisoformat(node.this.name))
        if isinstance(node, exp.Literal):
            return f"'{node.name}'" if node.is_string else node.name
        if isinstance(node, (exp.Boolean, exp.Null)):
            return {"TRUE": "yes", "FALSE": "no", "NULL": "empty"}[node.sql().upper()]
        if isinstance(node, exp.Neg):
            return f"-{self.value(node.this, scope)}"
        named = _WORDS.get(type(node).__name__)
        return named(self, node, scope) if named else self._function(node, scope)

    def item(self, node: exp.Expr, scope: Scope) -> Item | None:
        """The item a column stands for, if it is one."""
        if not isinstance(node, exp.Column):
            return None
        name, table = node.name, scope.tables.get(scope.alias_of(node), "")
        about = self.collection.tables.get(table)
        items = about.items if about else self._items_of_derived(name, table)
        return items.get(name) or items.get(name.removesuffix("_text"))

    def _items_of_derived(self, name: str, table: str) -> Mapping[str, Item]:
        """A derived table keeps the names of the items it was made from, and the keys of their records."""
        columns = next((d.columns for d in self.collection.derived if d.name == table), ())
        of = (t.items for t in self.collection.tables.values() if t.key in columns and name in t.items)
        return next(of, {})

    def record_of(self, table: str) -> str:
        """What a row of a table is called; a row of a derived table, by the record it speaks of."""
        about = self.collection.tables.get(table)
        if about:
            uncounted = about.parent and about.record == about.title.lower()
            return f"entry of {about.record}" if uncounted else about.record
        return self.record_with(self.key_of(table))

    def key_of(self, table: str) -> str:
        """The column that tells the rows of a table apart: in a derived table the last of its keys."""
        if table in self.collection.tables:
            return self.collection.tables[table].key
        columns = next((d.columns for d in self.collection.derived if d.name == table), ())
        return next((name for name in reversed(columns) if name.endswith("_id")), "")

    def record_with(self, key: str) -> str:
        """What the record with this key is called."""
        return next((t.record for t in self.collection.tables.values() if t.key == key), "record")

    def codes(self, values: list[exp.Expr], item: Item | None, scope: Scope) -> str:
        """Codes joined with 'or', each with its title while there are few."""
        titles = self._titles(item) if len(values) <= _FEW else {}
        words = [
            f"{v.name} ({titles[v.name]})" if v.name in titles else self.value(v, scope).strip("'")
            for v in values
        ]
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"

    def _titles(self, item: Item | None) -> dict[str, str]:
        codes = self.collection.code_sets[item.codes].codes if item and item.codes else ()
        return {code.code: code.title for code in reversed(codes)}

    def is_date(self, node: exp.Expr, scope: Scope) -> bool:
        """Whether a value is a date, which is before or after rather than less or more."""
        if isinstance(node, exp.Anonymous):
            return self._constant_is_date(node) or node.name.lower() in _DATES
        item = self.item(node, scope)
        return isinstance(node, exp.Cast) or (item is not None and item.type == "date")

    def _constant_is_date(self, node: exp.Anonymous) -> bool:
        if node.name.lower() != "constant_of":
            return False
        name = node.expressions[0].name
        return any(isinstance(f.constants.get(name), date) for f in self.collection.facts.values())

    def title(self, node: exp.Column, scope: Scope) -> str:
        """What a column is called, without whose it is."""
        item = self.item(node, scope)
        if item:
            long = item.type == "boolean" or len(item.title.split()) > _WORDS_IN_A_NAME
            return f"'{item.title}'" if long else f"the {within_sentence(item.title)}"
        if node.name.endswith("_id"):
            return f"the {self.record_with(node.name)}"
        return f"the {node.name.replace('_', ' ').replace('fte', 'full-time equivalent')}"

    def _column(self, node: exp.Column, scope: Scope) -> str:
        alias = scope.alias_of(node)
        title = self.title(node, scope)
        if alias == scope.here:
            return title
        return f"{title} of {self.owner(alias, scope)}"

    def owner(self, alias: str, scope: Scope) -> str:
        """Whose a column is, where it is not of the row being spoken of."""
        record = self.record_of(scope.tables.get(alias, ""))
        return scope.owners.get(alias) or f"{'this' if alias == 'this' else 'the'} {record}"

    def _function(self, node: exp.Expr, scope: Scope) -> str:
        if not isinstance(node, exp.Anonymous):
            return node.sql(dialect="duckdb")
        values = node.expressions
        if node.name.lower() == "constant_of":
            return self._constant(values[0].name)
        words = _FUNCTIONS.get(node.name.lower())
        said = [self.value(v, scope) for v in values]
        return words(*said) if words else f"{node.name.lower()}({', '.join(said)})"

    def _constant(self, name: str) -> str:
        if name == "tolerance":
            return f"{self.rule.tolerance:g}" if self.rule.tolerance is not None else "the tolerance"
        title = self.collection.constant_titles.get(name, name.replace("_", " "))
        return title if title.startswith(("the ", "census day")) else f"the {title}"

    def aggregate(self, node: exp.Expr, scope: Scope) -> str:
        """A count, sum or the like, without what it is taken over."""
        inner = node.this
        if isinstance(node, exp.Count):
            if isinstance(inner, exp.Distinct):
                column = inner.expressions[0]
                return f"the number of different values of {self.value(column, scope)}"
            given = "" if isinstance(inner, exp.Star) else f" with {self.value(inner, scope)}"
            return f"the number of rows{given}"
        names = {
            "Sum": "the sum of",
            "Avg": "the average of",
            "Min": "the lowest of",
            "Max": "the highest of",
        }
        return f"{names[type(node).__name__]} {self.value(inner, scope)}"


def _pair(word: str) -> Callable[[Phrases, exp.Expr, Scope], str]:
    def words(p: Phrases, node: exp.Expr, scope: Scope) -> str:
        return f"{p.value(node.this, scope)} {word} {p.value(node.expression, scope)}"

    return words


def _around(before: str, after: str = "") -> Callable[[Phrases, exp.Expr, Scope], str]:
    return lambda p, node, scope: f"{before}{p.value(node.this, scope)}{after}"


def _coalesce(p: Phrases, node: exp.Expr, scope: Scope) -> str:
    return f"{p.value(node.this, scope)} (or {p.value(node.expressions[0], scope)} where it is empty)"


def _part_of(p: Phrases, node: exp.Expr, scope: Scope) -> str:
    start, length = node.args.get("start"), node.args.get("length")
    said = p.value(node.this, scope)
    if start and start.name == "1" and length:
        return f"the first {length.name} characters of {said}"
    return f"{length.name if length else 'the'} characters of {said} from place {start.name if start else 1}"


def _aggregate(p: Phrases, node: exp.Expr, scope: Scope) -> str:
    return p.aggregate(node, scope)


_WORDS: Mapping[str, Callable[[Phrases, exp.Expr, Scope], str]] = {
    "Add": _pair("plus"), "Sub": _pair("less"), "Mul": _pair("times"), "Coalesce": _coalesce,
    "Upper": _around("", " in capitals"), "Lower": _around("", " in small letters"), "Trim": _around(""),
    "Length": _around("the length of "), "Round": _around("the whole number nearest to "),
    "Abs": _around("the size of "), "Substring": _part_of, "Count": _aggregate, "Sum": _aggregate,
    "Avg": _aggregate, "Min": _aggregate, "Max": _aggregate,
}  # fmt: skip


def _shifted(unit: str) -> Callable[[str, str], str]:
    def words(day: str, count: str) -> str:
        number = count.removeprefix("-")
        return (
            f"{number} {unit}{'' if number == '1' else 's'} {'before' if count != number else 'after'} {day}"
        )

    return words


_FUNCTIONS: Mapping[str, Callable[..., str]] = {
    "full_years": lambda a, b: f"the number of complete years from {a} to {b}",
    "full_months": lambda a, b: f"the number of complete months from {a} to {b}",
    "age_on": lambda born, day: f"the age on {day}" if "birth" in born else f"the age on {day} by {born}",
    "days_between": lambda a, b: f"the number of days from {a} to {b}",
    "weekdays_between": lambda a, b: f"the number of Mondays to Fridays from {a} to {b}, both counted",
    "working_days_between": lambda a, b: f"the number of working days after {a} up to {b}",
    "add_days": _shifted("day"), "add_months": _shifted("month"), "add_years": _shifted("year"),
    "add_working_days": _shifted("working day"),
    "ratio": lambda a, b: f"{a} divided by {b}",
    "upn_check_letter": lambda x: f"the check letter of {x}",
    "uln_check_digit": lambda x: f"the check digit of {x}",
}  # fmt: skip
