"""Read a plan from its text: areas with priorities, actions numbered 5.1.1, tasks lettered a).

Odd numbering and repeated letters are told with their line and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from muster.performance.measures import Place, Remark
from muster.performance.plan import LEVELS, Level, Link, Plan, PlanNode, link_remarks
from muster.performance.texts import Line

_AREA = re.compile(r"^STRATEGIC AREA\s+(\d+)$", re.I)
_MEASURES = re.compile(r"^(?:[A-Z]+ )?PERFORMANCE MEASURES$")
_PRIORITY = re.compile(r"^(?:- )?(\d+\.\d+)\s+(\S.*)$")
_ACTION = re.compile(r"^(?:- )?(\d+\.\d+\.\d+)\s+(\S.*)$")
_LETTER = re.compile(r"^(?:- )?([a-z]|[ivx]{1,4})\)\s+(\S.*)$")
_MENTION = re.compile(r"\b(?:action|linked to|see|supported by)\s+(\d+(?:\.\d+){1,2})", re.I)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def read_plan(lines: Sequence[Line], file: str) -> Plan:
    """The plan a text holds, with a remark on everything odd in its numbers, letters, titles and links."""
    reading = _Reading(file, Plan(file), lines)
    for at in range(len(lines)):
        reading.take(at)
    reading.plan.remarks += link_remarks(list(reading.plan.walk()))
    return reading.plan


@dataclass
class _Reading:
    """Where a reading has come to: the open pieces of the plan, from its area down."""

    file: str
    plan: Plan
    lines: Sequence[Line]
    open: list[PlanNode] = field(default_factory=list)
    untitled: bool = False
    in_measures: bool = False
    LABELS: ClassVar[tuple[tuple[re.Pattern[str], Level], ...]] = (
        (_ACTION, "action"),
        (_PRIORITY, "priority"),
    )

    def take(self, at: int) -> None:
        """Take in the line at a place."""
        line = self.lines[at]
        text = line.plain
        if line.is_row or not text:
            return
        if area := _AREA.match(text):
            self._area(area[1], line)
        elif _MEASURES.match(text):
            self.in_measures = True
        elif self.untitled:
            self.open[0].title, self.untitled = text, False
        elif self.open and not self.in_measures:
            self._within(text, line, at)

    def _area(self, number: str, line: Line) -> None:
        """Begin an area; below the heading of its measures its name stands once more."""
        if self.in_measures and self.open and self.open[0].ref == number:
            return
        area = PlanNode(number, "area", "", self._place(line))
        if any(one.ref == number for one in self.plan.areas):
            self._remark("number twice", line, f"area {number} begins a second time")
        self.plan.areas.append(area)
        self.open, self.untitled, self.in_measures = [area], True, False

    def _within(self, text: str, line: Line, at: int) -> None:
        for pattern, level in self.LABELS:
            if found := pattern.match(text):
                self._numbered(found[1], found[2], level, line)
                return
        lettered = _LETTER.match(text)
        if lettered and len(self.open) > LEVELS.index("action"):
            self._lettered(lettered[1], lettered[2], at)
        elif len(self.open) > LEVELS.index("action"):
            self.open[-1].details.append(text.removeprefix("- "))
            self._mentions(self.open[-1], text, line)

    def _numbered(self, ref: str, title: str, level: Level, line: Line) -> None:
        depth = LEVELS.index(level)
        above = self._above(ref, depth, line)
        if above is None:
            return
        again = next((one for one in above.children if one.ref == ref), None)
        if again and level == "priority":
            self._compare(again, title, line)
            self.open = [self.open[0], again]
            return
        if again:
            first = again.place.line
            self._remark("number twice", line, f"{ref} is the number of an action on line {first} already")
        self._in_order(above, ref, line)
        self._add(PlanNode(ref, level, title, self._place(line)), above, line)

    def _above(self, ref: str, depth: int, line: Line) -> PlanNode | None:
        """The piece a number belongs below: the one its number names, else the one that is open."""
        parent = ref.rpartition(".")[0]
        open_one = self.open[depth - 1] if len(self.open) >= depth else None
        if open_one and open_one.ref == parent:
            self.open = self.open[:depth]
            return open_one
        named = [
            one for one in self.open[0].walk() if one.ref == parent and LEVELS.index(one.level) == depth - 1
        ]
        under = f"below {open_one.ref}" if open_one else "below nothing"
        self._remark("number out of place", line, f"{ref} stands {under}, which its number does not name")
        if named:
            self.open = [self.open[0], named[0]][:depth]
        return named[0] if named else open_one

    def _in_order(self, above: PlanNode, ref: str, line: Line) -> None:
        last = int(above.children[-1].ref.rpartition(".")[2]) if above.children else 0
        if int(ref.rpartition(".")[2]) != last + 1:
            wanted = f"{above.ref}.{last + 1}"
            self._remark("number out of order", line, f"{ref} stands where {wanted} was expected")

    def _lettered(self, letter: str, title: str, at: int) -> None:
        """Add a task, or a sub-task where the letter is a Roman number that starts or continues a list of its own."""
        action, line = self.open[2], self.lines[at]
        depth = 4 if self._is_sub_task(letter, at) else 3
        self.open = self.open[:depth]
        above = self.open[-1]
        labels = _ROMAN if depth == 4 else tuple("abcdefghijklmnopqrstuvwxyz")
        self._letter_in_order(action, above, letter, labels, line)
        ref = f"{above.ref}({letter})" if depth == 4 else f"{action.ref}{letter}"
        self._add(PlanNode(ref, LEVELS[depth], title, self._place(line)), above, line)

    def _is_sub_task(self, letter: str, at: int) -> bool:
        """Whether i) is the Roman one: only if ii) comes next, or the list it continues is open."""
        if len(self.open) == 5 and letter in _ROMAN:
            return self.open[3].children[-1].ref.endswith(f"({_ROMAN[_ROMAN.index(letter) - 1]})")
        if letter != "i" or len(self.open) != 4:
            return False
        below = (self.lines[place] for place in range(at + 1, len(self.lines)))
        after = next((found[1] for one in below if (found := _LETTER.match(one.plain))), "")
        return after == "ii"

    def _letter_in_order(
        self, action: PlanNode, above: PlanNode, letter: str, labels: tuple[str, ...], line: Line
    ) -> None:
        used = [_label(child) for child in above.children]
        wanted = labels[labels.index(used[-1]) + 1] if used else labels[0]
        if letter == wanted:
            return
        if letter in used:
            first = above.children[used.index(letter)].place.line
            told = f"{action.ref} has a task {letter}) on line {first} already; {wanted}) was expected here"
            self._remark("letter twice", line, told)
        else:
            self._remark(
                "letter out of order", line, f"{action.ref}: {letter}) stands where {wanted}) was expected"
            )

    def _add(self, node: PlanNode, above: PlanNode, line: Line) -> None:
        above.children.append(node)
        self.open.append(node)
        self._mentions(node, node.title, line)

    def _compare(self, first: PlanNode, title: str, line: Line) -> None:
        if _bare(first.title) != _bare(title):
            told = f"the title of {first.ref} differs from the one on line {first.place.line}: '{title}'"
            self._remark("two titles", line, told)

    def _mentions(self, node: PlanNode, text: str, line: Line) -> None:
        node.links += [Link("mentions", ref, self._place(line)) for ref in _MENTION.findall(text)]

    def _place(self, line: Line) -> Place:
        return Place(self.file, line.number)

    def _remark(self, about: str, line: Line, text: str) -> None:
        self.plan.remarks.append(Remark(about, self._place(line), text))


def _label(node: PlanNode) -> str:
    """The letter or Roman number at the end of a reference."""
    return node.ref.rpartition("(")[2].rstrip(")") if node.ref.endswith(")") else node.ref[-1]


def _bare(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().casefold()
