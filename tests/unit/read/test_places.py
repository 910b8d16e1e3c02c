"""Where placements are, by a made-up postcode directory."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.looked_after_files import EPISODES, LOOKED_AFTER, ONE_EPISODE, read_set, table

from muster.model import Return, Rows
from muster.read import _postcode_directory as directory
from muster.read import with_places
from muster.read._postcode_directory import Spot, authority_of, tidy
from muster.read.places import distance

SPOTS = {
    "ZZ991AA": Spot("E09000012", 100_000.0, 200_000.0),
    "ZZ992AA": Spot("E09000012", 116_093.0, 200_000.0),
    "ZZ993AA": Spot("E07000008", 100_000.0, 200_000.0),
    "ZZ994AA": Spot("W06000015", None, None),
}


def placed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *places: tuple[str, str], authority: str = "204"
) -> Return:
    """Episodes with these home and placement postcodes, and where they are."""
    monkeypatch.setattr(directory, "is_installed", lambda: True)
    monkeypatch.setattr(directory, "find", lambda wanted: {p: SPOTS[p] for p in wanted if p in SPOTS})
    lines = [ONE_EPISODE.replace("ZZ99 1AA", home).replace("ZZ99 2AA", place) for home, place in places]
    one = read_set(table(folder, "e.csv", EPISODES, *lines), authority=authority)
    with_places(LOOKED_AFTER, one)
    return one


def test_a_placement_has_the_authority_and_the_distance_of_its_postcodes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = placed(
        tmp_path, monkeypatch, ("ZZ99 1AA", "zz992aa"), ("ZZ99 1AA", "ZZ99 3AA"), ("ZZ99 1AA", "ZZ99 4AA")
    )
    rows = one.tables["placement_places"]
    assert rows.text["pl_la"] == ["204", "873", "WAL"]
    assert rows.text["pl_location"] == ["IN", "OUT", "OUT"]
    assert rows.text["pl_distance"] == ["10.0", "0.0", None]
    assert rows.keys["episode_id"] == [1, 2, 3]


def test_a_postcode_that_is_not_known_differs_from_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = placed(tmp_path, monkeypatch, ("ZZ00 0AA", ""), ("", "ZZ99 1AA")).tables["placement_places"]
    assert rows.text["home_post_known"] == ["false", None]
    assert rows.text["pl_post_known"] == [None, "true"]
    assert rows.text["pl_la"] == [None, "204"]


def authorities_of_providers(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *listed: tuple[str, str | None]
) -> list[str | None]:
    """The authorities of providers with these numbers and postcodes, of whom the list says 202."""
    monkeypatch.setattr(directory, "is_installed", lambda: True)
    monkeypatch.setattr(directory, "find", lambda wanted: {p: SPOTS[p] for p in wanted if p in SPOTS})
    one = read_set(table(folder, "e.csv", EPISODES, ONE_EPISODE.replace("9999999", "sc99999")))
    one.tables["providers"] = providers = Rows.empty(LOOKED_AFTER, "providers")
    for number, (urn, postcode) in enumerate(listed, start=1):
        providers.append({"provider_id": number}, {"urn": urn, "postcode": postcode, "authority": "202"})
    with_places(LOOKED_AFTER, one)
    return providers.text["authority"]


def test_a_provider_has_the_authority_of_its_postcode_and_else_the_one_its_list_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = (("SC99999", "ZZ993AA"), ("SC99999", "ZZ000AA"), ("SC99999", None))
    assert authorities_of_providers(tmp_path, monkeypatch, *listed) == ["873", "202", "202"]


def test_a_provider_that_no_episode_names_is_not_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert authorities_of_providers(tmp_path, monkeypatch, ("SC88888", "ZZ993AA")) == ["202"]


def test_a_postcode_without_an_area_has_no_authority() -> None:
    assert authority_of("looked_after", "") is None


def test_without_the_authority_a_placement_is_neither_in_nor_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = placed(tmp_path, monkeypatch, ("ZZ99 1AA", "ZZ99 2AA"), authority="").tables["placement_places"]
    assert rows.text["pl_location"] == [None]


def test_without_the_directory_places_stay_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "is_installed", lambda: False)
    one = read_set(table(tmp_path, "e.csv", EPISODES, ONE_EPISODE))
    with_places(LOOKED_AFTER, one)
    assert "no postcode directory" in one.absent["placement_places"]


def test_places_of_a_year_that_is_absent_are_absent_for_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = placed(tmp_path, monkeypatch, ("ZZ99 1AA", "ZZ99 2AA"))
    assert "placement_places" not in one.absent
    assert one.absent["placement_places_last"] == "no previous return"


@pytest.mark.parametrize(
    ("area", "authority"),
    [("E09000012", "204"), ("E07000008", "873"), ("W06000015", "WAL"), ("S12000036", "SCO"),
     ("N09000003", "NIR"), ("L99999999", "NUK"), ("E99999999", None)],
)  # fmt: skip
def test_an_area_leads_to_the_number_of_its_authority_or_its_country(
    area: str, authority: str | None
) -> None:
    assert authority_of("looked_after", area) == authority


def test_a_distance_is_in_miles_with_one_decimal() -> None:
    assert distance(Spot("", 0.0, 0.0), Spot("", 3_000.0, 4_000.0)) == "3.1"
    assert distance(None, Spot("", 0.0, 0.0)) is None


def test_a_tidy_postcode_has_capitals_and_no_spaces() -> None:
    assert tidy(" zz99  1aa ") == "ZZ991AA"
