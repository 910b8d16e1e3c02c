"""What a predicate may say, and what is refused with a word on why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from muster.catalogue._language import FUNCTIONS
from muster.catalogue._predicate import PredicateError, check_predicate
from muster.catalogue.build import names_of
from muster.model import Collection

VALUES_FOR = {
    "is_code": "'sex', sex",
    "matches": "sex, 'M'",
    "contains": "sex, 'M'",
    "starts_with": "sex, 'M'",
}


def checked_sql(collection: Collection, text: str, engine: str = "duckdb", table: str = "members") -> str:
    """A predicate as it stands in the plan of an engine."""
    return check_predicate(text, table, names_of(collection)).tree.sql(dialect=engine)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_portable_function_is_ours_and_not_one_sqlglot_knows(collection: Collection, name: str) -> None:
    values = VALUES_FOR.get(name, ", ".join(["birth_date"] * FUNCTIONS[name]))
    for engine in ("duckdb", "sqlite"):
        sql = checked_sql(collection, f"{name}({values}) is null", engine)
        assert "M_" in sql or name == "is_code", f"{name} became {sql}"


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_with_the_wrong_number_of_values_is_refused(collection: Collection, name: str) -> None:
    values = ", ".join(["sex"] * (FUNCTIONS[name] + 1))
    with pytest.raises(PredicateError, match=rf"{name}\(\) takes {FUNCTIONS[name]} value"):
        checked_sql(collection, f"{name}({values}) is null")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("birth_date > date '2013-1-1'", "write it as 2013-01-31"),
        ("birth_date > date '2013-02-30'", "no day of the calendar"),
        ("date(birth_date) is null", "not part of the rule language"),
        ("birth_date - 1 > $census_day", "add_days"),
        ("$census_day - birth_date > 1", "add_days"),
        ("birth_date > '2013-01-01'", "write date '2013-01-01'"),
        ("trim(both 'x' from sex) = 'M'", "trim"),
        ("round(1.5, sex) = 1", "decimal places"),
        ("round(1.5, -2) = 1", "decimal places"),
        ("substr(sex, 1.5) = 'M'", "substr"),
        ("substr(sex, length(sex), 1) = 'M'", "substr"),
        ("max(sex, 'M') = 'M'", "one value"),
        ("(select count(distinct m.sex, m.qts) from members m) > 1", "one value"),
        ("length(sex, 'M') = 1", "one value"),
        ("sex / 2 = 1", "ratio"),
        ("cast(sex as integer) = 1", "cast"),
        ("sex like 'M%'", "not part of the rule language"),
    ],
)
def test_what_engines_answer_differently_is_refused(
    collection: Collection, text: str, complaint: str
) -> None:
    with pytest.raises(PredicateError, match=complaint):
        checked_sql(collection, text)


@pytest.mark.parametrize(
    "pattern",
    ["a.b", "^a", "a$", r"\d", r"[\d]", "[[:alpha:]]", "a*?", "a++", "a{2}{3}", "a{,3}", "a{2000}", "(?i)a",
     "(?=a)", "(?:a)", "(a", "a)", "[a", "a]", "+a", "a||b", "(|a)", "", "[z-a]", "a{3,1}", "a{0}{1}", "[]"],
)  # fmt: skip
def test_a_pattern_that_engines_read_differently_is_refused(collection: Collection, pattern: str) -> None:
    with pytest.raises(PredicateError, match="pattern"):
        checked_sql(collection, f"matches(sex, '{pattern}')")


@pytest.mark.parametrize(
    "pattern",
    ["[A-Z]{2}[0-9]{6}[A-D]", "0[1-9]", "[A-Z0-9]{1,6}", "(A|B(C|D)?)+", "a|b", "-?[0-9]+([.][0-9]{1,2})?",
     "[^A-Z]*", "(Y|N)", "a{2,}", "[-+]?", "[$^.|]", "[A-Z' -]+"],
)  # fmt: skip
def test_a_plain_pattern_is_taken(collection: Collection, pattern: str) -> None:
    quoted = pattern.replace("'", "''")
    assert "M_MATCHES" in checked_sql(collection, f"matches(sex, '{quoted}')")


def test_the_pattern_of_a_code_set_is_held_to_the_same_form(collection: Collection) -> None:
    names = replace(names_of(collection), code_sets={"sex": r"\d+"})
    with pytest.raises(PredicateError, match="pattern"):
        check_predicate("is_code('sex', sex)", "members", names)


def test_numbers_with_a_point_are_binary_on_every_engine(collection: Collection) -> None:
    for engine in ("duckdb", "sqlite"):
        assert "0.1e0" in checked_sql(collection, "0.1 + 0.2 = 0.3", engine)
