"""An authority hands over its folder: one official return per school comes out, and every number agrees."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.command import Said, muster
from tests.journeys.conftest import Anyshire


@pytest.fixture(scope="module")
def answer(built: Anyshire) -> Any:
    """The findings as the build wrote them for machines."""
    return json.loads((built.out / "findings.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checked(built: Anyshire) -> Said:
    """All the written returns checked, as a supplier or another authority would check them."""
    return muster("check", built.out / "returns", "--json")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheet(path: Path, name: str) -> list[list[Any]]:
    """The rows of one sheet of a workbook."""
    return list(CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python())


def said_counts(text: str) -> tuple[int, int]:
    """The two numbers of a verdict."""
    found = re.match(r"([\d,]+) to fix, ([\d,]+) to explain", text)
    assert found, f"no verdict in: {text}"
    return int(found[1].replace(",", "")), int(found[2].replace(",", ""))


def verdict_of(answer: Any) -> tuple[int, int]:
    """The two numbers of a verdict for machines."""
    return answer["verdict"]["to_fix"], answer["verdict"]["to_explain"]


def test_every_school_and_the_authority_itself_gets_one_official_file(built: Anyshire) -> None:
    schools = rows_of(built.folder / "schools.csv")
    expected = {f"{school['LA']}{school['Estab']}_SWF_999LL25_001.xml" for school in schools}
    written = {path.name for path in (built.out / "returns").glob("*.xml")}
    assert written == expected | {"999_SWF_999LL25_001.xml"}


def test_every_school_gets_a_summary_as_a_page_and_as_a_pdf(built: Anyshire) -> None:
    pages = {path.stem for path in (built.out / "summaries").glob("*.html")}
    pdfs = list((built.out / "summaries").glob("*.pdf"))
    assert pages == {path.stem for path in pdfs} and len(pages) == 9
    assert all(path.read_bytes().startswith(b"%PDF-") for path in pdfs)


def test_the_build_leaves_everything_it_names_and_nothing_half_written(built: Anyshire) -> None:
    assert built.said is not None
    listed = re.findall(r"^  ([a-z_]+(?:/|\.[a-z]+)) ", built.said.out, flags=re.M)
    assert {"returns/", "summaries/", "findings.xlsx", "coverage.html", "to_key.csv"} <= set(listed)
    assert all((built.out / name).exists() for name in listed)
    assert not list(built.out.rglob("*.part"))


def test_the_first_line_is_the_verdict_and_the_exit_code_follows_it(built: Anyshire, answer: Any) -> None:
    assert built.said is not None
    assert said_counts(built.said.first_line) == verdict_of(answer)
    assert ": 9 returns, " in built.said.first_line
    assert built.said.code == 1


def test_stages_are_named_in_order_while_the_build_goes_on(built: Anyshire) -> None:
    assert built.said is not None
    stages = re.findall(r"^  (\d) of 8  (\w+)", built.said.err, flags=re.M)
    assert [name for _, name in stages] == [
        "collect", "read", "link", "validate", "resolve", "submit", "exchange", "report",
    ]  # fmt: skip
    assert [number for number, _ in stages] == list("12345678")


def test_the_verdict_is_the_same_in_the_findings_and_summed_over_schools(answer: Any) -> None:
    blocking = [one for one in answer["findings"] if one["blocks"]]
    by_severity = Counter(one["severity"] for one in blocking)
    assert (by_severity["error"], by_severity["query"]) == verdict_of(answer)
    assert {one["return"] for one in answer["findings"]} <= set(answer["returns"])


def test_the_verdict_is_the_same_in_the_workbook(built: Anyshire, answer: Any) -> None:
    book = built.out / "findings.xlsx"
    assert any(
        str(cell).startswith(answer["verdict"]["text"]) for row in sheet(book, "Summary") for cell in row
    )
    headings, *schools = [row for row in sheet(book, "Schools") if len([c for c in row if c != ""]) > 2]
    columns = [headings.index("To fix"), headings.index("To explain")]
    assert tuple(sum(int(row[column] or 0) for row in schools) for column in columns) == verdict_of(answer)


def test_checking_the_written_returns_finds_what_the_build_found(answer: Any, checked: Said) -> None:
    assert verdict_of(checked.json) == verdict_of(answer)
    about_returns = {one["fingerprint"] for one in answer["findings"] if not one["asks_source"]}
    assert checked.fingerprints == about_returns
    assert checked.code == 1 and checked.json["refused"] == []


def test_checking_each_return_alone_adds_up_but_for_what_compares_returns(
    built: Anyshire, checked: Said
) -> None:
    alone: set[str] = set()
    for path in (built.out / "returns").glob("*.xml"):
        alone |= muster("check", path, "--json").fingerprints
    together = {f["fingerprint"] for f in checked.json["findings"] if f["scope"] != "authority"}
    assert alone == together


def test_every_wanted_value_is_counted_once_and_none_is_keyed_twice(built: Anyshire) -> None:
    assert built.said is not None
    counted = re.findall(r"^ +([\d,]+) +[\d.]+%  ", built.said.out, flags=re.M)
    wanted = re.search(r"Of ([\d,]+) values wanted", built.said.out)
    assert wanted and sum(int(n.replace(",", "")) for n in counted) == int(wanted[1].replace(",", ""))
    assert re.search(r"^ +0 +keyed twice$", built.said.out, flags=re.M)


def test_what_waits_for_a_person_is_counted_as_it_is_listed(built: Anyshire) -> None:
    assert built.said is not None
    proposals = len(rows_of(built.out / "proposals.csv"))
    conflicts = len(rows_of(built.out / "conflicts.csv"))
    assert re.search(
        rf"^{proposals} match(es)? to confirm, {conflicts:,} conflicts? ", built.said.out, flags=re.M
    )
    to_key = len(rows_of(built.out / "to_key.csv"))
    assert re.search(rf"^ +{to_key} +[\d.]+%  still to key$", built.said.out, flags=re.M)


def test_no_item_of_a_person_is_asked_for_twice(built: Anyshire) -> None:
    asked = Counter(
        (row["person"], row["table"], row["name of item"], row["contract"], row["key"])
        for row in rows_of(built.out / "to_key.csv")
    )
    assert asked and set(asked.values()) == {1}
