"""Checking in two stages: who has an error of stage 1 is not asked the rules of stage 2.

What stage 2 says of people with an error of stage 1 is left out, and the outcome of the rule says of how many.  An
engine is told who they are before stage 2 where they are most people: it can then look up the rows of the others alone,
which where those are many takes longer than asking all.
"""

from __future__ import annotations

from collections.abc import Sequence

from muster.engines import Answer, place_and_key, shifted_key
from muster.model import Collection, Outcome, Return, Rule, RuleOutcome
from muster.model.words import count_of


class Stages:
    """Who is held back, over the returns of one run."""

    def __init__(self, collection: Collection, returns: Sequence[Return], *, all_stages: bool):
        self._collection, self._returns = collection, returns
        self._applies = bool(collection.person) and not all_stages
        self._held: set[tuple[int, int]] = set()
        self._people: dict[tuple[int, str], dict[int | None, int | None]] = {}
        self._rows_held: dict[str, frozenset[int]] = {}

    def note(self, rule: Rule, answer: Answer, excluded: frozenset[int]) -> None:
        """Hold back the people of whom an error of stage 1 was found."""
        if self._applies and holds_back(rule):
            places = (place_and_key(key) for key in answer.keys)
            people = (
                (place, self._person(rule, place, key)) for place, key in places if place not in excluded
            )
            self._held.update((place, person) for place, person in people if person is not None)
            self._rows_held.clear()

    def passed_over(self) -> list[int]:
        """The people who are held back, by their keys in the run, where they are more than half of all."""
        if 2 * len(self._held) <= self._count_people():
            return []
        return sorted(shifted_key(place, person) for place, person in self._held)

    def without_held(self, rule: Rule, answer: Answer) -> Answer:
        """The answer of a rule without the rows of people who are held back."""
        if not self._asks_less(rule):
            return answer
        held = self._held_of(rule)
        return answer._replace(keys=tuple(key for key in answer.keys if key not in held))

    def said(self, rule: Rule, outcome: RuleOutcome) -> RuleOutcome:
        """The outcome, with the number of people the rule was not asked of; not run where that is everyone."""
        people = self._count_people() if self._held else 0
        return said_of_held(self._collection, rule, outcome, held=len(self._held), people=people)

    def _count_people(self) -> int:
        people = self._collection.person
        return sum(len(one.tables[people]) for one in self._returns) if people else 0

    def _asks_less(self, rule: Rule) -> bool:
        return asks_less(rule) and bool(self._held)

    def _held_of(self, rule: Rule) -> frozenset[int]:
        """The rows of the rule's table that belong to people who are held back, by their keys in the run."""
        if rule.table not in self._rows_held:
            self._rows_held[rule.table] = frozenset(
                shifted_key(place, key)
                for place in range(len(self._returns))
                for key, person in self._people_of(rule, place).items()
                if key is not None and (place, person) in self._held
            )
        return self._rows_held[rule.table]

    def _person(self, rule: Rule, place: int, key: int) -> int | None:
        """The key of the person a row of the rule's table belongs to."""
        return self._people_of(rule, place).get(key)

    def _people_of(self, rule: Rule, place: int) -> dict[int | None, int | None]:
        """The person of each row of the rule's table."""
        if (place, rule.table) not in self._people:
            about = self._collection.tables[self._collection.person]
            keys = self._returns[place].tables[rule.table].keys
            own = keys[self._collection.tables[rule.table].key]
            self._people[place, rule.table] = dict(
                zip(own, keys.get(about.key) or [None] * len(own), strict=True)
            )
        return self._people[place, rule.table]


def holds_back(rule: Rule) -> bool:
    """Whether a person of whom this rule is broken is not asked the rules of stage 2."""
    return rule.stage == 1 and rule.severity == "error"


def asks_less(rule: Rule) -> bool:
    """Whether this rule is not asked of people who are held back."""
    return rule.stage == 2 and rule.scope != "return"


def said_of_held(
    collection: Collection, rule: Rule, outcome: RuleOutcome, *, held: int, people: int
) -> RuleOutcome:
    """The outcome of a rule, with how many of the people it was not asked of; not run where that is everyone."""
    if not held or not asks_less(rule) or outcome.outcome is Outcome.BROKE:
        return outcome
    noun = collection.tables[collection.person].record
    if held >= people:
        return outcome._replace(outcome=Outcome.NOT_RUN, reason=f"every {noun} has an error of stage 1")
    why = f"not asked of {count_of(held, noun)} with an error of stage 1"
    return outcome._replace(reason=f"{outcome.reason}; {why}" if outcome.reason else why)
