"""Defects of a draft before it is published: what repeats, points wrong, is empty, or cannot be at its time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.resources import files

from muster.model.words import date_in_words
from muster.performance.counts_told import count_defects
from muster.performance.draft import Draft, Number, Section, dates_in
from muster.performance.lights import Light
from muster.performance.measure_tables import read_measures
from muster.performance.measures import Remark
from muster.performance.milestones import read_milestones
from muster.performance.plan_text import read_plan
from muster.performance.texts import Line

_LONG_ENOUGH, _LONG = 60, 200  # characters; shorter paragraphs repeat for good reasons
_IS_LABEL = re.compile(r"^(?:- )?\d+\.\d|:$")  # a numbered heading, or the start of a list
_WORD = re.compile(r"[a-z]{3,}")
_SAID_EVERYWHERE = frozenset(
    {"the", "and", "for", "progress", "against", "appendix", "are", "has", "have", "been", "this"}
)
_MENTION = re.compile(r"\bAppendi(?:x|ces)\s+(\d+)", re.I)
_SECTION = re.compile(r"\b(?:section|paragraph)\s+(\d+(?:\.\d+)+)\b", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FUTURE = re.compile(
    r"\b(?:will|shall|anticipate|anticipates|expect|expects|expected to|(?:is|are) (?:due|planned|to be)|plans? to)\b",
    re.I,
)
_PAST = re.compile(r"\b(?:was|were|had|has been|have been|agreed|received|submitted|met)\b", re.I)


def faulty_draft() -> str:
    """An invented report with a defect of each kind but numbers out of order, to see what is found."""
    return (files("muster.performance") / "faulty_draft.txt").read_text(encoding="utf-8")


def defects_of(draft: Draft) -> list[Remark]:
    """Every defect of a draft, in the order of its lines."""
    found = [remark for detector in DETECTORS for remark in detector(draft)]
    return sorted(found, key=lambda one: (one.place.line, one.about))


def repeated_paragraphs(draft: Draft) -> Iterator[Remark]:
    """A paragraph that was there before, whatever its blanks and punctuation."""
    found: dict[str, list[Line]] = {}
    for line in (line for section in draft.sections for line in section.paragraphs):
        bare = re.sub(r"[^a-z0-9]+", "", line.plain.lower())
        if len(bare) >= _LONG_ENOUGH and not _IS_LABEL.search(line.plain):
            found.setdefault(bare, []).append(line)
    for bare, lines in found.items():
        if len(lines) > 2 and len(bare) < _LONG:
            continue  # a standing phrase, such as one that opens every chapter
        for again in lines[1:]:
            told = f"this paragraph is on line {lines[0].number} already: '{_start(again.plain)}'"
            yield draft.remark("repeated paragraph", again.number, told)


def repeated_and_missing_headings(draft: Draft) -> Iterator[Remark]:
    """A section number that occurs twice, and a section whose own heading is missing above its parts."""
    first: dict[Number, Section] = {}
    for section in draft.sections[1:]:
        if section.number in first:
            told = f"section {section.written} is on line {first[section.number].line} already"
            yield draft.remark("section twice", section.line, told)
        first.setdefault(section.number, section)
        if lost := _lost_above(draft, section):
            told = f"{section.written} comes without section {lost}, whose heading is missing"
            yield draft.remark("missing heading", section.line, told)


def empty_sections(draft: Draft) -> Iterator[Remark]:
    """A section without text, tables or parts of its own.

    Where the heading after it is lost, the text below it may belong to that: it is empty if that text does not share a
    word with its title.
    """
    for place, section in enumerate(draft.sections[1:], start=2):
        after = draft.sections[place] if place < len(draft.sections) else None
        has_parts = (
            after is not None and after.number[: len(section.number)] == section.number != after.number
        )
        if has_parts:
            continue
        if not section.paragraphs and not section.rows:
            told = f"section {section.written} '{section.title}' is empty"
            yield draft.remark("empty section", section.line, told)
        elif after and (lost := _lost_above(draft, after)) and not _speaks_of(section):
            told = f"section {section.written} '{section.title}' is empty: the text below it is of section {lost}"
            yield draft.remark("empty section", section.line, f"{told}, whose heading is missing")


def wrong_references(draft: Draft) -> Iterator[Remark]:
    """A mention of an appendix that does not exist or is about something else, or of a section that does not exist."""
    numbers = {section.number for section in draft.sections}
    for section in draft.sections:
        for line in section.paragraphs:
            for mentioned in _MENTION.findall(line.plain) if draft.appendices else ():
                if told := _wrong_appendix(draft, section, line.plain, int(mentioned)):
                    yield draft.remark("wrong cross-reference", line.number, told)
            for written in _SECTION.findall(line.plain):
                if tuple(map(int, written.split("."))) not in numbers and len(numbers) > 1:
                    told = f"section {written} is mentioned and does not exist"
                    yield draft.remark("wrong cross-reference", line.number, told)


def wrong_times(draft: Draft) -> Iterator[Remark]:
    """A day that no calendar has, and one before the draft's own day that is spoken of as still to come."""
    for section in draft.sections:
        for line in section.paragraphs:
            for sentence in _SENTENCE.split(line.plain):
                for told in _wrong_times_in(sentence, draft):
                    yield draft.remark("impossible date", line.number, told)


def missing_entries(draft: Draft) -> Iterator[Remark]:
    """A milestone or an indicator without a light or a value, and a red one without commentary."""
    for one in read_milestones(draft.lines, draft.file).all:
        if one.light is None:
            yield draft.remark("missing entry", one.place.line, f"no light for '{one.title}'")
        elif one.light is Light.RED and not one.comment:
            yield draft.remark("missing entry", one.place.line, f"'{one.title}' is red and has no commentary")
    for row in read_measures(draft.lines, draft.file).rows:
        name, line = row.measure.name, row.measure.place.line
        if row.has_light and row.light is None:
            yield draft.remark("missing entry", line, f"no light for '{name}'")
        elif row.light in (Light.RED, Light.GREY) and not row.comment:
            yield draft.remark("missing entry", line, f"'{name}' is {row.light} and has no commentary")


def odd_numbering(draft: Draft) -> Iterator[Remark]:
    """Letters of tasks and numbers of actions that occur twice or out of order."""
    for remark in read_plan(draft.lines, draft.file).remarks:
        if remark.about.startswith(("letter", "number")):
            yield remark


Detector = Callable[[Draft], Iterator[Remark]]
DETECTORS: tuple[Detector, ...] = (
    repeated_paragraphs, repeated_and_missing_headings, empty_sections, wrong_references, wrong_times, missing_entries,
    odd_numbering, count_defects,
)  # fmt: skip


def _start(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:67]}..."


def _lost_above(draft: Draft, section: Section) -> str:
    """The number of the section that should stand above a part, as its neighbours are written; '' where it does."""
    if len(section.number) != 2:
        return ""
    above = section.number[:1]
    known = any(one.number[:1] == above and one.line < section.line for one in draft.sections[1:])
    with_headings = any(len(one.number) == 1 for one in draft.sections[1:])
    return f"{above[0]}.0" if with_headings and not known else ""


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _SAID_EVERYWHERE


def _speaks_of(section: Section) -> bool:
    """Whether the text of a section shares a word with its title."""
    said = [*section.paragraphs, *section.rows]
    return any(_words(section.title) & _words(line.plain) for line in said)


def _wrong_appendix(draft: Draft, section: Section, text: str, mentioned: int) -> str:
    """What is wrong with the mention of an appendix; its title must fit the section no worse than another's."""
    if mentioned not in draft.appendices:
        return f"appendix {mentioned} is mentioned and does not exist"
    fits = {number: _fit(section, text, title) for number, title in draft.appendices.items()}
    best = max(fits, key=lambda number: (fits[number], number == mentioned))
    if fits[best] <= fits[mentioned]:
        return ""
    said = f"appendix {mentioned} is mentioned, which is '{draft.appendices[mentioned]}'"
    return f"{said}; appendix {best} is '{draft.appendices[best]}'"


def _fit(section: Section, text: str, title: str) -> tuple[int, int]:
    """How many words a title shares with a section's own title, then with the text."""
    return len(_words(title) & _words(section.title)), len(_words(title) & _words(text))


def _wrong_times_in(sentence: str, draft: Draft) -> Iterator[str]:
    for one in dates_in(sentence):
        if one.last is None:
            yield f"there is no day '{one.written}'"
        elif draft.day and one.last < draft.day and _is_to_come(sentence, one.at):
            told = f"'{one.written}' lies before {date_in_words(draft.day)} and is spoken of as still to come"
            yield f"{told}: '{_start(sentence)}'"


def _is_to_come(sentence: str, at: int) -> bool:
    """Whether a date in a sentence is that of something still to come: no past verb before it, or a future one."""
    before = sentence[:at]
    return bool(_FUTURE.search(before)) or (bool(_FUTURE.search(sentence)) and not _PAST.search(before))
