"""A fault in the catalogue is told with file, line and the nearest right name.

A copy of the collection is broken in one place; the loader, or for predicates the builder, must say where.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from muster.catalogue import CATALOGUE, load_collection, read_collection
from muster.catalogue.build import try_build
from muster.model import CatalogueError

Break = Callable[[str, str, str], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the census that may be broken."""
    shutil.copytree(CATALOGUE / "school_workforce", tmp_path / "census")
    return tmp_path / "census"


def broken(folder: Path, file: str, right: str, wrong: str) -> int:
    """Put ``wrong`` in the place of the first ``right`` in a file and return the line where it begins."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert right in text, f"{file} no longer holds {right!r}; choose another text to break"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return text[: text.index(right)].count("\n") + 1


def appended(folder: Path, file: str, text: str) -> int:
    """Put text at the end of a file and return the line where it begins."""
    path = folder / file
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before.rstrip()}\n\n{text}", encoding="utf-8")
    return before.rstrip().count("\n") + 3


def complaint(folder: Path) -> str:
    """What the loader says of the folder."""
    with pytest.raises(CatalogueError) as caught:
        read_collection(folder)
    return str(caught.value)


FAULTS = {
    "an unknown item in the message": (
        "message.txt",
        "DailyRate = daily_rate",
        "DailyRate = dayly_rate",
        "table 'contracts' has no item 'dayly_rate'; did you mean 'daily_rate'?",
    ),
    "an unknown table in the message": (
        "message.txt",
        "ContractOrService * contracts",
        "ContractOrService * contract",
        "no table 'contract' in schema.toml; did you mean 'contracts'?",
    ),
    "bad years in the message": (
        "message.txt",
        "[2023-]",
        "[2023-2020]",
        "'2023-2020' ends before it starts",
    ),
    "a line of the message that is none": (
        "message.txt",
        "      Year = year",
        "      Year : year",
        "is not an element",
    ),
    "an element under nothing": (
        "message.txt",
        "  Header",
        "    Header",
        "'Header' is indented under nothing",
    ),
    "an unknown key of an item": (
        "schema.toml",
        "decimals = 2",
        "decimal = 2",
        "'decimal' is not a known key; did you mean 'decimals'?",
    ),
    "a value of the wrong kind": (
        "schema.toml",
        "decimals = 2",
        'decimals = "2"',
        "'decimals' must be a whole number",
    ),
    "an unknown type": ("schema.toml", 'type = "date"', 'type = "dates"', "did you mean 'date'?"),
    "an unknown code set": (
        "schema.toml",
        'codes = "post"',
        'codes = "posts"',
        "no code set 'posts' in codes/; did you mean 'post'?",
    ),
    "an unknown parent": (
        "schema.toml",
        'parent = "members"',
        'parent = "member"',
        "no table 'member'; did you mean 'members'?",
    ),
    "an unknown severity of a check": (
        "schema.toml",
        'missing = { severity = "error" }',
        'missing = { severity = "eror" }',
        "severity 'eror' is not known; use error or query; did you mean 'error'?",
    ),
    "an unknown kind of check": (
        "schema.toml",
        'missing = { severity = "error" }',
        "mising = {}",
        "'mising' is not a known key; did you mean 'missing'?",
    ),
    "an unknown key of a rule": (
        "rules/contracts.toml",
        "fix        =",
        "fixs       =",
        "'fixs' is not a known key; did you mean 'fix'?",
    ),
    "bad years of a rule": (
        "rules/contracts.toml",
        'years      = "2010-"',
        'years      = "20-10"',
        "'20-10' is not a range of years",
    ),
    "a rule never in force": (
        "rules/contracts.toml",
        'years      = "2010-"',
        'years      = "2031-"',
        "would be in force in no year",
    ),
    "an amendment outside the years": (
        "rules/contracts.toml",
        "[4357.2015]",
        "[4357.2051]",
        "'4357' is amended in 2051",
    ),
    "an unknown table of a rule": (
        "rules/contracts.toml",
        'table      = "contracts"',
        'table      = "contract"',
        "which is not known; did you mean 'contracts'?",
    ),
    "an unknown scope": ("rules/members.toml", '"group"', '"groups"', "did you mean 'group'?"),
    "a column of codes that is none": (
        "codes/post.toml",
        "| title ",
        "| titel ",
        "'titel' is not a known column; did you mean 'title'?",
    ),
    "a row of codes that is too short": (
        "codes/sex.toml",
        "| Male",
        "Male",
        "cells, the heading has",
    ),
    "an unknown word of confidence": (
        "codes/post.toml",
        "| seen",
        "| sen ",
        "confidence 'sen' is not known; did you mean 'seen'?",
    ),
    "an unknown key of a derived table": (
        "derived.toml",
        "columns = ",
        "column  = ",
        "'column' is not a known key; did you mean 'columns'?",
    ),
    "an unknown key of the collection": (
        "collection.toml",
        "title   =",
        "titel   =",
        "'titel' is not a known key; did you mean 'title'?",
    ),
    "a constant that counts from nothing": (
        "collection.toml",
        'from = "census_day"',
        'from = "census_days"',
        "did you mean 'census_day'?",
    ),
    "a constant on no day": (
        "collection.toml",
        'on = "31 August"',
        'on = "31 Augst"',
        "'31 Augst' is not a day of a year",
    ),
    "a census day that is none": (
        "collection.toml",
        "2013-11-07",
        "2013-11-37",
        "the dates of 2013 cannot be read",
    ),
    "broken TOML": ("derived.toml", "columns = [", "columns = ", "not valid TOML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_loader_names_file_line_and_the_nearest_name(folder: Path, fault: str) -> None:
    file, right, wrong, words = FAULTS[fault]
    line = broken(folder, file, right, wrong)
    said = complaint(folder)
    name, at, _ = said.split(":", 2)
    assert (name, words in said) == (file, True), said
    assert abs(int(at) - line) <= (1 if fault in NEAR else 0), f"line {line} is broken; it says: {said}"


# Here the fault shows only on a neighbouring line, or is one of the whole table of codes.
NEAR = {"an element under nothing", "broken TOML", "a column of codes that is none"}


def test_a_rule_that_stands_in_two_files_is_refused(folder: Path) -> None:
    rule = '[4400]\nmessage = "x"\ntable = "roles"\nfails_when = "role is null"\n'
    line = appended(folder, "rules/roles.toml", rule)
    said = complaint(folder)
    assert said.startswith(f"rules/roles.toml:{line}: rule '4400' stands already at rules/contracts.toml:")


def test_a_rule_that_stands_twice_in_one_file_is_refused(folder: Path) -> None:
    appended(folder, "rules/contracts.toml", "[4400]\n")
    assert "rules/contracts.toml:" in complaint(folder)


def test_a_rule_without_a_test_is_refused(folder: Path) -> None:
    line = appended(folder, "rules/roles.toml", '[new_rule]\nmessage = "x"\ntable = "roles"\n')
    assert complaint(folder) == f"rules/roles.toml:{line}: rule 'new_rule' needs 'fails_when'"


def test_the_fault_of_an_amendment_is_told_at_the_amendment(folder: Path) -> None:
    line = broken(folder, "rules/contracts.toml", "[4357.2015]\n", '[4357.2015]\nseverity = "warning"\n')
    assert complaint(folder).startswith(f"rules/contracts.toml:{line + 1}: severity 'warning' is not known")


def test_a_code_that_stands_twice_in_a_year_is_refused(folder: Path) -> None:
    row = "HDT  | 2010-     | Head teacher                       | oracle_bromcom  | seen\n"
    line = broken(folder, "codes/post.toml", row, row + row)
    assert complaint(folder) == f"codes/post.toml:{line}: code HDT stands twice in the same years"


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "schema.toml").unlink()
    assert complaint(folder).startswith("schema.toml:1: the collection has no file schema.toml")


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(folder: Path) -> None:
    path = folder / "codes" / "sex.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\n# \xe9\n", 1))
    assert complaint(folder) == "codes/sex.toml:2: not UTF-8 text; save the file as UTF-8"


def test_a_year_without_dates_is_refused(folder: Path) -> None:
    broken(folder, "collection.toml", 'years   = "2010-2025"', 'years   = "2010-2026"')
    assert "the dates have no row for 2026" in complaint(folder)


def test_an_unknown_collection_is_told_with_the_nearest() -> None:
    with pytest.raises(
        CatalogueError, match="no collection 'school_workfroce'; did you mean 'school_workforce'"
    ):
        load_collection("school_workfroce")


# -- faults the builder finds --------------------------------------------------------------------------

RULE = """\
[new_rule]
years = "2013-"
message = "{message}"
table = "{table}"
fails_when = "{predicate}"
"""
BAD_PREDICATES = {
    "an unknown item": (
        "contract_strt is null",
        "has no item 'contract_strt'; did you mean 'contract_start'?",
    ),
    "an unknown function": (
        "days_betwen(contract_start, contract_end) > 1",
        "no function 'days_betwen'; did you mean",
    ),
    "an unknown table": (
        "exists (select 1 from role r where r.role = 'X')",
        "no table 'role'; did you mean 'roles'?",
    ),
    "an unknown constant": (
        "contract_start > $census_dya",
        "no constant '$census_dya'; did you mean 'census_day'?",
    ),
    "an unknown code set": ("not is_code('posts', post)", "no code set 'posts'; did you mean 'post'?"),
    "an unguarded negation": ("not (post in ('HDT'))", "says nothing when 'post' is empty"),
    "an unguarded not in": ("post not in ('HDT')", "says nothing when 'post' is empty"),
    "a division": ("1 / 2 > 1", "write ratio(a, b)"),
    "a cast": ("cast(post as integer) = 1", "cast"),
    "an aggregate of rows": ("count(*) > 1", "needs scope group, return or authority"),
    "an item of another year": (
        "pay_review_date is null",
        "it is in force in 2013, when contracts.pay_review_date is not",
    ),
    "no SQL": ("post is null or", "not valid SQL"),
    "a bare column in a subquery": (
        "exists (select 1 from roles r where role = 'X')",
        "qualify column 'role' with the alias of its table",
    ),
}


@pytest.mark.parametrize("fault", BAD_PREDICATES)
def test_the_builder_names_the_line_of_the_rule(folder: Path, fault: str) -> None:
    predicate, words = BAD_PREDICATES[fault]
    rule = RULE.format(message="Wrong.", table="contracts", predicate=predicate)
    line = appended(folder, "rules/contracts.toml", rule)
    (said,) = try_build(read_collection(folder)).faults
    assert said.startswith(f"rules/contracts.toml:{line}: rule 'new_rule': ")
    assert words in said


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("It is {contract_strt}.", "the message names '{contract_strt}', which is not known; did you mean"),
        (
            "It is {$census_dya}.",
            "the message names '{$census_dya}', which is not known; did you mean 'census_day'?",
        ),
        ("It is {post.", "the message cannot be read"),
    ],
)
def test_a_message_names_only_what_there_is(folder: Path, message: str, words: str) -> None:
    rule = RULE.format(message=message, table="contracts", predicate="post is null")
    appended(folder, "rules/contracts.toml", rule)
    (said,) = try_build(read_collection(folder)).faults
    assert words in said


def test_a_derived_table_must_give_the_columns_it_promises(folder: Path) -> None:
    derived = (
        '[two]\ncolumns = ["return_id", "post"]\nsql = "select c.return_id, c.contract_id from contracts c"\n'
    )
    line = appended(folder, "derived.toml", derived)
    (said,) = try_build(read_collection(folder)).faults
    assert said.startswith(
        f"derived.toml:{line}: derived table 'two': columns says return_id, post; the SELECT"
    )


@pytest.mark.parametrize("key", ["post", "role_id"])
def test_the_key_of_a_derived_table_is_a_key_among_its_columns(folder: Path, key: str) -> None:
    derived = (
        f'[two]\ncolumns = ["contract_id", "post"]\nkey = "{key}"\n'
        'sql = "select c.contract_id, c.post from contracts c"\n'
    )
    line = appended(folder, "derived.toml", derived)
    (said,) = try_build(read_collection(folder)).faults
    assert (
        said
        == f"derived.toml:{line}: derived table 'two': key names '{key}', which is no key among its columns"
    )


def test_the_fault_of_a_derived_table_is_told_with_its_line(folder: Path) -> None:
    derived = '[two]\ncolumns = ["post"]\nsql = "select c.pst as post from contracts c"\n'
    line = appended(folder, "derived.toml", derived)
    (said,) = try_build(read_collection(folder)).faults
    assert said.startswith(f"derived.toml:{line}: derived table 'two': table 'contracts' has no item 'pst'")


def test_every_fault_is_listed_not_only_the_first(folder: Path) -> None:
    for name in ("one", "two"):
        rule = RULE.replace("new_rule", name).format(message="x", table="roles", predicate="rol is null")
        appended(folder, "rules/roles.toml", rule)
    assert len(try_build(read_collection(folder)).faults) == 2
