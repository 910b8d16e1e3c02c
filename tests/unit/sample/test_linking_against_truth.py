"""Linking the demo authority's files, judged by what is really so."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from muster.building import read_sources
from muster.collect import gather, load_authority
from muster.link import Linked, Match, link
from muster.model import Collection
from muster.model.authority import Authority
from muster.sample import write_authority


@dataclass(frozen=True)
class Judged:
    """A linked authority and who really is who: truth by school, source and the source's own number."""

    authority: Authority
    linked: Linked
    who: dict[tuple[str, str, str], int]

    def people(self, match: Match, source: str) -> Iterator[int]:
        """Who is really behind a match's records of one source, where the answers say."""
        for key in match.keys:
            ref, kind, _, reference = key.split("|")
            person = self.who.get((ref, kind, reference.lstrip("0")))
            if kind == source and person is not None:
                yield person


@pytest.fixture(scope="module", params=[2013, 2025])
def judged(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, collection: Collection
) -> Judged:
    folder = tmp_path_factory.mktemp(f"linked_{request.param}")
    write_authority(folder / "in", year=request.param, schools=20, answers=folder / "answers.json")
    authority = load_authority(folder / "in")
    sources = read_sources(collection, authority, gather([folder / "in"], unpack_to=folder))
    written_at = datetime(request.param, 11, 10)
    linked = link(collection, authority, sources.extracts, written_at=written_at, last_year=sources.last_year)
    return Judged(authority, linked, _who(folder / "answers.json"))


def _who(path: Path) -> dict[tuple[str, str, str], int]:
    seen = json.loads(path.read_text("utf-8"))["seen"]
    return {(one["school"], one["source"], one["reference"].lstrip("0")): one["person"] for one in seen}


def test_no_two_people_are_taken_for_one(judged: Judged) -> None:
    for match in judged.linked.matches:
        assert len({*judged.people(match, "mis"), *judged.people(match, "payroll")}) <= 1


def test_nearly_everyone_in_both_systems_is_joined_without_asking(judged: Judged) -> None:
    sources = defaultdict(set)
    for (school, source, _), person in judged.who.items():
        sources[school, person].add(source)
    both = {place for place, kinds in sources.items() if kinds >= {"mis", "payroll"}}
    joined = {
        (match.ref, person)
        for match in judged.linked.matches
        for person in set(judged.people(match, "mis")) & set(judged.people(match, "payroll"))
    }
    assert len(both & joined) / len(both) > 0.98
    assert both - joined, "nothing was left for a person to decide, so the demo shows no proposal"
    assert judged.linked.proposals


def test_there_is_a_return_for_every_school_and_the_authority_and_nothing_is_keyed_twice(
    judged: Judged,
) -> None:
    assert set(judged.linked.returns) == {*judged.authority.schools, "999"}
    assert judged.linked.keyed_twice == 0


def test_the_returns_hold_what_was_counted_by_hand(judged: Judged) -> None:
    own = judged.linked.returns["999"]
    assert own.tables["educational_psychologists"].text["full_time"] == ["6"]
    counts = [one.tables["occasional_teachers"] for ref, one in judged.linked.returns.items() if ref != "999"]
    assert all(len(rows) == 1 for rows in counts)
