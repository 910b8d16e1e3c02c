"""Spark gives the answers of DuckDB and of the reference on random returns, a demo authority, samples and tables.

'make test-engines' asks this; for every 'make test' it takes too long.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from muster.catalogue import load_collection
from muster.checking_set import Occasion, look_up, read_return
from muster.collect import gather
from muster.model import Outcome, SourceFile
from muster.national import Means, check_tables
from muster.pipeline import build
from muster.read import read_xml
from muster.sample import (
    ChildrenSettings,
    NationalSettings,
    write_authority,
    write_children,
    write_national,
)
from tests.collection_names import COLLECTIONS
from tests.engines.comparing import EXAMPLES, agree, latest
from tests.engines.random_returns import batches
from tests.engines.tally import compared
from tests.unit.national.test_national_check import REGISTER

pytestmark = pytest.mark.usefixtures("spark_is_here")
_MOST_RANDOM = 100
_AT_ONCE = 400
WRITTEN_AS_TABLES = ("school_workforce", "children_in_need", "looked_after")


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_engines_agree_on_random_returns(collection: str) -> None:
    for returns in batches(collection, latest(collection), min(EXAMPLES, _MOST_RANDOM), at_once=_AT_ONCE):
        agree("random returns", returns)


def test_the_engines_agree_on_a_demo_authority(tmp_path: Path) -> None:
    write_authority(tmp_path / "anyshire", schools=6)
    built = build(tmp_path / "anyshire", tmp_path / "out")
    agree("demo authority", list(built.linked.returns.values()))


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["CIN_Census_2026", "fake_CIN_data"])
def test_the_engines_agree_on_the_samples_of_children_in_need(name: str, shared_data: Path) -> None:
    path = shared_data / "data" / "cin" / f"{name}.xml"
    collection = load_collection("children_in_need")
    agree("samples", [read_xml(collection, SourceFile(path, path.name, "", path.stat().st_size))])


@pytest.mark.real_data
def test_the_engines_agree_on_the_samples_of_looked_after_children(shared_data: Path, tmp_path: Path) -> None:
    collection = load_collection("looked_after")
    sources = gather([shared_data / "data" / "s903"], unpack_to=tmp_path).files
    previous = [file for file in sources if file.path.name == "fake_903.xml"]
    one, _ = read_return(collection, sources, Occasion(2024, "999", tuple(previous)))
    look_up(collection, one, sources)
    agree("samples", [one])


def written(name: str, folder: Path) -> None:
    """The tables of a small country."""
    if name == "school_workforce":
        folder.with_name("register.csv").write_text(REGISTER, "utf-8")
        write_national(folder.with_name("register.csv"), folder, NationalSettings(staff=1_000))
    else:
        write_children(folder, ChildrenSettings(name, children=500, authorities=3))


@pytest.mark.parametrize("name", WRITTEN_AS_TABLES)
def test_folders_of_tables_bring_the_same_findings(name: str, tmp_path: Path) -> None:
    written(name, tmp_path / "tables")
    collection = load_collection(name)
    done = {
        engine: check_tables(
            collection, 2025, tmp_path / "tables", tmp_path / engine, means=Means(engine=engine)
        )
        for engine in ("duckdb", "spark")
    }
    duckdb, spark = findings_of(tmp_path / "duckdb"), findings_of(tmp_path / "spark")
    rules = [outcome.rule_id for outcome in done["spark"].outcomes if outcome.outcome is not Outcome.NOT_RUN]
    rows = sum(pq.read_metadata(file).num_rows for file in (tmp_path / "tables").glob("*/*.parquet"))
    wrong = len(set(duckdb) ^ set(spark))
    compared("folders of tables", name, done, rules=rules, rows=rows, found=len(spark), wrong=wrong)
    assert duckdb == spark
    assert duckdb, "the sample plants mistakes"
    assert done["duckdb"].outcomes == done["spark"].outcomes
    assert (tmp_path / "duckdb/counts.csv").read_bytes() == (tmp_path / "spark/counts.csv").read_bytes()


def findings_of(out: Path) -> list[tuple[object, ...]]:
    """Every finding a national run left, in order."""
    columns = ["rule", "authority", "return_id", "table", "key", "person"]
    table = ds.dataset(out / "findings", partitioning="hive").to_table(columns)
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=repr)
