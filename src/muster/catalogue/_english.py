"""Say a predicate in words, for people who do not read SQL.

The words follow the parse tree, so they cannot drift from the test.  They are made when the catalogue is
built and kept beside the plans, so that explaining a rule needs no SQL parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from muster.catalogue._language import RuleLanguage
from muster.catalogue._phrases import Phrases, Scope
from muster.model import Collection, Rule
from muster.model.words import within_sentence

_CONSTANT = re.compile(r"\$(\w+)")
_SHIFT = re.compile(r"(\d+ [a-z ]+?) (before|after) ")
_FURTHER: dict[tuple[type[exp.Expr], str], str] = {
    (exp.LT, "before"): "more than", (exp.LTE, "before"): "at least",
    (exp.GT, "after"): "more than", (exp.GTE, "after"): "at least",
}  # fmt: skip
_TYPES = {
    "whole": "a whole number", "number": "a number", "date": "a date", "datetime": "a date and time",
    "boolean": "true or false",
}  # fmt: skip
_ORDER: dict[type[exp.Expr], tuple[str, str]] = {
    exp.LT: ("is less than", "is before"), exp.LTE: ("is at most", "is on or before"),
    exp.GT: ("is more than", "is after"), exp.GTE: ("is at least", "is on or after"),
    exp.EQ: ("is", "is"), exp.NEQ: ("is given and not", "is given and not"),
}  # fmt: skip


@dataclass(frozen=True)
class Clause:
    """One condition in words; ``parts`` are what it is made of, joined by ``word``."""

    text: str
    parts: tuple[Clause, ...] = ()
    word: str = "and"


def in_words(rule: Rule, collection: Collection) -> tuple[str, ...]:
    """The test of a rule as an outline: one line a condition, two spaces for each level below another."""
    text = _CONSTANT.sub(r"constant_of('\1')", rule.fails_when)
    tree = sqlglot.parse_one(text, dialect=RuleLanguage)
    clause = _Speaker(collection, rule).clause(tree, Scope({"this": rule.table}))
    over = _over(rule, collection)
    lines = list(_lines(clause, 0))
    return (f"{over}:", *(f"  {line}" for line in lines)) if over else tuple(lines)


def _over(rule: Rule, collection: Collection) -> str:
    """What an aggregate is taken over, said once before the conditions."""
    table = collection.tables[rule.table]
    if rule.scope == "return":
        return "" if table.parent is None else f"Over all {table.title.lower()} of the return"
    if rule.scope == "row":
        return ""
    titles = [within_sentence(table.items[n].title) if n in table.items else n for n in rule.group_by]
    where = "in the return" if rule.scope == "group" else "in all returns of the authority"
    return f"Among the rows of {table.title.lower()} {where} with the same {' and '.join(titles)}"


def _lines(clause: Clause, depth: int) -> Iterator[str]:
    yield "  " * depth + clause.text + (":" if clause.parts else "")
    for part in clause.parts:
        yield from _lines(part, depth + 1)


class _Speaker(Phrases):
    """Conditions in words for one rule."""

    @property
    def checked_for_type(self) -> tuple[str | None, ...]:
        """The item of a type check: the one place where an unreadable value must not pass as empty."""
        return (self.rule.item,) if self.rule.check == "type" else ()

    def clause(self, node: exp.Expr, scope: Scope) -> Clause:
        """A condition as a clause."""
        if isinstance(node, exp.Paren):
            return self.clause(node.this, scope)
        if isinstance(node, (exp.And, exp.Or)):
            return self._joined(node, scope)
        if isinstance(node, exp.Not):
            return self._negated(node.this, scope)
        if isinstance(node, exp.Exists):
            return _Asked(self, node.this, scope).clause(negated=False)
        return Clause(self._plain(node, scope))

    def _joined(self, node: exp.Expr, scope: Scope) -> Clause:
        parts = _without_repeats([self.clause(part, scope) for part in node.flatten()])
        word = "and" if isinstance(node, exp.And) else "or"
        return Clause("all of these hold" if word == "and" else "any of these holds", parts, word)

    def _negated(self, node: exp.Expr, scope: Scope) -> Clause:
        node = node.unnest()
        if isinstance(node, exp.Exists):
            return _Asked(self, node.this, scope).clause(negated=True)
        if isinstance(node, exp.Or):
            return Clause("none of these holds", self._joined(node, scope).parts)
        if isinstance(node, (exp.Is, exp.In, exp.Between)) or self._yes_or_no(node):
            return Clause(self._plain(node, scope, negated=True))
        inner = self.clause(node, scope)
        return Clause(f"it is not so that {self.inline(inner)}")

    def _yes_or_no(self, node: exp.Expr) -> str:
        name = node.name.lower() if isinstance(node, exp.Anonymous) else type(node).__name__.lower()
        return name if name in _TESTS else ""

    def _plain(self, node: exp.Expr, scope: Scope, *, negated: bool = False) -> str:
        if isinstance(node, exp.Is):
            return self._empty(node.this, scope, negated)
        if isinstance(node, exp.In):
            return self._one_of(node.this, node.expressions, scope, negated=negated)
        if isinstance(node, exp.Between):
            low, high = (self.value(node.args[end], scope).strip("'") for end in ("low", "high"))
            return f"{self.value(node.this, scope)} lies {'not ' if negated else ''}between {low} and {high}"
        test = self._yes_or_no(node)
        return self._test(test, node, scope, negated) if test else self._comparison(node, scope)

    def _empty(self, node: exp.Expr, scope: Scope, negated: bool) -> str:
        """A typed item is empty where its text is, and also where its text cannot be read."""
        item = self.item(node, scope)
        read = item is not None and item.type != "text" and not node.name.endswith("_text")
        unread = (
            f"not {_TYPES[item.type]}" if item and read and item.name in self.checked_for_type else "empty"
        )
        return f"{self.value(node, scope)} is {'given' if negated else unread}"

    def _one_of(self, node: exp.Expr, values: list[exp.Expr], scope: Scope, *, negated: bool) -> str:
        """Among some values or not; ``coalesce`` says what becomes of an empty one."""
        instead = node.expressions[0].name if isinstance(node, exp.Coalesce) else None
        column = node.this if isinstance(node, exp.Coalesce) else node
        listed = instead is not None and instead in [value.name for value in values]
        said = self.codes(values, self.item(column, scope), scope)
        if negated:
            words = f"empty or not {said}" if instead is not None and not listed else f"given and not {said}"
        else:
            words = f"empty or {said}" if listed else said
        return f"{self.value(column, scope)} is {words}"

    def _test(self, test: str, node: exp.Expr, scope: Scope, negated: bool) -> str:
        values = node.expressions if isinstance(node, exp.Anonymous) else [node.this, node.expression]
        if test == "is_code":
            title = self.collection.code_sets[values[0].name].title
            return f"{self.value(values[1], scope)} is {'not ' if negated else ''}a code of the set '{title}'"
        yes, no = _TESTS[test]
        said = [self.value(value, scope) for value in values]
        return (no if negated else yes).format(*said)

    def _comparison(self, node: exp.Expr, scope: Scope) -> str:
        words = _ORDER.get(type(node))
        if words is None:
            return self.value(node, scope)
        left, right = node.this, node.expression
        if _asks_for_weekend(node):
            return f"{self.value(left.expressions[0], scope)} is a Saturday or Sunday"
        if isinstance(node, (exp.EQ, exp.NEQ)) and isinstance(right, (exp.Literal, exp.Boolean)):
            return self._one_of(left, [right], scope, negated=isinstance(node, exp.NEQ))
        dated = self.is_date(left, scope) or self.is_date(right, scope)
        said = self.value(right, scope)
        shift = _SHIFT.match(said)
        if dated and shift and (type(node), shift[2]) in _FURTHER:
            return f"{self.value(left, scope)} is {_FURTHER[type(node), shift[2]]} {said}"
        return f"{self.value(left, scope)} {words[dated]} {said}"

    def value(self, node: exp.Expr, scope: Scope) -> str:
        """A value; a subquery says what it is taken over."""
        return (
            self._taken_over(node.this, scope)
            if isinstance(node, exp.Subquery)
            else super().value(node, scope)
        )

    def _taken_over(self, select: exp.Select, scope: Scope) -> str:
        found = _Asked(self, select, scope)
        what = self.value(select.expressions[0], found.scope)
        if found.one:
            return what
        over = "of" if what == "the number of rows" else "over"
        return f"{what.removesuffix(' of rows')} {over} {found.plural()}{found.where()}"

    def inline(self, clause: Clause) -> str:
        """A clause as part of a sentence."""
        if not clause.parts:
            return clause.text
        said = [
            f"({self.inline(p)})" if p.parts and p.word != clause.word else self.inline(p)
            for p in clause.parts
        ]
        before = "it is not so that " if clause.text.startswith("none") else ""
        return before + f" {'or' if before else clause.word} ".join(said)


class _Asked:
    """The rows a subquery asks for: of which table, tied to what, under which conditions.

    Where the tie leaves one row at most, the words say something of the record itself; else they say
    that there is, or is no, such row.
    """

    def __init__(self, speaker: _Speaker, select: exp.Select, outer: Scope):
        self.speaker, self.outer = speaker, outer
        from_ = select.args.get("from_") or select.args.get("from")
        tables = [*([from_.this] if from_ else []), *(join.this for join in select.args.get("joins") or [])]
        self.table = tables[0].name
        where = select.args.get("where")
        parts = list(where.this.flatten()) if where and isinstance(where.this, exp.And) else []
        every = parts or ([where.this] if where else [])
        self.ties = [part for part in every if _is_tie(part)]
        self.rest = [part for part in every if part not in self.ties]
        self.tie = next((t.this.name for t in self.ties if isinstance(t, exp.EQ)), "")
        self.says = next((d.says for d in speaker.collection.derived if d.name == self.table), "")
        self.one = self.tie == speaker.key_of(self.table) != ""
        self.scope = outer.within(
            {t.alias: t.name for t in tables}, tables[0].alias, self.owner() if self.one else ""
        )

    def owner(self) -> str:
        """The record the rows are tied to, as the tested row sees it."""
        outer = self.outer.tables.get(self.outer.here, "")
        own = self.speaker.key_of(outer) == self.tie
        near = self.outer.here == "this"
        return f"{'this' if own and near else 'its' if near else 'the same'} {self.speaker.record_with(self.tie)}"

    def clause(self, *, negated: bool) -> Clause:
        """What the subquery says by having, or not having, a row."""
        if self.one and not self.says:
            return self._of_the_record(negated)
        if self.one:
            return self._being_in_it(negated)
        return Clause(f"there is {self._some(negated)}{self.where()}")

    def _being_in_it(self, negated: bool) -> Clause:
        said = self.speaker.inline(Clause("", self.conditions()))
        if not said:
            return Clause(f"{self.owner()} {_not(self.says) if negated else self.says}")
        return Clause(f"{'it is not so that ' if negated else ''}{self.owner()} {self.says}, and {said}")

    def _of_the_record(self, negated: bool) -> Clause:
        parts = self.conditions()
        if not parts:
            return Clause(f"{self.owner()} is {'not ' if negated else ''}in '{self._title()}'")
        if negated:
            return Clause(f"it is not so that {self.speaker.inline(Clause('', parts))}")
        return parts[0] if len(parts) == 1 else Clause("all of these hold", parts)

    def _title(self) -> str:
        return next((d.title for d in self.speaker.collection.derived if d.name == self.table), self.table)

    def _some(self, negated: bool) -> str:
        other = any(isinstance(tie, exp.NEQ) for tie in self.ties)
        noun = self.speaker.record_of(self.table)
        article = "no " if negated else "" if other else "an " if noun[0] in "aeiou" else "a "
        says = f" that {self.says}" if self.says else ""
        return f"{article}{'other ' if negated and other else 'another ' if other else ''}{noun}{self._of()}{says}"

    def _of(self) -> str:
        if not self.tie:
            return ""
        return " in the return" if self.speaker.record_with(self.tie) == "return" else f" of {self._holder()}"

    def _holder(self) -> str:
        return self.owner().replace("its ", "the same ", 1)

    def plural(self) -> str:
        """All rows, with whose they are."""
        about = self.speaker.collection.tables.get(self.table)
        return f"all {within_sentence(about.title if about else self._title())}{self._of()}"

    def conditions(self) -> tuple[Clause, ...]:
        """What the rows must fulfil beyond being tied to the record."""
        return _without_repeats([self.speaker.clause(part, self.scope) for part in self.rest])

    def where(self) -> str:
        """The conditions after 'where', or nothing."""
        said = self.speaker.inline(Clause("", self.conditions()))
        return f" where {said}" if said else ""


def _asks_for_weekend(node: exp.Expr) -> bool:
    """Whether the test is that no Monday to Friday lies between a day and itself."""
    if not isinstance(node, exp.EQ) or node.this.name.lower() != "weekdays_between":
        return False
    first, last = node.this.expressions
    return bool(first == last and node.expression.name == "0")


def _is_tie(part: exp.Expr) -> bool:
    sides = (part.this, part.expression) if isinstance(part, (exp.EQ, exp.NEQ)) else ()
    return bool(sides) and all(isinstance(s, exp.Column) and s.name.endswith("_id") for s in sides)


def _not(says: str) -> str:
    verb, _, rest = says.partition(" ")
    return f"is not {rest}" if verb == "is" else f"does not ({says})"


def _without_repeats(parts: list[Clause]) -> tuple[Clause, ...]:
    """Leave out 'x is given' where 'x is given and not ...' stands beside it."""
    texts = [part.text for part in parts]
    return tuple(p for p in parts if p.parts or not any(t.startswith(f"{p.text} and not ") for t in texts))


_TESTS = {
    "is_code": ("", ""),
    "matches": ("{0} has the form {1}", "{0} does not have the form {1}"),
    "contains": ("{0} contains {1}", "{0} does not contain {1}"),
    "startswith": ("{0} starts with {1}", "{0} does not start with {1}"),
    "starts_with": ("{0} starts with {1}", "{0} does not start with {1}"),
    "is_ni_number": (
        "{0} has the form of a National Insurance number",
        "{0} is no National Insurance number",
    ),
    "is_teacher_number": ("{0} has seven digits", "{0} does not have seven digits"),
    "periods_overlap": (
        "the period from {0} to {1} shares a day with that from {2} to {3}",
        "the period from {0} to {1} shares no day with that from {2} to {3}",
    ),
}
