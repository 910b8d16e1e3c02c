"""Bend a predicate in small ways; examples that do not notice are too weak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import sqlglot
from sqlglot import exp

from muster.catalogue._language import RuleLanguage
from muster.model import Rule

_SWAPS: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
    exp.LT: (exp.LTE, exp.GT), exp.LTE: (exp.LT, exp.GT), exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT, exp.LT), exp.EQ: (exp.NEQ,), exp.NEQ: (exp.EQ,), exp.And: (exp.Or,), exp.Or: (exp.And,),
    exp.Add: (exp.Sub,), exp.Sub: (exp.Add,),
}  # fmt: skip


def mutants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Every bent version of a rule with a description of the bend; the message and years stay."""
    tree = sqlglot.parse_one(_hide(rule.fails_when), dialect=RuleLanguage)
    before = tree.sql(dialect="duckdb", copy=False)
    for node in list(tree.walk()):
        for changed in list(_ways(node)):
            bent = _with(tree, node, changed)
            if bent != before:
                words = (
                    f"{node.sql(dialect='duckdb', copy=False)} -> {changed.sql(dialect='duckdb', copy=False)}"
                )
                yield _show(words), replace(rule, fails_when=_show(bent))


def _with(tree: exp.Expr, node: exp.Expr, changed: exp.Expr) -> str:
    """The text of a predicate with one node changed; the tree is afterwards as it was, which a copy costs much more."""
    if node is tree:
        return changed.sql(dialect="duckdb", copy=False)
    node.replace(changed)
    text = tree.sql(dialect="duckdb", copy=False)
    changed.replace(node)
    return text


def _hide(text: str) -> str:
    """Constants as a function call, which the parser takes for any dialect."""
    return re.sub(r"\$(\w+)", r"constant_of('\1')", text)


def _show(text: str) -> str:
    return re.sub(r"constant_of\('(\w+)'\)", r"$\1", text, flags=re.IGNORECASE)


def _ways(node: exp.Expr) -> Iterator[exp.Expr]:
    for other in _SWAPS.get(type(node), ()):
        yield other(this=node.this.copy(), expression=node.expression.copy())
    if isinstance(node, exp.Not):
        yield node.this.copy()
    elif isinstance(node, exp.Between):
        yield exp.GTE(this=node.this.copy(), expression=node.args["low"].copy())
        yield exp.LTE(this=node.this.copy(), expression=node.args["high"].copy())
    elif isinstance(node, exp.In) and len(node.expressions) > 1:
        yield exp.In(this=node.this.copy(), expressions=[e.copy() for e in node.expressions[1:]])
        yield exp.In(this=node.this.copy(), expressions=[e.copy() for e in node.expressions[:-1]])
    elif isinstance(node, exp.Literal):
        yield from _other_literals(node)


def _other_literals(node: exp.Literal) -> Iterator[exp.Expr]:
    if isinstance(node.parent, exp.Cast):
        day = date.fromisoformat(node.name)
        yield exp.Literal.string((day + timedelta(days=1)).isoformat())
        return
    if node.is_string or node.find_ancestor(exp.Coalesce) or isinstance(node.parent, exp.Select):
        return
    number = float(node.name)
    step = 1 if number == int(number) else 0.01
    yield exp.Literal.number(_plain(number + step))
    yield exp.Literal.number(_plain(number - step))


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"
