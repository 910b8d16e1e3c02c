"""Check the numerator or denominator of an indicator: one sum over the rows of one table.

Only sums add up from schools to their authority, so nothing else may be written: ``count(*)``, ``count(x)`` (rows
where x is known) or ``sum(x)``, each over all rows or those of ``filter (where ...)``.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from muster.catalogue._language import Names, PredicateError, RuleLanguage
from muster.catalogue._predicate import Checked, check_predicate, parse
from muster.catalogue._source import nearest

_WRITE = "write count(*), count(x) or sum(x), with or without filter (where ...)"


@dataclass(frozen=True)
class CheckedSum:
    """A sum that passed: what is counted (``*``: rows, ``known``, ``sum``), of what, over which rows."""

    table: str
    counts: str
    value: Checked | None
    condition: Checked | None

    @property
    def columns_read(self) -> set[tuple[str, str]]:
        """Every column asked, with its table."""
        return {column for part in (self.value, self.condition) if part for column in part.columns_read}

    @property
    def reads(self) -> tuple[str, ...]:
        """The table and those asked in subqueries."""
        others = (name for part in (self.value, self.condition) if part for name in part.reads)
        return tuple(dict.fromkeys([self.table, *others]))

    def by_return(self, engine: str) -> str:
        """The SELECT that gives the sum of each return that has rows."""
        value = self.value.tree.sql(dialect=engine) if self.value else "*"
        aggregate = "SUM" if self.counts == "sum" else "COUNT"
        where = _where(self._condition(engine))
        return f"SELECT this.return_id, {aggregate}({value}) FROM {self.table} AS this{where} GROUP BY this.return_id"

    def records(self, engine: str, key: str) -> str:
        """The SELECT that gives the key of every row that adds something to the sum."""
        value = self.value.tree.sql(dialect=engine) if self.value else ""
        adds = {"*": "", "known": f"NOT ({value}) IS NULL", "sum": f"({value}) <> 0"}[self.counts]
        where = _where(self._condition(engine), adds)
        return f"SELECT this.{key} FROM {self.table} AS this{where}"

    def _condition(self, engine: str) -> str:
        return self.condition.tree.sql(dialect=engine) if self.condition else ""


def check_sum(text: str, table: str, names: Names) -> CheckedSum:
    """Check one sum over the rows of ``table``.  Raises PredicateError."""
    if table not in names.columns:
        raise PredicateError(f"no table '{table}'{nearest(table, names.columns)}")
    if "return_id" not in names.columns[table]:
        raise PredicateError(f"table '{table}' has no return_id, so its rows cannot be told apart by return")
    tree = parse(text, names)
    condition = tree.expression.this if isinstance(tree, exp.Filter) else None
    counts, value = _counted(tree.this if isinstance(tree, exp.Filter) else tree)
    return CheckedSum(table, counts, _checked(value, table, names), _checked(condition, table, names))


def _counted(tree: exp.Expr) -> tuple[str, exp.Expr | None]:
    """What is counted, and of what."""
    inner = tree.this if isinstance(tree, (exp.Count, exp.Sum)) and not tree.expressions else None
    if inner is None or isinstance(inner, exp.Distinct):
        raise PredicateError(f"'{tree.sql(dialect='duckdb')}' does not add up over schools; {_WRITE}")
    if isinstance(inner, exp.Star):
        return "*", None
    return ("sum" if isinstance(tree, exp.Sum) else "known"), inner


def _checked(part: exp.Expr | None, table: str, names: Names) -> Checked | None:
    """The part checked as a rule's predicate is, on its own."""
    return check_predicate(part.sql(dialect=RuleLanguage), table, names) if part is not None else None


def _where(*conditions: str) -> str:
    given = [f"({condition})" for condition in conditions if condition]
    return f" WHERE {' AND '.join(given)}" if given else ""
