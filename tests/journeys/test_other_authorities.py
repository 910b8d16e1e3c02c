"""Authorities that are not like Anyshire: another year, no payroll, no staff exports, one row a file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.command import muster
from tests.journeys.conftest import Anyshire

from muster.sample import write_authority


def one_row_each(folder: Path) -> None:
    """Leave the first record of every CSV file that holds the staff of the school 999/1001 or its payroll."""
    for path in folder.glob("*.csv"):
        lines = path.read_bytes().splitlines(keepends=True)
        heading = next(n for n, line in enumerate(lines) if line.count(b",") > 1)
        path.write_bytes(b"".join(lines[: heading + 2]))


def test_without_any_payroll_returns_are_made_and_pay_is_to_key(small: Anyshire) -> None:
    shutil.rmtree(small.folder / "payroll")
    said = small.build()
    assert said.code == 1 and "keyed twice" in said.out
    assert "County payroll" in everything_said(small, said.out)
    assert ",base_pay," in (small.out / "to_key.csv").read_text(encoding="utf-8-sig")
    assert "<SchoolWorkforceMember>" in small.xml("999/1001").read_text(encoding="utf-8")


def test_without_any_staff_export_returns_are_made_from_payroll(small: Anyshire) -> None:
    shutil.rmtree(small.folder / "mis")
    said = small.build()
    assert said.code == 1
    assert "SIMS-style" in everything_said(small, said.out)
    assert "<BasePay>" in small.xml("999/1001").read_text(encoding="utf-8")


def test_last_year_alone_makes_no_return(small: Anyshire) -> None:
    for name in ("mis", "payroll", "by_hand"):
        shutil.rmtree(small.folder / name, ignore_errors=True)
    said = small.build()
    assert said.code == 2 and not said.out
    assert "so there is nothing to build. " in said.err
    assert "There is no file 'mis/sims_*.csv'" in said.err and "Traceback" not in said.err
    assert not small.out.exists()


def test_files_of_one_row_each_are_built(small: Anyshire) -> None:
    one_row_each(small.folder / "mis")
    one_row_each(small.folder / "payroll")
    said = small.build()
    assert said.code == 1 and "muster:" not in said.err
    assert people_in(small.xml("999/1001")) >= 1


def test_the_returns_of_2013_are_in_the_shape_of_2013(tmp_path: Path) -> None:
    write_authority(tmp_path / "anyshire", year=2013, schools=8)
    earlier = Anyshire(tmp_path / "anyshire", tmp_path / "out")
    said = earlier.build("--json")
    assert said.code == 1 and said.json["coverage"]["keyed_twice"] == 0
    written = [path.name for path in earlier.out.glob("returns/*.xml")]
    assert len(written) == 9 and all(name.endswith("_SWC_999LL13_001.xml") for name in written)
    secondary = earlier.xml("999/4001").read_text(encoding="utf-8")
    spine = r"<Scale>TE</Scale>\s*<RegionSpine>EW</RegionSpine>\s*<SpinePoint>M\d</SpinePoint>"
    assert re.search(spine, secondary)
    assert "<QTStatus>" in secondary and "<PayRange>" not in secondary
    checked = muster("check", earlier.out / "returns", "--json").json
    assert checked["year"] == 2013
    assert checked["verdict"]["text"] == said.json["verdict"]["text"]


def people_in(path: Path) -> int:
    """How many staff records a return holds."""
    return path.read_text(encoding="utf-8").count("<SchoolWorkforceMember>")


def everything_said(built: Anyshire, console: str) -> str:
    """The console and the notes on the files."""
    notes = built.out / "file_notes.csv"
    return console + (notes.read_text(encoding="utf-8-sig") if notes.exists() else "")
