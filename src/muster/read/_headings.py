"""Find the row of headings below titles and notes, and make one name of each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from muster.read._csv_file import Line
from muster.read.values import date_text, fold, read_number

SEARCHED = 40  # rows within which the headings must stand
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class HeadingRow:
    """Where the headings stand (line, and how many rows from the top) and what they are."""

    line: int
    index: int
    headings: tuple[str, ...]


def find_headings(
    top: Sequence[Line], known: Collection[str], *, merged: Sequence[Merged] = ()
) -> HeadingRow | None:
    """The row of headings among the first rows, or None where all are empty.

    It is the row with most headings that some mapping knows (at least two); otherwise the first that is
    full and all words; otherwise the one with most words.
    """
    filled = [(index, line, cells) for index, (line, cells) in enumerate(top) if any(map(str.strip, cells))]
    if not filled:
        return None
    index, line, cells = (
        _most_known(filled, known) or _first_of_words(filled) or max(filled, key=_count_words)
    )
    return HeadingRow(line, index, _names(_composed(top, index, merged), width=len(cells)))


_Row = tuple[int, int, list[str]]


def _most_known(filled: list[_Row], known: Collection[str]) -> _Row | None:
    best = max(filled, key=lambda row: _count_known(row[2], known))
    return best if _count_known(best[2], known) >= 2 else None


def _count_known(cells: list[str], known: Collection[str]) -> int:
    return len({fold(cell) for cell in cells} & set(known))


def _first_of_words(filled: list[_Row]) -> _Row | None:
    fullest = max(sum(1 for cell in cells if cell.strip()) for _, _, cells in filled)
    for row in filled:
        words = [cell.strip() for cell in row[2] if cell.strip()]
        if len(words) >= max(2, fullest * 0.6) and all(_is_word(word) for word in words):
            return row
    return None


def _count_words(row: _Row) -> int:
    return sum(1 for cell in row[2] if _is_word(cell.strip()))


def _is_word(text: str) -> bool:
    return len(text) > 1 and read_number(text) is None and date_text(text, latest_year=2100) is None


def _composed(top: Sequence[Line], index: int, merged: Sequence[Merged]) -> list[str]:
    """The heading cells: an empty one takes the cell merged into it, a repeated one its group's title."""
    cells = [cell.strip() for cell in top[index][1]]
    above = {column: title for column, title in _titles_above(top, index, merged).items() if title}
    plain = [cell or above.get(n, ("", False))[0] for n, cell in enumerate(cells)]
    twice = {cell for cell in plain if cell and plain.count(cell) > 1}
    return [
        f"{above[n][0]} {cell}" if cell in twice and n in above and above[n][1] else cell
        for n, cell in enumerate(plain)
    ]


def _titles_above(top: Sequence[Line], index: int, merged: Sequence[Merged]) -> dict[int, tuple[str, bool]]:
    """For each column, the nearest merged title over it and whether it spans several columns."""
    titles: dict[int, tuple[str, bool]] = {}
    for (first_row, first), (last_row, last) in merged:
        if first_row > index or last_row < index - 1 or first_row >= len(top):
            continue
        row = top[first_row][1]
        title = row[first].strip() if first < len(row) else ""
        if title and (first_row < index or first == last):
            titles.update(dict.fromkeys(range(first, last + 1), (title, last > first)))
    return titles


def _names(cells: list[str], width: int) -> tuple[str, ...]:
    """Every column named once: a repeated heading gets a number, an empty one its letter."""
    names: list[str] = []
    met: Counter[str] = Counter()
    for n, cell in enumerate(cells[:width]):
        if not cell:
            names.append(f"column {column_letter(n)}")
            continue
        name, folded = " ".join(cell.split()), fold(cell)
        met[folded] += 1
        names.append(f"{name} ({met[folded]})" if met[folded] > 1 else name)
    while names and names[-1].startswith("column ") and not cells[len(names) - 1]:
        names.pop()
    return tuple(names)


def column_letter(index: int) -> str:
    """The letter a spreadsheet shows over a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
