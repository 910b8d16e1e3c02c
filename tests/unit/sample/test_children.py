"""Invented children: they follow every rule, nobody can be one of them, and the same seed gives the same rows."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.command import refused

from muster.catalogue import load_collection
from muster.checking import check_files
from muster.checking_set import Occasion, check_set
from muster.collect import gather
from muster.model import CheckResult, Collection, MusterError, Outcome, Return
from muster.read.file_set import set_tables
from muster.sample import ChildrenSettings, write_children
from muster.sample._authorities import AUTHORITIES, shared_out
from muster.sample.children import returns_of
from muster.validate import check

COLLECTIONS = ("children_in_need", "looked_after")


@pytest.fixture(params=COLLECTIONS)
def collection(request: pytest.FixtureRequest) -> Collection:
    return load_collection(request.param)


def invented(collection: Collection, **settings: object) -> list[Return]:
    given = {"children": 800, "authorities": 2, "defects": False, **settings}
    return list(returns_of(ChildrenSettings(collection.name, **given)))  # type: ignore[arg-type]


def parquet(collection: Collection, out: Path, **settings: object) -> Path:
    given = {"children": 400, "authorities": 4, **settings}
    write_children(out, ChildrenSettings(collection.name, **given))  # type: ignore[arg-type]
    return out


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027])
def test_children_without_planted_mistakes_break_no_rule_of_their_year(
    collection: Collection, year: int
) -> None:
    result = check(collection, year, invented(collection, year=year, authorities=1))
    assert [(f.code, f.record, dict(f.values)) for f in result.findings] == []
    assert not [one for one in result.outcomes if one.outcome is Outcome.BROKE]


def test_only_lists_nobody_has_here_keep_a_rule_from_running(collection: Collection) -> None:
    result = check(collection, 2025, invented(collection))
    reasons = {one.reason for one in result.outcomes if one.outcome is Outcome.NOT_RUN}
    assert reasons == {
        collection.inputs[name] for name in ("postcodes", "providers") if name in collection.inputs
    }


def test_the_rarer_things_happen_too(collection: Collection) -> None:
    returns = invented(collection)
    rows = {name: sum(len(one.tables[name]) for one in returns) for name in collection.tables}
    given = {table.name for table in collection.tables.values() if 2025 in table.years}
    empty = {"dolo", "dolo_last", "pre_proceedings", "oc3_last", "providers", "provider_codes"}
    assert {name for name in given if not rows[name]} <= {*empty, "placement_places", "placement_places_last"}


def test_no_pupil_number_is_of_a_school_that_exists() -> None:
    numbers = [
        upn
        for name, table in (("children_in_need", "children"), ("looked_after", "header"))
        for one in invented(load_collection(name))
        for upn in one.tables[table].text["upn"]
        if upn and not upn.startswith("UN")
    ]
    assert len(numbers) > 800
    assert all(re.fullmatch("[A-Z][0-9]{3}9[0-9]{8}", upn) for upn in numbers)


def test_postcodes_lie_nowhere_and_registered_numbers_belong_to_nobody() -> None:
    for one in invented(load_collection("looked_after")):
        episodes = one.tables["episodes"].text
        assert all(
            text.startswith("ZZ") for item in ("home_post", "pl_post") for text in episodes[item] if text
        )
        assert all(text.startswith("99") for text in episodes["urn"] if text)


def test_the_same_seed_gives_the_same_bytes(collection: Collection, tmp_path: Path) -> None:
    one, other = parquet(collection, tmp_path / "one"), parquet(collection, tmp_path / "other")
    for path in one.rglob("*.parquet"):
        assert path.read_bytes() == (other / path.relative_to(one)).read_bytes()


def test_another_seed_gives_other_children(collection: Collection, tmp_path: Path) -> None:
    one, other = parquet(collection, tmp_path / "one"), parquet(collection, tmp_path / "other", seed=2)
    table = "children" if collection.name == "children_in_need" else "episodes"
    assert pq.read_table(one / table).to_pydict() != pq.read_table(other / table).to_pydict()


def test_keys_are_unique_and_every_child_is_of_a_return(collection: Collection, tmp_path: Path) -> None:
    folder = parquet(collection, tmp_path / "out")
    returns, children = (pq.read_table(folder / name).to_pydict() for name in ("returns", "children"))
    assert len(set(children["child_id"])) == len(children["child_id"]) >= 400
    assert set(children["return_id"]) == set(returns["return_id"]) == {1, 2, 3, 4}
    assert returns["lea"] == list(AUTHORITIES)[:4]


def test_planted_mistakes_are_counted_and_found(collection: Collection, tmp_path: Path) -> None:
    written = write_children(tmp_path, ChildrenSettings(collection.name, children=1_200, authorities=2))
    result = check(collection, 2025, invented(collection, children=1_200, defects=True))
    assert sum(written.planted.values()) > 15
    assert len(result.findings) >= sum(written.planted.values()) * 0.9


def test_authorities_are_as_large_as_published_and_share_out_every_child() -> None:
    shares = shared_out(400_000, len(AUTHORITIES))
    assert len(shares) == 153 and sum(shares.values()) == 400_000
    assert shares["330"] > shares["420"], "Birmingham is larger than the Isles of Scilly"


def codes(result: CheckResult) -> list[tuple[str, str]]:
    return sorted((f.rule_id, f.record) for f in result.findings if not f.rule_id.startswith("read."))


def test_the_official_file_holds_the_same_children_as_the_tables(tmp_path: Path) -> None:
    collection = load_collection("children_in_need")
    write_children(tmp_path / "xml", ChildrenSettings(collection.name, children=500, form="xml"))
    files = gather([tmp_path / "xml"], unpack_to=tmp_path / "unpacked").files
    direct = check(collection, 2025, invented(collection, children=500, authorities=1, defects=True))
    assert [file.path.name for file in files] == ["999_CIN_999LL25_001.xml"]
    assert codes(check_files(collection, files).result) == codes(direct) != []


def test_the_set_of_files_holds_the_same_children_as_the_tables(tmp_path: Path) -> None:
    collection = load_collection("looked_after")
    write_children(tmp_path / "set", ChildrenSettings(collection.name, children=500, form="csv"))
    this, last = (
        gather([tmp_path / "set" / name], unpack_to=tmp_path / name).files
        for name in ("this_year", "last_year")
    )
    assert {file.path.stem for file in this} == {table.name for table in set_tables(collection, 2025)}
    checked = check_set(collection, this, Occasion(2025, "999", tuple(last))).result
    direct = check(collection, 2025, invented(collection, children=500, authorities=1, defects=True))
    not_run = {one.rule_id for one in checked.outcomes if one.outcome is Outcome.NOT_RUN}
    assert codes(checked) == [one for one in codes(direct) if one[0] not in not_run] != []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"form": "csv"}, "is written as parquet or xml, not as csv"),
        ({"year": 2013}, "There is no sample for 2013"),
        ({"authorities": 0}, "choose 1 to 153 authorities"),
        ({"children": 2, "authorities": 3}, "at least as many children"),
    ],
)
def test_what_cannot_be_written_is_refused(settings: dict[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(MusterError, match=said):
        write_children(tmp_path, ChildrenSettings("children_in_need", **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--children", "50"], "--children is not for a sample of school_workforce"),
        (["--collection", "looked_after", "--schools", "5"], "--schools is not for a sample of looked_after"),
        (["--format", "csv"], "is written as parquet or xml, not as csv"),
    ],
)
def test_an_option_of_another_collection_is_refused(words: list[str], said: str, tmp_path: Path) -> None:
    assert said in refused("sample", tmp_path / "out", *words)
