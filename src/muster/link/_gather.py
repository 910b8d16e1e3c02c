"""Gather all accounts of one school into people: file by file, each matched against what is gathered so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from muster.link._decisions import Decisions
from muster.link._identity import Identity
from muster.link._match import (
    KEYS_OF_ONE_PERSON,
    KeysOf,
    Matching,
    by_reference,
    match,
    names_disagree,
    numbers_disagree,
    two_people,
)
from muster.link._people import KIND_ORDER, Account, Candidate
from muster.link.proposals import Proposal, proposal
from muster.model import Notice


@dataclass
class Gathered:
    """The people of one school, how each was joined, and what waits for a decision."""

    school: str
    people: list[Candidate] = field(default_factory=list)
    how: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    proposals: list[Proposal] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)

    def joined_by(self, person: Candidate) -> tuple[str, ...]:
        """The evidence that joined a person's accounts, in order."""
        return tuple(dict.fromkeys(self.how.get(id(person), ())))


def gather(school: str, accounts: Iterable[Account], decisions: Decisions) -> Gathered:
    """The people of one school; the result does not depend on the order of the accounts."""
    gathered = Gathered(school)
    files: dict[tuple[int, str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        kind = KIND_ORDER.index(account.source)
        files[kind, account.supplier, account.extract.file.name].append(account)
    for name in sorted(files):
        _add_file(gathered, _within_file(files[name]), decisions)
    gathered.people.sort(key=_person_order)
    return gathered


def _person_order(person: Candidate) -> tuple[tuple[str, ...], ...]:
    names = sorted((name.family, *name.given) for name in person.identity.names)
    return (names[0] if names else (), tuple(sorted(person.identity.birth_dates)), person.keys)


def _add_file(gathered: Gathered, people: list[Candidate], decisions: Decisions) -> None:
    found = match(gathered.people, people, decisions)
    for doubt in found.doubts:
        left, right = gathered.people[doubt.left], people[doubt.right]
        gathered.proposals.append(proposal(left, right, doubt.code, doubt.score))
        gathered.waiting.update((*left.keys, *right.keys))
    gathered.notices.extend(_useless(gathered.school, name, many) for name, many in found.useless)
    gathered.people = list(_merged(gathered, people, found))


def _merged(gathered: Gathered, people: list[Candidate], found: Matching) -> Iterator[Candidate]:
    """The people so far and those of one more file, with every pair made one; a chain of pairs is one person."""
    nodes = [*gathered.people, *people]
    parent = list(range(len(nodes)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    reasons: dict[int, list[str]] = {
        at: list(gathered.how.get(id(node), ())) for at, node in enumerate(nodes)
    }
    for (i, j), how in sorted(found.pairs.items()):
        first, second = sorted((root(i), root(len(gathered.people) + j)))
        if first != second:
            parent[second] = first
            reasons[first] += [*reasons[second], how]
    gathered.how.clear()
    for at, members in _by_root(nodes, root):
        person = (
            members[0] if len(members) == 1 else Candidate.of(a for node in members for a in node.accounts)
        )
        gathered.how[id(person)] = reasons[at]
        yield person


def _by_root(nodes: Sequence[Candidate], root: Callable[[int], int]) -> Iterator[tuple[int, list[Candidate]]]:
    groups: dict[int, list[Candidate]] = defaultdict(list)
    for at, node in enumerate(nodes):
        groups[root(at)].append(node)
    yield from groups.items()


def _useless(school: str, name: str, many: int) -> Notice:
    message = f"{school}: {many} people have the same {name}, so it was not used to match them."
    return Notice("link.shared_identifier", "query", message, "Correct the placeholder in the source.")


def _within_file(accounts: list[Account]) -> list[Candidate]:
    """The people of one file: rows under one staff number, or under one sure key where files repeat people.

    A staff export that gives numbers gives each person one; two numbers are two records, whatever they share.
    """
    people = [Candidate.of([account]) for account in sorted(accounts, key=lambda a: a.sort_key)]
    people = _joined(people, by_reference, two_people)
    for keys_of in KEYS_OF_ONE_PERSON:
        people = _joined(people, _of_repeatable(keys_of), _doubtful)
    return people


def _of_repeatable(keys_of: KeysOf) -> KeysOf:
    """The keys of those whose file may hold them more than once: payroll by post, or no staff numbers at all."""
    return lambda person: keys_of(person) if _may_repeat(person) else ()


def _may_repeat(person: Candidate) -> bool:
    return all(account.source == "payroll" or not account.reference for account in person.accounts)


def _doubtful(a: Identity, b: Identity) -> bool:
    return names_disagree(a, b) or numbers_disagree(a, b)


def _joined(
    people: list[Candidate], keys_of: KeysOf, apart: Callable[[Identity, Identity], bool]
) -> list[Candidate]:
    holder: dict[tuple[str, ...], Candidate] = {}
    kept: list[Candidate] = []
    for person in people:
        keys = sorted(keys_of(person))
        same = next((holder[key] for key in keys if key in holder), None)
        if same is None or apart(same.identity, person.identity):
            kept.append(person)
            same = person
        else:
            same.take(person)
        for key in keys:
            holder.setdefault(key, same)
    return kept
