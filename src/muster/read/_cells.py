"""Read one column's cells as values of its item: as the official file would hold them, or as they came."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from muster.model import CodeSet, Item
from muster.read.mapping import Column
from muster.read.values import (
    boolean_text,
    date_text,
    datetime_text,
    fold,
    has_two_digit_year,
    identifier_text,
    is_suppressed,
    plain,
    read_number,
    whole_text,
)

_REMEMBERED = 20_000  # different texts of a column whose reading is kept, so that repeated ones cost nothing
_YEARS_AHEAD = 10  # a two-digit year lies at most so many years after the collection year
_FACTORS = {"hundredths": Decimal("0.01"), "pence": Decimal("0.01"), "monthly": Decimal(12)}


class Reading(NamedTuple):
    """What became of a text: the canonical text, None where there is no value, and what to say of it."""

    text: str | None
    suppressed: bool = False
    fits: bool = True
    zeros_restored: bool = False
    two_digit_year: bool = False


NOTHING = Reading(None)


@dataclass
class CellReader:
    """Reads the texts of one column.  Words are the supplier's own for codes, folded."""

    column: Column
    item: Item
    year: int
    code_set: CodeSet | None = None
    words: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, Reading] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._codes = code_words(self.code_set, self.words, year=self.year) if self.code_set else {}
        self._typed = self._reader_of_type()

    def read(self, raw: str) -> Reading:
        """What a cell says."""
        found = self._seen.get(raw)
        if found is None:
            found = self._read(raw or self.column.default)
            if len(self._seen) < _REMEMBERED:
                self._seen[raw] = found
        return found

    def _read(self, raw: str) -> Reading:
        text = " ".join(raw.split())
        if not text or text in self.column.empty:
            return NOTHING
        code = self._code(text)
        if code is not None:
            return Reading(code)
        if is_suppressed(text, free_text=self._is_free_text):
            return Reading(None, suppressed=True)
        if self.code_set is not None:
            return Reading(text, fits=False)
        return self._typed(text)

    @property
    def _is_free_text(self) -> bool:
        return self.item.type == "text" and not self.code_set and not self._is_identifier

    @property
    def _is_identifier(self) -> bool:
        return bool(self.item.pattern) or self.item.name.endswith("_number")

    def _code(self, text: str) -> str | None:
        if self.code_set is None:
            return None
        folded = fold(text)
        code = self._codes.get(folded) or (self._codes.get(folded.lstrip("0")) if folded.isdigit() else None)
        if code is None and self.code_set.pattern:
            code = _of_pattern(text, self.code_set.pattern)
        return code

    def _reader_of_type(self) -> Callable[[str], Reading]:
        if self.item.type in ("number", "whole"):
            return self._number
        if self.item.type in ("date", "datetime"):
            return self._date
        if self.item.type == "boolean":
            return lambda text: _fitting(boolean_text(text), text)
        if self._is_identifier:
            return self._identifier
        return Reading

    def _number(self, text: str) -> Reading:
        if not self.column.unit:
            if self.item.type == "whole":
                return _fitting(whole_text(text), text)
            number = read_number(text)
        else:
            number = self._converted(text)
        if number is None:
            return Reading(text, fits=False)
        return Reading(plain(number, self.item.decimals if self.item.type == "number" else None))

    def _converted(self, text: str) -> Decimal | None:
        number = read_number(text)
        if number is None:
            return None
        if self.column.unit == "fte":
            return number * Decimal(self.column.full_time)
        return number * _FACTORS[self.column.unit]

    def _date(self, text: str) -> Reading:
        latest = self.year + _YEARS_AHEAD
        if self.item.type == "datetime":
            return _fitting(datetime_text(text, latest_year=latest), text)
        day = date_text(text, latest_year=latest, form=self.column.form)
        return _fitting(day, text)._replace(two_digit_year=day is not None and has_two_digit_year(text))

    def _identifier(self, text: str) -> Reading:
        if self.item.pattern and re.fullmatch(self.item.pattern, text):
            return Reading(text)
        compact, restored = identifier_text(text, self.item.pattern)
        return Reading(compact or text, zeros_restored=restored)


def code_words(code_set: CodeSet, words: dict[str, str], *, year: int) -> dict[str, str]:
    """Every folded text that means a code: codes win over the supplier's words, and those over titles.

    A code beside its title ("TCHR - Classroom teacher") is understood; a title two codes share is not.
    """
    # A set with no code in the year is of an item read only to work out another: any year's code will do.
    codes = code_set.in_force(year) or {code.code: code for code in code_set.codes}
    titles: dict[str, set[str]] = {}
    for code in codes.values():
        for text in (code.title, code.code + code.title, code.title + code.code):
            titles.setdefault(fold(text), set()).add(code.code)
    known = {text: held.pop() for text, held in titles.items() if len(held) == 1}
    known.update(words)
    known.update({fold(code): code for code in codes})
    return known


def _of_pattern(text: str, pattern: str) -> str | None:
    compiled = re.compile(pattern)
    return next((form for form in (text, text.upper()) if compiled.fullmatch(form)), None)


def _fitting(canonical: str | None, text: str) -> Reading:
    return Reading(text, fits=False) if canonical is None else Reading(canonical)
