"""One human being at several schools: each school returns them, but nobody is asked twice for what is personal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from muster.link._people import Account, Candidate
from muster.link._place import sure_keys


@dataclass
class Individuals:
    """Which candidates of different schools are one human being."""

    groups: dict[int, list[Candidate]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    def elsewhere(self, person: Candidate, keyed: Mapping[int, Sequence[Account]]) -> list[Account]:
        """The accounts of the same human being at other schools, keyed ones included."""
        mine = {id(account.record) for account in person.accounts}
        return [
            account
            for other in self.groups.get(id(person), ())
            if other is not person
            for account in (*other.accounts, *keyed.get(id(other), ()))
            if id(account.record) not in mine
        ]

    def number(self, person: Candidate) -> int:
        """A number for the human being, the same at each of their schools."""
        return self.numbers[id(person)]

    def others(self, person: Candidate) -> list[Candidate]:
        """The same human being at other schools."""
        return [other for other in self.groups.get(id(person), ()) if other is not person]


def find_individuals(people: Iterable[Candidate]) -> Individuals:
    """Join people of different schools by what is sure: numbers with birth dates, one row or number of one file."""
    all_people = list(people)
    holders: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, person in enumerate(all_people):
        for key in set(_keys(person)):
            holders[key].append(at)
    parent = list(range(len(all_people)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for holding in holders.values():
        # A key that two people of one school bear does not tell who is who.
        schools = [_school(all_people[at]) for at in holding]
        if len(set(schools)) == len(schools):
            for at in holding[1:]:
                parent[root(at)] = root(holding[0])
    groups: dict[int, list[Candidate]] = defaultdict(list)
    for at, person in enumerate(all_people):
        groups[root(at)].append(person)
    return Individuals(
        {id(person): sorted(group, key=_school) for group in groups.values() for person in group},
        {id(person): number for number, group in groups.items() for person in group},
    )


def _school(person: Candidate) -> str:
    return person.accounts[0].school


def _keys(person: Candidate) -> Iterator[tuple[object, ...]]:
    yield from sure_keys(person.identity)
    for account in person.accounts:
        yield ("record", id(account.record))
        if account.reference and account.source != "last_year":
            yield ("number in file", id(account.extract), account.reference)
