"""Count, item by item, where the values of a school came from, and find what is to be keyed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from muster.link._expected import Slot, slots
from muster.link._individuals import Individuals
from muster.link._merge import Person
from muster.link._merged import Bench, person_label
from muster.link._people import Candidate
from muster.link._school import Leaver, School
from muster.link.coverage import Coverage, ItemCoverage
from muster.link.to_key import ToKey


@dataclass
class _Count:
    by_source: Counter[str] = field(default_factory=Counter)
    to_key: int = 0
    waiting: int = 0
    not_expected: int = 0

    def add(self, slot: Slot, *, put_off: bool) -> bool:
        """Count one place for a value; True if it is to be keyed here and now."""
        if slot.value:
            self.by_source[slot.value.provenance.source] += 1
        elif not slot.expected:
            self.not_expected += 1
        elif put_off:
            self.waiting += 1
        else:
            self.to_key += 1
            return True
        return False


def count_school(
    school: School, individuals: Individuals, waiting: set[str]
) -> tuple[Coverage, list[tuple[int, ToKey]]]:
    """The coverage of one school, and the items to key there, each with the number of the human being."""
    counts: dict[tuple[str, str], _Count] = defaultdict(_Count)
    asked: list[tuple[int, ToKey]] = []
    for person in school.people:
        number = individuals.number(person.candidate)
        later = _is_waiting(person.candidate, individuals, waiting)
        here = _asked_here(person.candidate, individuals)
        for slot in slots(school.bench, person.merged):
            put_off = later or (slot.table == "members" and not here)
            if counts[slot.table, slot.item.name].add(slot, put_off=put_off):
                asked.append((number, _to_key(school.bench, person, slot, individuals)))
    for leaver in school.leavers:
        counts["contracts", "contract_end"].to_key += 1
        asked.append((individuals.number(leaver.candidate), _leaving_date(school.bench, leaver)))
    return _coverage(school.bench, len(school.people), counts), asked


def _is_waiting(candidate: Candidate, individuals: Individuals, waiting: set[str]) -> bool:
    """Whether a match to be confirmed may still bring what is missing."""
    everywhere = (candidate, *individuals.others(candidate))
    return any(key in waiting for one in everywhere for key in one.keys)


def _asked_here(candidate: Candidate, individuals: Individuals) -> bool:
    """Whether this is the one school that is asked for what is personal: the first of the person's schools."""
    mine = candidate.accounts[0].school
    return all(mine < other.accounts[0].school for other in individuals.others(candidate))


def _to_key(bench: Bench, person: Person, slot: Slot, individuals: Individuals) -> ToKey:
    others = individuals.others(person.candidate) if slot.table == "members" else []
    return ToKey(
        bench.school,
        tuple(other.accounts[0].school for other in others),
        person_label(person.merged),
        "; ".join(person.candidate.keys),
        slot.table,
        slot.target,
        slot.item.name,
        slot.item.title,
    )


def _leaving_date(bench: Bench, leaver: Leaver) -> ToKey:
    title = bench.collection.tables["contracts"].items["contract_end"].title
    keys = "; ".join(leaver.candidate.keys)
    return ToKey(bench.school, (), leaver.label, keys, "contracts", leaver.target, "contract_end", title)


def _coverage(bench: Bench, people: int, counts: dict[tuple[str, str], _Count]) -> Coverage:
    conflicts = Counter((conflict.table, conflict.item) for conflict in bench.conflicts)
    items = [
        ItemCoverage(
            table.name,
            item.name,
            item.title,
            dict(count.by_source),
            count.to_key,
            count.waiting,
            conflicts[table.name, item.name],
            count.not_expected,
        )
        for table in bench.collection.tables.values()
        for item in table.items.values()
        if (count := counts.get((table.name, item.name)))
    ]
    return Coverage(bench.school, bench.about.name, people, tuple(items), bench.keyed_twice)


def asked_twice(asked: Iterable[tuple[int, ToKey]]) -> int:
    """How many items of one human being are asked for more than once; 0 unless something is wrong."""
    times = Counter(
        (number, one.item) if one.table == "members" else (number, one.ref, one.table, one.target, one.item)
        for number, one in asked
    )
    return sum(1 for count in times.values() if count > 1)
