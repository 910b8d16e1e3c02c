"""Write a checked predicate in the words every engine defines: ``m_`` functions and ``$`` constants."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlglot import exp

from muster.catalogue._language import Names, PredicateError
from muster.catalogue._pattern import pattern_fault
from muster.catalogue._source import nearest

_MOST_PLACES = 6


def portable(tree: exp.Expr, names: Names) -> exp.Expr:
    """Write the portable functions under the names every engine defines, and constants as ``$name``.

    From the inside out, because a function may stand in the values of another.
    """
    for node in reversed(list(tree.walk(bfs=False))):
        changed = _portable_node(node, names)
        if changed is not node:
            tree = changed if node is tree else tree
            node.replace(changed)
    return tree


def _portable_node(node: exp.Expr, names: Names) -> exp.Expr:
    if isinstance(node, exp.Anonymous):
        return _call(node, names)
    if isinstance(node, exp.Round):
        return _round(node)
    if isinstance(node, exp.Trim):
        return _trim(node)
    if isinstance(node, exp.Substring):
        return _substr(node)
    if isinstance(node, (exp.Lower, exp.Upper)):
        return _of(f"m_{type(node).__name__.lower()}", node.this)
    if isinstance(node, exp.Literal) and not node.is_string and "." in node.name:
        return _binary(node)
    return node


def _of(name: str, *values: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[value.copy() for value in values])


def _binary(node: exp.Literal) -> exp.Expr:
    """A number with a point as a binary one, which some engines would else take for a decimal."""
    return exp.Literal.number(f"{node.name}e0") if "e" not in node.name.lower() else node


def _round(node: exp.Round) -> exp.Expr:
    places = node.args.get("decimals") or exp.Literal.number(0)
    if not (isinstance(places, exp.Literal) and places.name.isdigit() and int(places.name) <= _MOST_PLACES):
        raise PredicateError(f"round() takes a number of decimal places from 0 to {_MOST_PLACES}")
    return _of("m_round", node.this, places)


def _substr(node: exp.Substring) -> exp.Expr:
    for place in (node.args.get("start"), node.args.get("length")):
        number = place.this if isinstance(place, exp.Neg) else place
        if number and not (isinstance(number, exp.Literal) and number.name.isdigit()):
            raise PredicateError("substr() takes a text and whole numbers written out: substr(x, 1, 2)")
    return _from_the_first(node)


def _from_the_first(node: exp.Substring) -> exp.Expr:
    """Place 0 as the place before the first letter, where some engines count it as the first."""
    start, length = node.args["start"], node.args.get("length")
    if isinstance(start, exp.Neg) or int(start.name):
        return node
    node.set("start", exp.Literal.number(1))
    if length:
        node.set("length", exp.Literal.number(max(int(length.name) - 1, 0)))
    return node


def _trim(node: exp.Trim) -> exp.Expr:
    if node.expression or node.args.get("position"):
        raise PredicateError("trim() takes one value; it removes spaces at both ends")
    return _of("m_trim", node.this)


def _call(node: exp.Anonymous, names: Names) -> exp.Expr:
    if node.name.startswith("m_"):
        return node
    if node.name.lower() == "constant_of":
        return exp.Var(this=f"${node.expressions[0].name}")
    return _REWRITES.get(node.name.lower(), _renamed)(node, names)


def _renamed(node: exp.Anonymous, _names: Names) -> exp.Expr:
    return exp.Anonymous(this=f"m_{node.name.lower()}", expressions=node.expressions)


def _is_code(node: exp.Anonymous, names: Names) -> exp.Expr:
    code_set, value = node.expressions
    if not isinstance(code_set, exp.Literal):
        raise PredicateError(
            f"is_code() takes the name of a code set in quotes: is_code('{code_set.name}', ...)"
        )
    if code_set.name not in names.code_sets:
        raise PredicateError(f"no code set '{code_set.name}'{nearest(code_set.name, names.code_sets)}")
    listed: exp.Expr = exp.In(this=value, expressions=[exp.Var(this=f"$codes_{code_set.name}")])
    pattern = names.code_sets[code_set.name]
    if pattern:
        _check_pattern(pattern)
        listed = exp.Paren(this=exp.Or(this=listed, expression=_of("m_matches", value, _text(pattern))))
    return exp.Coalesce(this=listed, expressions=[exp.false()])


def _text(value: str) -> exp.Literal:
    return exp.Literal.string(value)


def _matches(node: exp.Anonymous, names: Names) -> exp.Expr:
    pattern = node.expressions[1]
    if not (isinstance(pattern, exp.Literal) and pattern.is_string):
        raise PredicateError("the pattern of matches() must be a text in quotes")
    _check_pattern(pattern.name)
    return _renamed(node, names)


def _check_pattern(pattern: str) -> None:
    fault = pattern_fault(pattern)
    if fault:
        raise PredicateError(f"pattern '{pattern}' {fault}")


def _age_on(node: exp.Anonymous, _names: Names) -> exp.Expr:
    return exp.Anonymous(this="m_full_years", expressions=node.expressions)


_REWRITES: Mapping[str, Callable[[exp.Anonymous, Names], exp.Expr]] = {
    "is_code": _is_code,
    "matches": _matches,
    "age_on": _age_on,
}
