"""Check a predicate against the allow-list and name every column in full.

This is where the rule language is defined: what is not listed here cannot be written in a rule.
SQLGlot is needed only here, when a catalogue is built.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError

from muster.catalogue._source import nearest

FUNCTIONS: Mapping[str, int] = {
    "full_years": 2, "full_months": 2, "age_on": 2, "days_between": 2, "add_days": 2, "add_months": 2,
    "add_years": 2, "weekdays_between": 2, "working_days_between": 2, "add_working_days": 2, "ratio": 2,
    "is_code": 2, "matches": 2, "contains": 2, "starts_with": 2, "is_ni_number": 1,
    "is_teacher_number": 1, "upn_check_letter": 1, "uln_check_digit": 1, "periods_overlap": 4,
}  # fmt: skip
YES_OR_NO = {"is_code", "matches", "contains", "starts_with", "is_ni_number", "is_teacher_number", "periods_overlap"}
_NEVER_EMPTY_BY_NAME = YES_OR_NO | {"coalesce"}

_PLAIN = (
    exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In,
    exp.Between, exp.Is, exp.Null, exp.Boolean, exp.Literal, exp.Column, exp.Identifier, exp.Case, exp.If,
    exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Coalesce, exp.Nullif, exp.Length, exp.Lower, exp.Upper,
    exp.Trim, exp.Substring, exp.Abs, exp.Round, exp.Exists, exp.Subquery, exp.Select, exp.From, exp.Where,
    exp.Table, exp.TableAlias, exp.Join, exp.Group, exp.Having, exp.Alias, exp.Star, exp.Count, exp.Sum,
    exp.Avg, exp.Min, exp.Max, exp.Distinct, exp.Date, exp.Cast, exp.DataType, exp.Var, exp.Anonymous,
    exp.Union, exp.Tuple, exp.With, exp.CTE, exp.Placeholder, exp.Parameter,
)  # fmt: skip
_AGGREGATES = (exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max)
_CONSTANT = re.compile(r"\$(\w+)")


class PredicateError(Exception):
    """What is wrong with a predicate, without file and line (the caller adds those)."""


@dataclass
class Names:
    """What a predicate may name: tables with their columns, constants and code sets."""

    columns: Mapping[str, frozenset[str]]
    constants: frozenset[str]
    code_sets: Mapping[str, str | None]


@dataclass
class Checked:
    """A predicate that passed: its tree, the columns of the row it asks, and the tables it reads."""

    tree: exp.Expression
    items: list[str] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)
    columns_read: set[tuple[str, str]] = field(default_factory=set)


def check_predicate(text: str, table: str, names: Names, *, aggregate: bool = False, lint: bool = True) -> Checked:
    """Check a predicate over rows of ``table``; columns outside subqueries become ``this.column``.

    Raises PredicateError.
    """
    tree = _parse(text, names)
    checked = Checked(tree)
    _check_nodes(tree)
    _name_columns(tree, {"this": table}, "this", names, checked)
    if not aggregate:
        _refuse_loose_aggregates(tree)
    if lint:
        _refuse_unguarded_negation(tree)
    checked.tree = _portable(tree, names)
    return checked


def check_select(text: str, names: Names) -> Checked:
    """Check the whole SELECT of a derived table.  Raises PredicateError."""
    tree = _parse(text, names)
    if not isinstance(tree, (exp.Select, exp.Union)):
        raise PredicateError("a derived table must be one SELECT")
    checked = Checked(tree)
    _check_nodes(tree)
    _name_columns(tree, {}, None, names, checked)
    checked.tree = _portable(tree, names)
    return checked


def _parse(text: str, names: Names) -> exp.Expression:
    for constant in _CONSTANT.findall(text):
        if constant not in names.constants:
            raise PredicateError(f"no constant '${constant}'{nearest(constant, names.constants)}")
    try:
        tree = sqlglot.parse_one(_CONSTANT.sub(r"constant_of('\1')", text), dialect="duckdb")
    except ParseError as error:
        first = error.errors[0] if error.errors else {"description": str(error)}
        raise PredicateError(
            f"not valid SQL: {first['description']} near '{first.get('highlight', '')}'"
        ) from None
    if tree is None:
        raise PredicateError("the predicate is empty")
    return tree


def _check_nodes(tree: exp.Expression) -> None:
    for node in tree.walk():
        if isinstance(node, (exp.Div, exp.IntDiv)):
            raise PredicateError("'/' is not portable; write ratio(a, b)")
        if isinstance(node, exp.Cast) and not _is_date_literal(node):
            raise PredicateError("casts are not portable; type the item in schema.toml")
        if isinstance(node, exp.Anonymous):
            _check_function(node)
        elif _own_function(node):
            continue
        elif not isinstance(node, _PLAIN):
            raise PredicateError(
                f"'{node.sql(dialect='duckdb')}' is not part of the rule language ({type(node).__name__})"
            )


def _own_function(node: exp.Expression) -> str | None:
    """The name of a portable function that SQLGlot happens to know as one of its own."""
    known: dict[type[exp.Expression], str] = {exp.Contains: "contains", exp.StartsWith: "starts_with"}
    return known.get(type(node))


def _is_date_literal(node: exp.Cast) -> bool:
    return node.is_type("date") and isinstance(node.this, exp.Literal) and node.this.is_string


def _check_function(node: exp.Anonymous) -> None:
    name = node.name.lower()
    if name == "constant_of":
        return
    if name not in FUNCTIONS:
        raise PredicateError(f"no function '{name}'{nearest(name, FUNCTIONS)}")
    if len(node.expressions) != FUNCTIONS[name]:
        raise PredicateError(f"{name}() takes {FUNCTIONS[name]} values, {len(node.expressions)} given")


def _name_columns(
    node: exp.Expression, scope: dict[str, str], default: str | None, names: Names, checked: Checked
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


def _children(node: exp.Expression) -> Iterable[exp.Expression]:
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
    column.set("table", exp.to_identifier(alias))
    item = column.name.removesuffix("_text") if column.name.endswith("_text") else column.name
    checked.columns_read.add((table, item))
    if alias == "this" and item not in checked.items:
        checked.items.append(item)


def _refuse_loose_aggregates(tree: exp.Expression) -> None:
    for node in tree.find_all(*_AGGREGATES):
        if not node.find_ancestor(exp.Select):
            raise PredicateError(
                f"'{node.sql()}' counts rows, which needs scope group, return or authority, or a subquery"
            )


def _refuse_unguarded_negation(tree: exp.Expression) -> None:
    for node in tree.find_all(exp.Not):
        for column in _columns_that_may_be_empty(node.this):
            if not _guarded(column, node):
                raise PredicateError(
                    f"'{node.sql()}' says nothing when '{column.name}' is empty; write "
                    f"'{column.name} is not null and ...' or coalesce({column.name}, ...)"
                )


def _columns_that_may_be_empty(node: exp.Expression) -> Iterable[exp.Column]:
    if isinstance(node, (exp.Exists, exp.Is, exp.Coalesce)) or _own_function(node):
        return
    if isinstance(node, exp.Anonymous) and node.name.lower() in _NEVER_EMPTY_BY_NAME:
        return
    if isinstance(node, exp.Column):
        yield node
        return
    for child in node.iter_expressions():
        yield from _columns_that_may_be_empty(child)


def _guarded(column: exp.Column, node: exp.Expression) -> bool:
    """Whether the conjunction around the negation also says that the column is not empty."""
    if column.name.endswith("_id"):
        return True
    top: exp.Expression = node
    while isinstance(top.parent, (exp.And, exp.Paren)):
        top = top.parent
    guard = exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null()))
    return any(part == guard for part in top.find_all(exp.Not))


def _portable(tree: exp.Expression, names: Names) -> exp.Expression:
    """Write the portable functions under the names every engine defines, and constants as ``$name``.

    From the inside out, because a function may stand in the values of another.
    """
    for node in reversed(list(tree.walk(bfs=False))):
        changed = _portable_node(node, names)
        if changed is not node:
            tree = changed if node is tree else tree
            node.replace(changed)
    return tree


def _portable_node(node: exp.Expression, names: Names) -> exp.Expression:
    own = _own_function(node)
    if own:
        return exp.Anonymous(this=f"m_{own}", expressions=[node.this, node.expression])
    if not isinstance(node, exp.Anonymous) or node.name.lower().startswith("m_"):
        return node
    if node.name.lower() == "constant_of":
        return exp.Var(this=f"${node.expressions[0].name}")
    return _REWRITES.get(node.name.lower(), _renamed)(node, names)


def _renamed(node: exp.Anonymous, _names: Names) -> exp.Expression:
    return exp.Anonymous(this=f"m_{node.name.lower()}", expressions=node.expressions)


def _is_code(node: exp.Anonymous, names: Names) -> exp.Expression:
    code_set, value = node.expressions
    if code_set.name not in names.code_sets:
        raise PredicateError(f"no code set '{code_set.name}'{nearest(code_set.name, names.code_sets)}")
    listed: exp.Expression = exp.In(this=value, expressions=[exp.Var(this=f"$codes_{code_set.name}")])
    pattern = names.code_sets[code_set.name]
    if pattern:
        shaped = exp.Anonymous(this="m_matches", expressions=[value.copy(), exp.Literal.string(pattern)])
        listed = exp.Paren(this=exp.Or(this=listed, expression=shaped))
    return exp.Coalesce(this=listed, expressions=[exp.false()])


def _matches(node: exp.Anonymous, names: Names) -> exp.Expression:
    pattern = node.expressions[1]
    if not (isinstance(pattern, exp.Literal) and pattern.is_string):
        raise PredicateError("the pattern of matches() must be a text in quotes")
    if re.search(r"[\\^$.](?![^\[]*\])", pattern.name):
        raise PredicateError(f"pattern '{pattern.name}' uses \\ ^ $ or a bare dot; engines read them differently")
    return _renamed(node, names)


def _age_on(node: exp.Anonymous, _names: Names) -> exp.Expression:
    return exp.Anonymous(this="m_full_years", expressions=node.expressions)


_REWRITES: Mapping[str, Callable[[exp.Anonymous, Names], exp.Expression]] = {
    "is_code": _is_code,
    "matches": _matches,
    "age_on": _age_on,
}
