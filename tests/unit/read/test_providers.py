"""Lists of providers: known by what their headings say, over the changes of the years."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from tests.looked_after_files import EPISODES, LOOKED_AFTER, ONE_EPISODE, read_set, table

from muster.model import Return, SourceFile
from muster.read import _postcode_directory as directory
from muster.read import is_provider_list, with_providers
from muster.read.providers import plain_name

OLD = ("Local Authority", "URN", "Registration Date", "Closed Date", "Provider Code", "Provider Placement Code",
       "Setting Address Postcode")  # fmt: skip
NEW = ("Local authority", "URN", "Registration date", "Deregistration date", "Placement provider code",
       "Placement code", "Provider postcode")  # fmt: skip


def listed(folder: Path, headings: tuple[str, ...], *rows: tuple[str, ...]) -> SourceFile:
    """A workbook with one list."""
    path = folder / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Providers")
        for number, cells in enumerate((headings, *rows)):
            sheet.write_row(number, 0, cells)
    return SourceFile(path, path.name, "", path.stat().st_size)


def with_list(folder: Path, monkeypatch: pytest.MonkeyPatch, source: SourceFile) -> Return:
    """A return with a list of providers beside it, and no postcode directory."""
    monkeypatch.setattr(directory, "is_installed", lambda: False)
    one = read_set(table(folder, "e.csv", EPISODES, ONE_EPISODE))
    with_providers(LOOKED_AFTER, one, [source])
    return one


@pytest.mark.parametrize("headings", [OLD, NEW])
def test_a_list_of_any_year_gives_the_same_providers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headings: tuple[str, ...]
) -> None:
    row = ("Camden Council", "9999999", "01/02/2020", "-", "PR1, PR4", "K2", "zz99 1aa")
    one = with_list(tmp_path, monkeypatch, listed(tmp_path, headings, row))
    assert list(one.tables["providers"].rows()) == [
        {"urn": "9999999", "registered_from": "2020-02-01", "registered_until": None, "postcode": "ZZ991AA",
         "authority": "202"}
    ]  # fmt: skip
    codes = one.tables["provider_codes"].text
    assert list(zip(codes["kind"], codes["code"], strict=True)) == [
        ("place", "K2"),
        ("provider", "PR1"),
        ("provider", "PR4"),
    ]


def test_a_provider_without_a_number_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = with_list(tmp_path, monkeypatch, listed(tmp_path, NEW, ("Camden", "", "", "", "PR1", "K2", "")))
    assert len(one.tables["providers"]) == 0
    assert "providers" not in one.absent


def test_without_a_list_providers_stay_absent(tmp_path: Path) -> None:
    one = read_set(table(tmp_path, "e.csv", EPISODES, ONE_EPISODE))
    with_providers(LOOKED_AFTER, one, [])
    assert one.absent["providers"] == "no list of providers"


def test_a_table_of_the_return_is_no_list_of_providers(tmp_path: Path) -> None:
    assert is_provider_list(listed(tmp_path, NEW))
    assert not is_provider_list(table(tmp_path, "e.csv", EPISODES, ONE_EPISODE))


@pytest.mark.parametrize(
    "name", ["Camden", "London Borough of Camden", "CAMDEN COUNCIL", "Camden Borough Council"]
)
def test_an_authority_is_known_by_its_plain_name(name: str) -> None:
    assert plain_name(name) == "camden"
