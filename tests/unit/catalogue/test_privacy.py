"""The privacy side of each collection is complete, names items that exist, and says how surely it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from muster.catalogue import CATALOGUE, collection_names, load_collection
from muster.catalogue.privacy import ASKED, OF_RETURNS, WHAT, load_privacy, read_privacy
from muster.model import CatalogueError


@pytest.mark.parametrize("name", collection_names())
def test_every_collection_says_what_is_asked(name: str) -> None:
    privacy = load_privacy(name)
    assert [one.name for one in privacy.record] == list(ASKED)
    assert {one.what for one in privacy.kept} == set(WHAT if name == "common_transfer_file" else OF_RETURNS)
    assert bool(privacy.sensitive) == bool(load_collection(name).person)  # figures of no person hide nothing
    assert all(one.why for one in privacy.sensitive)


@pytest.mark.parametrize(
    ("collection", "table", "item"),
    [
        ("school_workforce", "members", "ni_number"), ("school_workforce", "payments", "base_pay"),
        ("school_workforce", "members", "ethnicity"), ("school_workforce", "members", "disability"),
        ("children_in_need", "disabilities", "disability"), ("looked_after", "header", "ethnic"),
    ],
)  # fmt: skip
def test_what_the_issue_names_is_sensitive(collection: str, table: str, item: str) -> None:
    assert load_privacy(collection).is_sensitive(table, item)


def test_a_name_and_a_birth_date_are_not_hidden() -> None:
    privacy = load_privacy("school_workforce")
    assert (
        not privacy.is_sensitive("members", "family_name") and "birth_date" not in privacy.sensitive_items()
    )


@pytest.mark.parametrize(
    ("was", "now", "complaint"),
    [
        ("members.ni_number ", "members.ni_nummer ", "did you mean 'members.ni_number'"),
        ("| special category |", "| special |", "'special' is not known"),
        ("| 72     |", "| six    |", "'six' is no number of months"),
        ("[record.purpose]", "[record.purposes]", "the record of processing needs 'purpose'"),
        ('confidence = "derived"', 'confidence = "sure"', "confidence"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, was: str, now: str, complaint: str) -> None:
    text = (CATALOGUE / "school_workforce" / "privacy.toml").read_text(encoding="utf-8")
    assert was in text
    (tmp_path / "privacy.toml").write_text(text.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"privacy\.toml:\d+: ") as told:
        read_privacy(tmp_path, load_collection("school_workforce"))
    assert complaint in str(told.value)
