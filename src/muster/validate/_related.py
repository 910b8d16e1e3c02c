"""The other records that help to see what is wrong: the other end of a finding that compares two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from muster.model import Rule
from muster.validate._index import Index

MOST = 20


def related(rule: Rule, index: Index, row: int) -> list[tuple[str, int]]:
    """Table and number of each row to show beside a failing row, at most twenty of each table.

    A rule that counts the rows of a group is shown with the others of the group; a rule with ``also`` with
    the record around the failing one, or else with those of the same person or of the same ``also_by`` value.
    """
    others = [] if rule.also_by else list(_of_the_group(rule, index, row))
    for table in rule.also:
        found = _tied(rule, index, table, row)
        others += [(table, n) for n in islice((n for n in found if table != rule.table or n != row), MOST)]
    return list(dict.fromkeys(others))


def _of_the_group(rule: Rule, index: Index, row: int) -> Iterator[tuple[str, int]]:
    if rule.scope == "group":
        values = tuple(index.column(rule.table, name)[row] for name in rule.group_by)
        found = index.rows_with(rule.table, rule.group_by, values)
        yield from ((rule.table, n) for n in islice((n for n in found if n != row), MOST))


def _tied(rule: Rule, index: Index, table: str, row: int) -> list[int]:
    """The rows of a table that have the value or the key that ties them to a row of the rule's table."""
    shared = rule.also_by or index.key_shared(table, rule.table)
    if not shared:
        return []
    value = index.column(rule.table, shared)[row]
    return [] if value is None else index.rows_with(table, (shared,), (value,))
