"""Walks the elements of a file along the plan of its collection and fills the rows.

The loop in ``Walker.walk`` runs once per element of the file and is kept bare; whatever is unusual leaves it.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from muster.model import Kept
from muster.read._xml_complaints import Complaints, local_name, path_of
from muster.read._xml_lines import LAST_STORED_LINE, XmlElement, line_of
from muster.read._xml_plan import (
    Buffer,
    CompanionStep,
    ContainerStep,
    KeptStep,
    OtherYearStep,
    PlainStep,
    Plan,
    RowStep,
    Steps,
    SuccessiveStep,
    ValueRowStep,
)

Keys = tuple[int | None, ...]
# The row being filled: its table, its first cell there and its keys.  A plain tuple, as one is made per row.
Row = tuple[Buffer, int, Keys]


class Walker:
    """Fills the buffers of a plan from the elements of one file."""

    def __init__(self, plan: Plan, complaints: Complaints, *, keeps_unknown: bool = False) -> None:
        self._plan = plan
        self._complaints = complaints
        self._keeps_unknown = keeps_unknown
        self.kept: list[Kept] = []
        # Cells filled by an element of another year: one of the return's own year takes their place.
        self._other_year: set[tuple[str, int]] = set()
        self._companions: dict[tuple[str, int | None, str], Row] = {}
        self._root: Row | None = None

    def sweep(self, root: XmlElement, *, final: bool, attributes: bool) -> bool:
        """Read what is complete below a root that is still growing and cut it off; whether anything was."""
        if self._root is None:
            self._root = self._start(root)
        done = self._sweep(root, self._plan.root.steps, final=final, attributes=attributes)
        if final:
            self._check_text(root)
        self._companions.clear()
        root_table = self._plan.root.buffer.table
        self._other_year = {cell for cell in self._other_year if cell[0] == root_table}
        return done

    def _start(self, root: XmlElement) -> Row:
        self._complaints.own_attributes(root)
        if "}" in root.tag:
            self._complaints.namespace(root)
        return new_row(root, self._plan.root, ())

    def _sweep(self, element: XmlElement, steps: Steps, *, final: bool, attributes: bool) -> bool:
        assert self._root is not None
        done = element[:]
        last = done.pop() if done and not final else None
        if attributes:
            for child in done:
                self._complaints.attributes(child)
        self.walk(done, steps, row=self._root)
        del element[: len(done)]
        step = steps.get(last.tag) if last is not None else None
        if last is not None and type(step) is ContainerStep:
            return self._sweep(last, step.steps, final=False, attributes=attributes) or bool(done)
        return bool(done)

    def walk(self, children: Iterable[XmlElement], steps: Steps, *, row: Row) -> None:
        """Read the children of one element into a row."""
        buffer, base, keys = row
        cells = buffer.cells
        for child in children:
            step = steps.get(child.tag)
            if type(step) is int:
                text = child.text
                if text and cells[base + step] is None and not len(child) and (text := text.strip()):
                    cells[base + step] = text
                else:
                    self._value(child, step, row=row)
            elif type(step) is ContainerStep:
                self.walk(child[:], step.steps, row=row)
                if (text := child.text) and not text.isspace():
                    self._complaints.stray(child, text)
            elif type(step) is RowStep:
                self.walk(child[:], step.steps, row=new_row(child, step, keys))
                if (text := child.text) and not text.isspace():
                    self._complaints.stray(child, text)
            elif type(step) is SuccessiveStep:
                self._value(child, _free_slot(step, row), row=row)
            else:
                self._unusual(child, steps, row=row)
            if (text := child.tail) and not text.isspace():
                self._complaints.stray_after(child, text)

    def _unusual(self, element: XmlElement, steps: Steps, *, row: Row) -> None:
        step = self._find(element, steps)
        if step is None:
            if self._keeps_unknown:
                self._keep(element, row)
            self._complaints.unknown(element, steps, kept=self._keeps_unknown)
        elif isinstance(step, OtherYearStep):
            self._complaints.other_year(element, step)
            self._read(element, step.step, row=row, other_year=True)
        else:
            self._read(element, step, row=row)

    def _keep(self, element: XmlElement, row: Row) -> None:
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        self.kept.append(Kept(row[0].table, row[2][0], path_of(element.getparent()), text))

    def _find(self, element: XmlElement, steps: Steps) -> PlainStep | OtherYearStep | None:
        tag = element.tag
        if tag not in steps and isinstance(tag, str) and "}" in tag:
            self._complaints.namespace(element)
            known = steps.get(local_name(element))
            if known is not None:
                steps[tag] = known  # the next one is found at once
        return steps.get(tag)

    def _read(self, element: XmlElement, step: PlainStep, *, row: Row, other_year: bool = False) -> None:
        if isinstance(step, int):
            self._value(element, step, row=row, other_year=other_year)
        elif isinstance(step, SuccessiveStep):
            self._value(element, _free_slot(step, row), row=row, other_year=other_year)
        elif isinstance(step, KeptStep):
            self._keep(element, row)
        elif isinstance(step, ValueRowStep):
            self._value(element, step.slot, row=new_row(element, step.row, row[2]))
        elif isinstance(step, CompanionStep):
            if len(element) or (element.text or "").strip():
                self._value(element, step.slot, row=self._companion(element, step.row, row))
        else:
            inner = new_row(element, step, row[2]) if isinstance(step, RowStep) else row
            self.walk(element[:], step.steps, row=inner)
            self._check_text(element)

    def _companion(self, element: XmlElement, step: RowStep, row: Row) -> Row:
        """The row that accompanies this one, the same for all its elements."""
        buffer, _, keys = row
        place = (buffer.table, keys[0], step.buffer.table)
        if place not in self._companions:
            self._companions[place] = new_row(element, step, keys)
        return self._companions[place]

    def _check_text(self, element: XmlElement) -> None:
        if (text := element.text) and not text.isspace():
            self._complaints.stray(element, text)

    def _value(self, element: XmlElement, slot: int, *, row: Row, other_year: bool = False) -> None:
        """Keep a value that may be empty, come a second time, hold elements or be of another year."""
        if len(element):
            self._complaints.nested(element)
        buffer, base, keys = row
        text = (element.text or "").strip()
        before = buffer.cells[base + slot]
        cell = (buffer.table, base + slot)
        if before is None:
            buffer.cells[base + slot] = text
            if other_year:
                self._other_year.add(cell)
            return
        yields = not before or (cell in self._other_year and not other_year)
        kept, dropped = (text, before) if yields else (before, text)
        buffer.cells[base + slot] = kept
        item = buffer.items[slot]
        self._complaints.duplicate(element, buffer, key=keys[0], item=item, kept=kept, dropped=dropped)


def new_row(element: XmlElement, step: RowStep, around: Keys) -> Row:
    """Add an empty row for an element within the records of the given keys."""
    buffer = step.buffer
    buffer.count = key = buffer.count + 1
    cells, keys = buffer.cells, (key, *step.gap, *around[step.outside :])
    base = len(cells)
    cells.extend(step.blank)
    buffer.keys.extend(keys)
    line = element.sourceline
    buffer.lines.append(line if line and line <= LAST_STORED_LINE else line_of(element))
    return buffer, base, keys


def _free_slot(step: SuccessiveStep, row: Row) -> int:
    cells, base = row[0].cells, row[1]
    for slot in step.slots:
        if cells[base + slot] is None:
            return slot
    return step.slots[-1]
