"""A plan as a tree: areas, priorities, actions and tasks, each with who owns it, until when, and what it is tied to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from muster.performance.measures import Measure, Place, Remark

Level = Literal["area", "priority", "action", "task", "sub-task"]
LEVELS: tuple[Level, ...] = ("area", "priority", "action", "task", "sub-task")
Relation = Literal["mentions", "depends on"]


@dataclass(frozen=True)
class Link:
    """What one piece of a plan says of another."""

    relation: Relation
    to: str
    place: Place


@dataclass
class PlanNode:
    """One piece of a plan.

    ``ref`` is what the plan calls it, and need not be unique: two tasks can carry one letter.  ``owner`` is a role;
    ``due`` is as it was written.  ``details`` are lines below it that have no label of their own.
    """

    ref: str
    level: Level
    title: str
    place: Place = field(default_factory=Place)
    owner: str = ""
    due: str = ""
    evidence: str = ""
    details: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    children: list[PlanNode] = field(default_factory=list)

    def walk(self) -> Iterator[PlanNode]:
        """Itself and everything below it, in the order of the plan."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Plan:
    """A plan with its measures, and what was odd in the text it was read from."""

    title: str
    areas: list[PlanNode] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def walk(self) -> Iterator[PlanNode]:
        """Every piece of the plan, in its order."""
        for area in self.areas:
            yield from area.walk()

    def at(self, level: Level) -> list[PlanNode]:
        """The pieces of one level."""
        return [node for node in self.walk() if node.level == level]


def link_remarks(nodes: Sequence[PlanNode]) -> list[Remark]:
    """What is wrong with the links of a plan: those that lead nowhere, and those that lead round in a circle."""
    known = {node.ref for node in nodes}
    orphans = [
        Remark(
            "link to nothing",
            link.place,
            f"{node.ref} {link.relation} {link.to}, which the plan does not have",
        )
        for node in nodes
        for link in node.links
        if link.to not in known
    ]
    return orphans + _circles(nodes)


def closing_links(nodes: Sequence[PlanNode]) -> set[tuple[str, str]]:
    """The dependencies, from and to, without which no circle is left."""
    return {(circle[-1], circle[0]) for circle in _circles_in(nodes)}


def _circles(nodes: Sequence[PlanNode]) -> list[Remark]:
    """Each circle of dependencies once, told at the piece from which it was first entered."""
    places = {(node.ref, link.to): link.place for node in nodes for link in node.links}
    found: dict[frozenset[str], Remark] = {}
    for circle in _circles_in(nodes):
        told = " depends on ".join([*circle, circle[0]])
        remark = Remark(
            "circular link", places[circle[-1], circle[0]], f"{told}: a circle that cannot be worked off"
        )
        found.setdefault(frozenset(circle), remark)
    return list(found.values())


def _circles_in(nodes: Sequence[PlanNode]) -> Iterator[list[str]]:
    ways: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        ways[node.ref] += [link.to for link in node.links if link.relation == "depends on"]
    done: set[str] = set()
    for start in list(ways):
        yield from _circles_from(start, ways, done)


def _circles_from(start: str, ways: Mapping[str, list[str]], done: set[str]) -> Iterator[list[str]]:
    """The circles met on a walk from a start; what is done leads to no new one."""
    path: list[str] = []
    pending: list[tuple[str, bool]] = [(start, False)]
    while pending:
        ref, leaving = pending.pop()
        if leaving:
            path.pop()
            done.add(ref)
        elif ref in path:
            yield path[path.index(ref) :]
        elif ref not in done:
            path.append(ref)
            pending.append((ref, True))
            pending += [(to, False) for to in reversed(ways.get(ref, []))]
