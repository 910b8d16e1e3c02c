"""Doubts about a return: that its year is another, that two years changed places, or that it holds nothing."""

from __future__ import annotations

from muster.model import Collection, Notice, Return, Table
from muster.model.words import value_in_words
from muster.read.previous import INPUT, this_years


def year_doubts(collection: Collection, one: Return) -> list[Notice]:
    """What speaks against the year the settings gave; at most one notice, none where nothing does.

    Records are placed in time by the date that names them, such as the first day of an episode.
    """
    for last in collection.tables.values():
        if last.input == INPUT and last.name not in one.absent and _day(last):
            now, before = _latest(one, this_years(collection, last)), _latest(one, last)
            if now and before > now:
                return [_swapped(last, now, before)]
    return _other_year(collection, one)


def emptiness_doubts(collection: Collection, one: Return) -> list[Notice]:
    """A doubt about a return that holds its header and no record at all; none where it holds any."""
    given = (table for table in collection.tables.values() if table.parent and table.input is None)
    if any(len(one.tables[table.name]) for table in given):
        return []
    people = collection.tables.get(collection.person)
    said = f"The return holds no {people.record if people else 'record'}; nothing below its header was found."
    fix = "Export the return again; if there is truly nobody to report, explain."
    return [Notice("read.nothing_below_header", "query", said, fix)]


def _day(table: Table) -> str:
    """The date that names a record of the table, or ''."""
    named = [table.items[name] for name in table.natural_key[:1]]
    return next((item.name for item in named if item.type == "date"), "")


def _latest(one: Return, table: Table) -> str:
    """The latest such date, in ISO form; '' where there is none."""
    days = (text for text in one.tables[table.name].text[_day(table)] if text and _is_iso(text))
    return max(days, default="")


def _is_iso(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-"


def _swapped(last: Table, now: str, before: str) -> Notice:
    said = (
        f"{last.title} run to {value_in_words(before)}, this year's to {value_in_words(now)}: "
        "the two returns seem to have changed places."
    )
    return Notice(
        "read.years_swapped", "error", said, "Give this year's return first, last year's after --last-year."
    )


def _other_year(collection: Collection, one: Return) -> list[Notice]:
    """A doubt where the first table with dates has none in the collection year."""
    facts = collection.facts[one.year].constants
    start, end = str(facts.get("year_start", "")), str(facts.get("year_end", ""))
    table = next((t for t in collection.tables.values() if t.parent == collection.person and _day(t)), None)
    if table is None or not start or not (latest := _latest(one, table)):
        return []
    days = one.tables[table.name].text[_day(table)]
    if any(text and _is_iso(text) and start <= text <= end for text in days):
        return []
    year = f"{value_in_words(start)} to {value_in_words(end)}"
    said = f"No {table.record} begins in the collection year, {year}; the last begins on {value_in_words(latest)}."
    return [Notice("read.no_date_in_year", "error", said, "Check that the year is right (--year).")]
