"""A collection's message as something that can be looked up fast while walking a file.

Every element becomes a *step* in a dictionary from the names that may stand within its parent: a plain number
where the element's text fills that column of the row around it, which is by far the commonest case and
costs one look-up; otherwise one of the small classes below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from sys import intern

from muster.model import CatalogueError, Collection, Element, Rows


class Buffer:
    """The rows of one table while they are read, cell after cell in one flat list.

    A new row is one list extension and a cell one assignment; a column is a slice with a stride.
    """

    def __init__(self, collection: Collection, table: str) -> None:
        self.table = table
        self.items = tuple(collection.tables[table].items)
        self.key_names = collection.key_columns(table)
        self.blank: list[str | None] = [None] * len(self.items)
        self.count = 0
        self.cells: list[str | None] = []
        self.keys: list[int | None] = []
        self.lines: list[int | None] = []
        self._shared = 0

    def share(self) -> None:
        """Hold equal texts once: codes and dates come again and again, and a large file has millions."""
        new = self.cells[self._shared :]
        self.cells[self._shared :] = [intern(text) if text else text for text in new]
        self._shared = len(self.cells)

    def rows(self) -> Rows:
        """The rows read so far; an element that was given but empty counts as not given."""
        wide, deep = len(self.items), len(self.key_names)
        keys = {name: self.keys[at::deep] for at, name in enumerate(self.key_names)}
        text = {name: _not_empty(self.cells[at::wide]) for at, name in enumerate(self.items)}
        return Rows(self.table, keys, text, list(self.lines))

    def clear(self) -> None:
        """Forget the rows but not how many there were, so that keys stay unique."""
        self.cells.clear()
        self._shared = 0
        self.keys.clear()
        self.lines.clear()


@dataclass(slots=True)
class RowStep:
    """Each occurrence is a row; ``gap`` fills the keys of records it may but here does not lie within.

    ``outside`` counts the records around it, nearest first, that its table knows nothing of; ``blank`` is a new
    row before anything is read into it.
    """

    buffer: Buffer
    gap: tuple[None, ...]
    blank: list[str | None]
    steps: dict[str, Step] = field(default_factory=dict)
    outside: int = 0


@dataclass(slots=True)
class ValueRowStep:
    """Each occurrence is a row whose one value is its own text."""

    row: RowStep
    slot: int


@dataclass(slots=True)
class CompanionStep:
    """Fills a column of the one row that accompanies the row around it, made when there is something to fill."""

    row: RowStep
    slot: int


@dataclass(slots=True)
class ContainerStep:
    """Holds other elements and is no row itself."""

    steps: dict[str, Step] = field(default_factory=dict)


@dataclass(slots=True)
class SuccessiveStep:
    """First, second, … occurrence fill columns of their own."""

    slots: tuple[int, ...]


@dataclass(slots=True)
class KeptStep:
    """Is kept as it stands and not looked into."""


@dataclass(slots=True)
class OtherYearStep:
    """An element that is not part of the return's year; it is read as ``step`` says, with a notice."""

    step: PlainStep
    years: str


PlainStep = int | RowStep | ValueRowStep | CompanionStep | ContainerStep | SuccessiveStep | KeptStep
Step = PlainStep | OtherYearStep
Steps = dict[str, Step]


@dataclass
class Plan:
    """The whole message of one collection year, bound to empty buffers."""

    root: RowStep
    buffers: Mapping[str, Buffer]


def make_plan(collection: Collection, year: int) -> Plan:
    """Prepare the message for reading one return of that year."""
    root = collection.message
    if root.table is None:
        raise CatalogueError(f"{collection.name}: the outermost element {root.name} has to be a row")
    buffers = {name: Buffer(collection, name) for name in collection.tables}
    maker = _Maker(buffers, year)
    step = RowStep(buffers[root.table], (), buffers[root.table].blank)
    step.steps = maker.steps(root, step.buffer, step.buffer.key_names)
    return Plan(step, buffers)


class _Maker:
    def __init__(self, buffers: Mapping[str, Buffer], year: int) -> None:
        self._buffers = buffers
        self._year = year

    def steps(self, element: Element, around: Buffer, keys: tuple[str, ...]) -> Steps:
        steps: Steps = {}
        for child in element.children:
            step = self._step(child, around, keys)
            for name in child.names:
                if self._year not in child.years:
                    steps.setdefault(name, OtherYearStep(step, str(child.years)))
                else:
                    steps[name] = step
        return steps

    def _step(self, element: Element, around: Buffer, keys: tuple[str, ...]) -> PlainStep:
        if element.kept_whole:
            return KeptStep()
        if element.table is not None:
            return self._row(element, self._buffers[element.table], keys)
        if element.children:
            return ContainerStep(self.steps(element, around, keys))
        if len(element.items) == 1 and "." in element.items[0]:
            return self._companion(element.items[0], keys)
        slots = tuple(around.items.index(item) for item in element.items)
        if not slots:
            return ContainerStep()
        return slots[0] if len(slots) == 1 else SuccessiveStep(slots)

    def _row(self, element: Element, buffer: Buffer, keys: tuple[str, ...]) -> RowStep | ValueRowStep:
        row = _row_within(buffer, keys, element.name)
        if element.sets:
            row.blank = [element.sets.get(item) for item in buffer.items]
        row.steps = self.steps(element, buffer, buffer.key_names)
        return ValueRowStep(row, buffer.items.index(element.items[0])) if element.items else row

    def _companion(self, item: str, keys: tuple[str, ...]) -> CompanionStep:
        table, _, name = item.partition(".")
        buffer = self._buffers[table]
        return CompanionStep(_row_within(buffer, keys, item), buffer.items.index(name))


def _row_within(buffer: Buffer, keys: tuple[str, ...], element: str) -> RowStep:
    """A step for rows of a table below the nearest record around them that the table knows of."""
    outside = next((n for n, key in enumerate(keys) if key in buffer.key_names[1:]), len(keys))
    known = keys[outside:]
    missing = len(buffer.key_names) - 1 - len(known)
    if not known or buffer.key_names[1 + missing :] != known:
        what = f"a row of {buffer.table} cannot lie within one of {keys[0]}"
        raise CatalogueError(f"element {element}: {what}")
    return RowStep(buffer, (None,) * missing, buffer.blank, outside=outside)


def _not_empty(column: list[str | None]) -> list[str | None]:
    return [text or None for text in column] if "" in column else column
