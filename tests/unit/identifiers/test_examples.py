"""Every example of examples.toml is found right, or wrong for exactly the reason that stands beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli

from muster.catalogue import load_collection
from muster.engines.functions import uln_check_digit, upn_check_letter
from muster.identifiers import Kind, check, kind_called
from muster.identifiers.authorities import authorities

TABLES = tomli.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))


def examples() -> Iterator[tuple[Kind, str, str, str]]:
    """Kind, text, what is said and the number of the rule."""
    for name, table in TABLES.items():
        for line in table.strip().splitlines()[1:]:
            text, said, rule, *_ = [*(cell.strip() for cell in line.split("|")), ""]
            yield kind_called(name), "" if text == "(empty)" else text, said, rule


@pytest.mark.parametrize("kind", TABLES)
def test_each_example_is_judged_as_it_says(kind: str) -> None:
    for found, text, said, rule in examples():
        if found == kind:
            verdict = check(found, text)
            assert (text, verdict.reason or "right") == (text, said)
            assert verdict.rule == rule or kind != "upn"
            assert verdict.right == bool(verdict.value)


def test_the_examples_are_all_there() -> None:
    counts = Counter((kind, said == "right") for kind, _, said, _ in examples())
    assert counts == {
        ("upn", True): 21, ("upn", False): 14, ("uln", True): 11, ("uln", False): 11,
        ("ni_number", True): 10, ("ni_number", False): 17, ("teacher_number", True): 10,
        ("teacher_number", False): 10, ("urn", True): 10, ("urn", False): 10, ("la_estab", True): 10,
        ("la_estab", False): 10, ("ukprn", True): 10, ("ukprn", False): 10, ("postcode", True): 11,
        ("postcode", False): 12,
    }  # fmt: skip


def test_the_rules_of_the_catalogue_work_out_the_same_letters_and_digits() -> None:
    for kind, text, said, _ in examples():
        if kind == "upn" and said == "right":
            assert upn_check_letter(text) == text[0]
        if kind == "uln" and said == "right":
            assert uln_check_digit(text) == text[-1]


def test_the_authorities_are_those_of_the_rules_about_children_in_need() -> None:
    codes = load_collection("children_in_need").code_sets["upn_authority"]
    assert {code.code for code in codes.codes} == authorities().all
