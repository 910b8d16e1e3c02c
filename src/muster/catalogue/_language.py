"""The words of the rule language: what is not listed here cannot be written in a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.parsers.duckdb import DuckDBParser

FUNCTIONS: Mapping[str, int] = {
    "full_years": 2, "full_months": 2, "age_on": 2, "days_between": 2, "add_days": 2, "add_months": 2,
    "add_years": 2, "weekdays_between": 2, "working_days_between": 2, "add_working_days": 2, "ratio": 2,
    "is_code": 2, "matches": 2, "contains": 2, "starts_with": 2, "is_ni_number": 1,
    "is_teacher_number": 1, "upn_check_letter": 1, "uln_check_digit": 1, "periods_overlap": 4,
}  # fmt: skip
YES_OR_NO = {
    "is_code", "matches", "contains", "starts_with", "is_ni_number", "is_teacher_number", "periods_overlap",
}  # fmt: skip
NEVER_EMPTY = YES_OR_NO | {"constant_of"}

PLAIN = (
    exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In,
    exp.Between, exp.Is, exp.Null, exp.Boolean, exp.Literal, exp.Column, exp.Identifier, exp.Case, exp.If,
    exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Coalesce, exp.Nullif, exp.Length, exp.Lower, exp.Upper,
    exp.Trim, exp.Substring, exp.Abs, exp.Round, exp.Exists, exp.Subquery, exp.Select, exp.From, exp.Where,
    exp.Table, exp.TableAlias, exp.Join, exp.Group, exp.Having, exp.Alias, exp.Star, exp.Count, exp.Sum,
    exp.Avg, exp.Min, exp.Max, exp.Distinct, exp.Cast, exp.DataType, exp.Var, exp.Anonymous,
    exp.Union, exp.Tuple, exp.With, exp.CTE, exp.Placeholder, exp.Parameter,
)  # fmt: skip
# What only a derived table may say: the row before, the row after, the number of a row, sums so far.
WINDOWS = (exp.RowNumber, exp.Lag, exp.Lead)
OVER = (exp.Window, exp.WindowSpec, exp.Order, exp.Ordered, *WINDOWS)
AGGREGATES = (exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max)


class RuleLanguage(DuckDB):
    """SQL as DuckDB reads it, except that the portable functions are ours and not SQLGlot's.

    SQLGlot knows functions of some of these names with meanings of its own and would rewrite them.
    """

    class Parser(DuckDBParser):
        """Reads the portable functions as plain calls."""

        FUNCTIONS = {  # noqa: RUF012  (a table of SQLGlot's, never changed)
            name: read for name, read in DuckDBParser.FUNCTIONS.items() if name.lower() not in FUNCTIONS
        }


class PredicateError(Exception):
    """What is wrong with a predicate, without file and line (the caller adds those)."""


@dataclass
class Names:
    """What a predicate may name: tables with their columns, constants and code sets.

    ``dates`` are those columns, each with its table, and those constants, with ``$``, that hold a date.
    """

    columns: Mapping[str, frozenset[str]]
    constants: frozenset[str]
    code_sets: Mapping[str, str | None]
    dates: frozenset[tuple[str, str]] = frozenset()
