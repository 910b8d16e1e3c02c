"""Check a predicate against the allow-list and name every column in full.

SQLGlot is needed only when a catalogue is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError

from muster.catalogue._language import (
    AGGREGATES,
    FUNCTIONS,
    NEVER_EMPTY,
    OVER,
    PLAIN,
    Names,
    PredicateError,
    RuleLanguage,
)
from muster.catalogue._portable import portable
from muster.catalogue._source import nearest
from muster.catalogue._windows import check_windows

__all__ = ["Checked", "Names", "PredicateError", "check_predicate", "check_select", "parse"]

_CONSTANT = re.compile(r"\$(\w+)")
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass
class Checked:
    """A predicate that passed: its tree, the columns of the row it asks, and the tables it reads."""

    tree: exp.Expr
    items: list[str] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)
    columns_read: set[tuple[str, str]] = field(default_factory=set)


def check_predicate(
    text: str, table: str, names: Names, *, aggregate: bool = False, lint: bool = True
) -> Checked:
    """Check a predicate over rows of ``table``; columns outside subqueries become ``this.column``.

    Raises PredicateError.
    """
    tree = parse(text, names)
    checked = Checked(tree)
    _check_nodes(tree, names)
    _name_columns(tree, {"this": table}, "this", names, checked)
    if not aggregate:
        _refuse_loose_aggregates(tree)
    if lint:
        _refuse_unguarded_negation(tree)
    checked.tree = portable(tree, names)
    return checked


def check_select(text: str, names: Names) -> Checked:
    """Check the whole SELECT of a derived table.  Raises PredicateError."""
    tree = parse(text, names)
    if not isinstance(tree, (exp.Select, exp.Union)):
        raise PredicateError("a derived table must be one SELECT")
    checked = Checked(tree)
    _check_nodes(tree, names, may_also=OVER)
    check_windows(tree)
    _name_columns(tree, {}, None, names, checked)
    checked.tree = portable(tree, names)
    return checked


def parse(text: str, names: Names) -> exp.Expr:
    """The text as a tree, constants as calls of ``constant_of``.  Raises PredicateError."""
    for constant in _CONSTANT.findall(text):
        if constant not in names.constants:
            raise PredicateError(f"no constant '${constant}'{nearest(constant, names.constants)}")
    try:
        tree = sqlglot.parse_one(_CONSTANT.sub(r"constant_of('\1')", text), dialect=RuleLanguage)
    except ParseError as error:
        first = error.errors[0] if error.errors else {"description": str(error)}
        raise PredicateError(
            f"not valid SQL: {first['description']} near '{first.get('highlight', '')}'"
        ) from None
    if tree is None:
        raise PredicateError("the predicate is empty")
    return tree


def _check_nodes(tree: exp.Expr, names: Names, may_also: tuple[type[exp.Expr], ...] = ()) -> None:
    for node in tree.walk():
        if isinstance(node, (exp.Div, exp.IntDiv)):
            raise PredicateError("'/' is not portable; write ratio(a, b)")
        if isinstance(node, exp.Cast) and not _is_date_literal(node):
            raise PredicateError("casts are not portable; type the item in schema.toml")
        if isinstance(node, (*AGGREGATES, exp.Length)) and not _is_of_one_value(node):
            raise PredicateError(
                f"'{node.sql(dialect='duckdb')}' must be of one value; only rows are counted over"
            )
        if isinstance(node, exp.Anonymous):
            _check_function(node, names)
        elif isinstance(node, OVER) and not may_also:
            raise PredicateError(
                f"'{node.sql(dialect='duckdb')}' looks at other rows; only a derived table may, so name one"
            )
        elif not isinstance(node, (*PLAIN, *may_also)):
            raise PredicateError(
                f"'{node.sql(dialect='duckdb')}' is not part of the rule language ({type(node).__name__})"
            )


def _is_of_one_value(node: exp.Expr) -> bool:
    more = [name for name, value in node.args.items() if value and name not in ("this", "big_int")]
    return not more and not (isinstance(node.this, exp.Distinct) and len(node.this.expressions) > 1)


def _is_date_literal(node: exp.Cast) -> bool:
    if not (node.is_type("date") and isinstance(node.this, exp.Literal) and node.this.is_string):
        return False
    text = node.this.name
    if not _ISO_DATE.fullmatch(text):
        raise PredicateError(f"date '{text}': write it as 2013-01-31")
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PredicateError(f"date '{text}' is no day of the calendar") from None
    return True


def _check_function(node: exp.Anonymous, names: Names) -> None:
    name = node.name.lower()
    if name == "constant_of":
        if ("$", node.expressions[0].name) in names.dates:
            _check_use_of_date(node)
        return
    if name not in FUNCTIONS:
        raise PredicateError(f"no function '{name}'{nearest(name, FUNCTIONS)}")
    if len(node.expressions) != FUNCTIONS[name]:
        raise PredicateError(f"{name}() takes {FUNCTIONS[name]} values, {len(node.expressions)} given")


def _name_columns(
    node: exp.Expr, scope: dict[str, str], default: str | None, names: Names, checked: Checked
) -> None:
    """Resolve every column in this scope, then in the SELECTs within it."""
    if isinstance(node, exp.Select):
        scope, default = {**scope, **_sources(node, names, checked)}, None
    for child in _children(node):
        if isinstance(child, exp.Column):
            _name_column(child, scope, default, names, checked)
        elif not isinstance(child, exp.Table):
            _name_columns(child, scope, default, names, checked)
    if isinstance(node, exp.Column):
        _name_column(node, scope, default, names, checked)


def _children(node: exp.Expr) -> Iterable[exp.Expr]:
    return [] if isinstance(node, exp.Column) else list(node.iter_expressions())


def _sources(select: exp.Select, names: Names, checked: Checked) -> dict[str, str]:
    found: dict[str, str] = {}
    from_ = select.args.get("from_") or select.args.get("from")
    parts = [from_.this] if from_ else []
    parts += [join.this for join in select.args.get("joins") or []]
    for part in parts:
        if isinstance(part, exp.Subquery):
            found[part.alias] = "*"
            continue
        if part.name not in names.columns:
            raise PredicateError(f"no table '{part.name}'{nearest(part.name, names.columns)}")
        if not part.alias:
            raise PredicateError(f"give table '{part.name}' an alias and qualify its columns")
        found[part.alias] = part.name
        if part.name not in checked.reads:
            checked.reads.append(part.name)
    return found


def _name_column(
    column: exp.Column, scope: dict[str, str], default: str | None, names: Names, checked: Checked
) -> None:
    alias = column.table or default
    if not alias:
        raise PredicateError(f"qualify column '{column.name}' with the alias of its table")
    if alias not in scope:
        raise PredicateError(f"no table or alias '{alias}' here{nearest(alias, scope)}")
    table = scope[alias]
    if table == "*":
        return
    if column.name not in names.columns[table]:
        hint = nearest(column.name, names.columns[table])
        raise PredicateError(f"table '{table}' has no item '{column.name}'{hint}")
    if (table, column.name) in names.dates:
        _check_use_of_date(column)
    column.set("table", exp.to_identifier(alias))
    item = column.name.removesuffix("_text") if column.name.endswith("_text") else column.name
    checked.columns_read.add((table, item))
    if alias == "this" and item not in checked.items:
        checked.items.append(item)


def _check_use_of_date(node: exp.Expr) -> None:
    """Refuse sums with a date, and comparing one with a text: some engines take the date for its year."""
    around = node.parent
    if isinstance(around, (exp.Add, exp.Sub, exp.Mul, exp.Neg)):
        raise PredicateError(
            f"'{around.sql(dialect='duckdb')}': count with dates by add_days, add_months or days_between"
        )
    if isinstance(around, _COMPARISONS):
        texts = (other for other in around.iter_expressions() if isinstance(other, exp.Literal))
        text = next((other.name for other in texts if other.is_string), None)
        if text is not None:
            raise PredicateError(f"a date is compared with the text '{text}'; write date '{text}'")


def _refuse_loose_aggregates(tree: exp.Expr) -> None:
    for node in tree.find_all(*AGGREGATES):
        if not node.find_ancestor(exp.Select):
            raise PredicateError(
                f"'{node.sql()}' counts rows, which needs scope group, return or authority, or a subquery"
            )


def _refuse_unguarded_negation(tree: exp.Expr) -> None:
    for node in tree.find_all(exp.Not):
        for column in _columns_that_may_be_empty(node.this):
            if not _guarded(column, node):
                raise PredicateError(
                    f"'{node.sql()}' says nothing when '{column.name}' is empty; write "
                    f"'{column.name} is not null and ...' or coalesce({column.name}, ...)"
                )


def _columns_that_may_be_empty(node: exp.Expr) -> Iterable[exp.Column]:
    if isinstance(node, (exp.Exists, exp.Is, exp.Coalesce)):
        return
    if isinstance(node, exp.Anonymous) and node.name.lower() in NEVER_EMPTY:
        return
    if isinstance(node, exp.Column):
        yield node
        return
    for child in node.iter_expressions():
        yield from _columns_that_may_be_empty(child)


def _guarded(column: exp.Column, node: exp.Expr) -> bool:
    """Whether the conjunction around the negation also says that the column is not empty."""
    if column.name.endswith("_id"):
        return True
    top: exp.Expr = node
    while isinstance(top.parent, (exp.And, exp.Paren)):
        top = top.parent
    guard = exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null()))
    return any(part == guard for part in top.find_all(exp.Not))
