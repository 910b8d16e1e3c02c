"""A test in words says what its SQL says, and nothing that only a programmer would read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from muster.catalogue._english import in_words
from muster.catalogue.meaning import build_meanings, meaning_key
from muster.model import Collection, Rule

_PROGRAMMING = re.compile(r"\b(select|exists|coalesce|this\.|\w+_id|\w+_text|m_\w+|constant_of)\b|[$]")


def words_of(collection: Collection, predicate: str, table: str = "contracts", **about: object) -> str:
    """A predicate in words, its lines joined by a stroke."""
    rule = Rule("new", "new", "x", table, predicate, collection.rules[0].years)
    return " / ".join(line.strip() for line in in_words(replace(rule, **about), collection))


@pytest.mark.parametrize(
    ("predicate", "words"),
    [
        ("contract_end < contract_start", "the contract end is before the contract start"),
        ("contract_end_text is null", "the contract end is empty"),
        ("contract_start > $census_day", "the contract start is after census day"),
        ("contract_start < date '2009-09-01'", "the contract start is before 1 September 2009"),
        (
            "contract_start < add_years($census_day, -30)",
            "the contract start is more than 30 years before census day",
        ),
        ("weekdays_between(contract_end, contract_end) = 0", "the contract end is a Saturday or Sunday"),
        ("post = 'HDT'", "the post is HDT (Head teacher)"),
        ("coalesce(post, '') <> 'AVT'", "the post is empty or not AVT (Advisory teacher)"),
        ("coalesce(post, 'AVT') = 'AVT'", "the post is empty or AVT (Advisory teacher)"),
        (
            "post is not null and post not in ('HDT', 'DHT')",
            "all of these hold / the post is given and not HDT (Head teacher) or DHT (Deputy head teacher)",
        ),
        ("not is_code('post', post)", "the post is not a code of the set 'Post'"),
        (
            "not exists (select 1 from roles r where r.contract_id = this.contract_id and r.role = 'HDTR')",
            "there is no role of this contract where the role is HDTR (Head Teacher)",
        ),
        (
            "exists (select 1 from open_contracts o where o.contract_id = this.contract_id)",
            "this contract is open on census day",
        ),
        (
            "not exists (select 1 from open_contracts o where o.contract_id = this.contract_id)",
            "this contract is not open on census day",
        ),
        (
            "exists (select 1 from members m where m.member_id = this.member_id and m.sex = 'M')",
            "the sex of its staff member is M (Male)",
        ),
    ],
)
def test_a_test_is_said_in_words(collection: Collection, predicate: str, words: str) -> None:
    assert words_of(collection, predicate).replace(":", "") == words


def test_rules_over_groups_say_first_what_they_are_over(collection: Collection) -> None:
    said = words_of(collection, "count(*) > 1", "members", scope="group", group_by=("ni_number",))
    assert said == (
        "Among the rows of staff details in the return with the same National Insurance number: / "
        "the number of rows is more than 1"
    )


def test_no_rule_is_explained_in_the_words_of_a_program(collection: Collection) -> None:
    for key, lines in build_meanings(collection).items():
        residue = _PROGRAMMING.search(re.sub(r"'[^']*'", "", " ".join(lines)))
        assert residue is None, f"{key}: {residue}"


def test_every_version_of_every_rule_has_words(collection: Collection) -> None:
    assert set(build_meanings(collection)) == {meaning_key(rule) for rule in collection.rules}
