"""Match two lists of candidates of one school, one against the other, without comparing everybody with everybody.

Exact passes come first, surest key first.  A pass joins two candidates only where each is the other's only
candidate; anything less becomes a proposal for a person to decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from muster.link._decisions import Decisions
from muster.link._identity import Identity
from muster.link._people import Candidate
from muster.link._score import Score, score
from muster.link._similarity import names_unlike, one_typo

Key = tuple[str, ...]
Edge = tuple[int, int]
KeysOf = Callable[[Candidate], Iterable[Key]]
Apart = Callable[[Identity, Identity], bool]

# More bearers of one key than this in a school and the key is a placeholder we do not know yet.
_TOO_MANY = 20
# Pairs a block may give to the scorer; larger blocks say too little to be worth their cost.
_BLOCK_LIMIT = 2_500
# A proposal this many points below the best of either side is left out.
_NEARLY = 2


@dataclass(frozen=True)
class Doubt:
    """Two candidates that may be one person, and why no pass joined them."""

    left: int
    right: int
    code: str
    score: Score


@dataclass
class Matching:
    """What matching two lists gave: pairs with the evidence that joined them, doubts, and useless keys."""

    pairs: dict[Edge, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    useless: list[tuple[str, int]] = field(default_factory=list)


def match(left: Sequence[Candidate], right: Sequence[Candidate], decisions: Decisions) -> Matching:
    """Join the candidates of two lists that are surely one person, and list those that may be."""
    work = _Work(left, right, decisions)
    work.decided()
    for name, keys_of, doubtful in _PASSES:
        work.one_pass(name, keys_of, doubtful)
    work.found.doubts = [*work.open_doubts(), *work.scored()]
    return work.found


def by_reference(candidate: Candidate) -> Iterator[Key]:
    """The staff numbers a person has with each supplier."""
    yield from candidate.references


def _by_teacher_number(candidate: Candidate) -> Iterator[Key]:
    who = candidate.identity
    yield from ((number, born) for number in who.teacher_numbers for born in who.birth_dates)


def _by_ni_number(candidate: Candidate) -> Iterator[Key]:
    who = candidate.identity
    yield from ((number, born) for number in who.ni_numbers for born in who.birth_dates)


def _by_name(candidate: Candidate) -> Iterator[Key]:
    who = candidate.identity
    yield from {(name.family, name.first, born) for name in who.names for born in who.birth_dates}


def _disagree(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and not a & b and not any(one_typo(one, other) for one in a for other in b)


def numbers_disagree(a: Identity, b: Identity) -> bool:
    """Whether both have a teacher or NI number and they are not the same, nor one typing error apart."""
    if a.teacher_numbers & b.teacher_numbers or a.ni_numbers & b.ni_numbers:
        return False
    return _disagree(a.teacher_numbers, b.teacher_numbers) or _disagree(a.ni_numbers, b.ni_numbers)


def names_disagree(a: Identity, b: Identity) -> bool:
    """Whether no name of one has anything to do with a name of the other."""
    return bool(a.names and b.names) and all(names_unlike(one, other) for one in a.names for other in b.names)


def two_people(a: Identity, b: Identity) -> bool:
    """Whether one staff number has been used for two people."""
    return names_disagree(a, b) or (_disagree(a.birth_dates, b.birth_dates) and numbers_disagree(a, b))


KEYS_OF_ONE_PERSON: tuple[KeysOf, ...] = (_by_teacher_number, _by_ni_number, _by_name)

_Pass = tuple[str, KeysOf, tuple[str, Apart]]
_PASSES: tuple[_Pass, ...] = (
    ("the source's own staff number", by_reference, ("link.reference_reused", two_people)),
    ("teacher number and birth date", _by_teacher_number, ("link.names_disagree", names_disagree)),
    ("NI number and birth date", _by_ni_number, ("link.names_disagree", names_disagree)),
    ("name and birth date within the school", _by_name, ("link.numbers_disagree", numbers_disagree)),
)


class _Work:
    """One matching under way: who is still free and what has been seen."""

    def __init__(self, left: Sequence[Candidate], right: Sequence[Candidate], decisions: Decisions) -> None:
        self.left, self.right, self.decisions = left, right, decisions
        self.free_left = set(range(len(left)))
        self.free_right = set(range(len(right)))
        self.doubt: dict[Edge, str] = {}
        self.tied_left: dict[int, set[int]] = defaultdict(set)
        self.tied_right: dict[int, set[int]] = defaultdict(set)
        self.found = Matching()

    def decided(self) -> None:
        """Join what a person has said is one."""
        if not self.decisions.same:
            return
        holder = {key: j for j, candidate in enumerate(self.right) for key in candidate.keys}
        for i, candidate in enumerate(self.left):
            for key in candidate.keys:
                for other in self.decisions.same.get(key, ()):
                    if other in holder:
                        self._join((i, holder[other]), "confirmed by a person")

    def one_pass(
        self,
        name: str,
        keys_of: KeysOf,
        doubtful: tuple[str, Apart],
    ) -> None:
        """Join free candidates that share a key with nobody else; doubt the rest."""
        code, is_doubtful = doubtful
        sure: set[Edge] = set()
        for edge in self._sharing(name, keys_of):
            if is_doubtful(self.left[edge[0]].identity, self.right[edge[1]].identity):
                self.doubt.setdefault(edge, code)
            else:
                sure.add(edge)
        self._join_singles(sure, name)

    def _join_singles(self, sure: set[Edge], name: str) -> None:
        of_left: dict[int, set[int]] = defaultdict(set)
        of_right: dict[int, set[int]] = defaultdict(set)
        for i, j in sure:
            of_left[i].add(j)
            of_right[j].add(i)
        for i, j in sorted(sure):
            alone = len(of_left[i]) == 1 and len(of_right[j]) == 1
            # Someone with equal candidates from an earlier pass may only be joined to one of those.
            if alone and j in self.tied_left.get(i, {j}) and i in self.tied_right.get(j, {i}):
                self._join((i, j), name)
            else:
                self.doubt[(i, j)] = "link.two_equal_candidates"
        for i, j in sure:
            if (i, j) in self.doubt:
                self.tied_left[i].add(j)
                self.tied_right[j].add(i)

    def _sharing(self, name: str, keys_of: KeysOf) -> Iterator[Edge]:
        lefts = _by_key(self.left, self.free_left, keys_of)
        rights = _by_key(self.right, self.free_right, keys_of)
        for key in lefts.keys() & rights.keys():
            a, b = lefts[key], rights[key]
            if len(a) > _TOO_MANY or len(b) > _TOO_MANY:
                self.found.useless.append((name, max(len(a), len(b))))
                continue
            yield from ((i, j) for i in a for j in b if not self._refused(i, j))

    def _refused(self, i: int, j: int) -> bool:
        different = self.decisions.different
        return bool(different) and any(
            other in different.get(key, ()) for key in self.left[i].keys for other in self.right[j].keys
        )

    def _join(self, edge: Edge, how: str) -> None:
        self.found.pairs[edge] = how
        self.free_left.discard(edge[0])
        self.free_right.discard(edge[1])

    def open_doubts(self) -> Iterator[Doubt]:
        """The doubts about candidates that no later pass could settle."""
        for (i, j), code in sorted(self.doubt.items()):
            if i in self.free_left and j in self.free_right:
                yield Doubt(i, j, code, score(self.left[i].identity, self.right[j].identity))

    def scored(self) -> Iterator[Doubt]:
        """The pairs still free that score as well as any rival of theirs, or nearly."""
        worth = {edge: weighed for edge in sorted(self._near_pairs()) if (weighed := self._weigh(edge))}
        of_left: dict[int, list[int]] = defaultdict(list)
        of_right: dict[int, list[int]] = defaultdict(list)
        for (i, j), weighed in worth.items():
            of_left[i].append(weighed.points)
            of_right[j].append(weighed.points)
        for (i, j), weighed in worth.items():
            points = weighed.points
            if points >= max(*of_left[i], *of_right[j]) - _NEARLY:
                equal = of_left[i].count(points) > 1 or of_right[j].count(points) > 1
                yield Doubt(i, j, "link.two_equal_candidates" if equal else "link.unconfirmed_match", weighed)

    def _weigh(self, edge: Edge) -> Score | None:
        if edge in self.doubt or self._refused(*edge):
            return None
        weighed = score(self.left[edge[0]].identity, self.right[edge[1]].identity)
        return weighed if weighed.worth_proposing else None

    def _near_pairs(self) -> set[Edge]:
        lefts = _by_key(self.left, self.free_left, _blocks)
        rights = _by_key(self.right, self.free_right, _blocks)
        shared = [(lefts[key], rights[key]) for key in lefts.keys() & rights.keys()]
        return {(i, j) for a, b in shared if len(a) * len(b) <= _BLOCK_LIMIT for i in a for j in b}


def _by_key(candidates: Sequence[Candidate], free: set[int], keys_of: KeysOf) -> dict[Key, list[int]]:
    index: dict[Key, list[int]] = defaultdict(list)
    for at in sorted(free):
        for key in set(keys_of(candidates[at])):
            index[key].append(at)
    return index


def _blocks(candidate: Candidate) -> Iterator[Key]:
    """The keys under which two records of one person are likely to meet, whatever was mistyped."""
    who = candidate.identity
    yield from (("born", born) for born in who.birth_dates)
    for number in who.ni_numbers:
        yield from (("ni start", number[:5]), ("ni end", number[4:]))
    for number in who.teacher_numbers:
        yield from (("teacher start", number[:4]), ("teacher end", number[3:]))
    for name in who.names:
        yield ("family and initial", name.family[:4], name.first[:1])
        yield ("either way round", *sorted((name.family, name.first)))
