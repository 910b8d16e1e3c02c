"""Read a table of money over several years, with totals along and down, and hold every total to its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from muster.performance.amounts import NoAmount, read_amount
from muster.performance.headings import year_in
from muster.performance.measures import Place, Remark
from muster.performance.texts import Line

_TOTAL = "total"


@dataclass(frozen=True)
class MoneyRow:
    """What one recommendation costs, saves or brings in each year, and the total written beside it."""

    ref: str
    years: Mapping[str, Decimal]
    total: Decimal | None
    line: int


@dataclass
class MoneyBlock:
    """One block of a table, such as the savings: its rows and the total written below them."""

    name: str
    rows: list[MoneyRow] = field(default_factory=list)
    total: Decimal | None = None
    line: int = 0

    @property
    def sum(self) -> Decimal:
        """What its rows add up to."""
        return sum((number for row in self.rows for number in row.years.values()), Decimal(0))


@dataclass
class MoneyTable:
    """The blocks of one table by name, and every total that is not the sum of its parts."""

    blocks: dict[str, MoneyBlock] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def read_money(lines: Sequence[Line], file: str) -> MoneyTable:
    """The first table of a text whose headings are years and totals; the row above them names its blocks."""
    table = MoneyTable()
    for place, line in enumerate(lines):
        if not (line.is_row and line.cells[0] and sum(cell.lower() == _TOTAL for cell in line.cells)):
            continue
        columns = _columns(line.cells, lines[place - 1].cells if place else ())
        table.blocks = {
            name: MoneyBlock(name) for name in dict.fromkeys(block for block, _ in columns.values())
        }
        for below in lines[place + 1 :]:
            if not below.is_row:
                break
            _take(table, below, columns, file)
        table.remarks += _checked(table, file)
        break
    return table


Columns = Mapping[int, tuple[str, str]]


def _columns(headings: Sequence[str], above: Sequence[str]) -> Columns:
    """The block and the year (or 'total') of each column; a block ends with its total."""
    names = iter([cell for cell in above if cell])
    found: dict[int, tuple[str, str]] = {}
    name = next(names, "")
    for column, heading in enumerate(headings[1:], start=1):
        if year_in(heading):
            found[column] = (name, heading)
        elif heading.lower() == _TOTAL:
            found[column] = (name, _TOTAL)
            name = next(names, "")
    return found


def _take(table: MoneyTable, line: Line, columns: Columns, file: str) -> None:
    """Take in a row: that of a recommendation, or the one with the totals of the blocks."""
    if line.cells[0].lower().startswith(_TOTAL):
        totals = [number for cell in line.cells if (number := _number(cell)) is not None]
        for block, total in zip(table.blocks.values(), totals, strict=False):
            block.total, block.line = total, line.number
        return
    held: dict[str, dict[str, Decimal]] = {name: {} for name in table.blocks}
    for column, (name, year) in columns.items():
        cell = line.cells[column] if column < len(line.cells) else ""
        number = _number(cell)
        if number is not None:
            held[name][year] = number
        elif cell:
            table.remarks.append(
                Remark("bad value", Place(file, line.number, f"{name} {year}"), f"'{cell}' is no amount")
            )
    for name, years in held.items():
        own = {year: number for year, number in years.items() if year != _TOTAL}
        if years:
            table.blocks[name].rows.append(MoneyRow(line.cells[0], own, years.get(_TOTAL), line.number))


def _checked(table: MoneyTable, file: str) -> Iterator[Remark]:
    for block in table.blocks.values():
        for row in block.rows:
            parts = sum(row.years.values(), Decimal(0))
            if row.total is not None and row.total != parts:
                told = f"{block.name}, {row.ref}: the years add up to {parts}, the total says {row.total}"
                yield Remark("total differs", Place(file, row.line, block.name), told)
        if block.total is not None and block.total != block.sum:
            told = f"{block.name}: the rows add up to {block.sum}, the total says {block.total}"
            yield Remark("total differs", Place(file, block.line, block.name), told)


def _number(cell: str) -> Decimal | None:
    try:
        return read_amount(cell).number
    except NoAmount:
        return None
