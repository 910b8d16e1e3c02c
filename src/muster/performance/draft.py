"""A draft of a report as its reader sees it: numbered sections with their text and tables, appendices, and its day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from muster.performance.measures import Place, Remark
from muster.performance.texts import Line

_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,2})\.?\s+([A-Z]\S*(?:\s+\S+){0,9})$")
_APPENDIX = re.compile(r"^Appendix\s+(\d+)\s*[-–:]\s*(\S.*)$", re.I)
_PERIOD = re.compile(r"^(?:period|date|as at)\s*:", re.I)
_THIS_MONTH = re.compile(r"this month\s*\(\s*([a-z]{3,9})\.?\s+(\d{4}|\d{2})\s*\)", re.I)
_MONTHS = [name.lower() for name in calendar.month_abbr]
MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(rf"(?:\b(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?\s+)?\b{MONTH}\s+(?P<year>\d{{4}})\b", re.I)

Number = tuple[int, ...]


@dataclass
class Section:
    """One section: its number as written and as figures (5.0 is section 5), its title, its paragraphs and rows."""

    written: str
    number: Number
    title: str
    line: int
    paragraphs: list[Line] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)


@dataclass
class Draft:
    """A draft with its sections in order; ``day`` is the day it speaks from, None where it names none."""

    file: str
    lines: Sequence[Line]
    sections: list[Section] = field(default_factory=list)
    appendices: dict[int, str] = field(default_factory=dict)
    day: date | None = None

    def remark(self, about: str, line: int, text: str) -> Remark:
        """A remark on one of its lines."""
        return Remark(about, Place(self.file, line), text)


def read_draft(lines: Sequence[Line], file: str, *, day: date | None = None) -> Draft:
    """The sections of a draft; its day is the one given, else the end of its period, else the month it calls this."""
    draft = Draft(file, lines, [Section("", (), "", 1)], day=day or _day_in(lines))
    for line in lines:
        _take(draft, line)
    return draft


@dataclass(frozen=True)
class Dated:
    """A date within a text: where it begins, its first and last day, or why there is no such day."""

    at: int
    first: date | None
    last: date | None
    written: str


def dates_in(text: str) -> Iterator[Dated]:
    """Every date of a text that names its year, days and whole months alike."""
    for found in _DAY.finditer(text):
        year, month = int(found["year"]), _MONTHS.index(found["month"].lower())
        length = calendar.monthrange(year, month)[1]
        day = int(found["day"]) if found["day"] else 0
        if day > length or found["day"] == "0":
            yield Dated(found.start(), None, None, found[0])
        else:
            yield Dated(
                found.start(), date(year, month, day or 1), date(year, month, day or length), found[0]
            )


def _take(draft: Draft, line: Line) -> None:
    text = line.plain
    if line.is_row:
        draft.sections[-1].rows.append(line)
    elif listed := _APPENDIX.match(text):
        draft.appendices[int(listed[1])] = listed[2]
    elif (found := _NUMBERED.match(text)) and text[-1] not in ".;,:":
        number = tuple(int(part) for part in found[1].split("."))
        while len(number) > 1 and number[-1] == 0:
            number = number[:-1]
        draft.sections.append(Section(found[1], number, found[2], line.number))
    elif text:
        draft.sections[-1].paragraphs.append(line)


def _day_in(lines: Sequence[Line]) -> date | None:
    for line in lines:
        if _PERIOD.match(line.plain):
            ends = [one.last for one in dates_in(line.plain) if one.last]
            if ends:
                return ends[-1]
        if found := _THIS_MONTH.search(line.plain):
            year = int(found[2]) + (2000 if len(found[2]) == 2 else 0)
            return date(year, _MONTHS.index(found[1][:3].lower()), 1)
    return None
