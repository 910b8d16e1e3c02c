"""Small countries of invented children as tables, and the same children as returns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from muster.catalogue import load_collection
from muster.model import CheckResult, Collection, Return
from muster.model.local import NOTHING_LOCAL, Local
from muster.national import Means, NationalResult, check_tables
from muster.sample import ChildrenSettings, write_children
from muster.sample.children import returns_of
from muster.validate import check


@dataclass(frozen=True)
class Country:
    """One collection year of a few authorities: where its tables lie, and its returns."""

    collection: Collection
    tables: Path
    returns: list[Return]

    def ordinary(self, local: Local = NOTHING_LOCAL) -> CheckResult:
        """What an ordinary check of the returns finds."""
        return check(self.collection, 2025, self.returns, local=local)

    def national(self, out: Path, means: Means | None = None) -> NationalResult:
        """What a national run over the tables finds."""
        return check_tables(self.collection, 2025, self.tables, out, means=means or Means())


@dataclass(frozen=True)
class Answers:
    """What both say of one country, and where the national run left its findings."""

    ordinary: CheckResult
    national: NationalResult
    out: Path


def change(folder: Path, table: str, row: int, **values: str | None) -> None:
    """Give the first rows of a table other values."""
    path = folder / table / "part-00000.parquet"
    rows = pq.read_table(path).to_pylist()
    rows[row] |= values
    pq.write_table(pa.Table.from_pylist(rows, pq.read_schema(path)), path)


@pytest.fixture(scope="session", params=["children_in_need", "looked_after"])
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Country:
    """The tables of a small country, made once; nobody may change them."""
    folder = tmp_path_factory.mktemp(request.param) / "tables"
    settings = ChildrenSettings(request.param, children=900, authorities=3)
    write_children(folder, settings)
    return Country(load_collection(request.param), folder, list(returns_of(settings)))


@pytest.fixture(scope="session")
def answers(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Both answers of a country, found once."""
    out = tmp_path_factory.mktemp("out")
    return Answers(country.ordinary(), country.national(out), out)


@pytest.fixture
def in_need(tmp_path: Path) -> Path:
    """The tables of a few children in need, to be changed at will."""
    write_children(tmp_path / "tables", ChildrenSettings("children_in_need", children=300, authorities=3))
    return tmp_path / "tables"
