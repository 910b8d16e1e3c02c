"""Guess a mapping for a file seen for the first time, written out for a person to correct."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from muster.model import Collection, Item
from muster.read._binding import where
from muster.read._cells import CellReader
from muster.read.mapping import Column, SourceMapping
from muster.read.mappings import load_mappings
from muster.read.sheets import Sheet, SheetRow
from muster.read.values import fold, read_number

_SAMPLE = 200  # rows whose values are looked at
_SHOWN = 3  # rows shown in the file
_LIKE = 0.82  # how alike two headings must be to be taken for one
# Guessing a return's own header or its counts from a staff list would only ever be wrong.
_NOT_GUESSED = frozenset({"returns", "occasional_teachers", "educational_psychologists", "agency_support"})
_REFERENCES = (
    "staffcode", "staffid", "employeenumber", "employeeref", "payrollno", "personref", "admissionn", "adno",
    "studentid", "pupilid", "reference",
)  # fmt: skip
# Values alone give these away.
_TELLING = (
    "members.ethnicity", "roles.role", "contracts.origin", "contracts.destination", "pupils.ethnicity",
    "pupils.language",
)  # fmt: skip
_MOSTLY = 2
_ABOUT_A_PERSON = ("former_names", "addresses")
_SCHOOLS = ("school", "estab", "establishment", "dfenumber", "laestab", "costcentre", "department")


_HOURS_IN_A_WEEK = 168  # more than that under hours per week is hundredths
_WORDS_LISTED = 30  # words without a code that are put up for translation


@dataclass(frozen=True)
class _Guess:
    """What a heading may hold (``options`` as the mapping writes them, beyond the item), and why that is thought."""

    place: str
    why: str
    options: str = ""

    @property
    def table(self) -> str:
        """The table of the item."""
        return self.place.partition(".")[0]

    def written(self) -> str:
        """The guess as the mapping says it."""
        return f'{{ item = "{self.place}"{self.options} }}' if self.options else f'"{self.place}"'


def draft_mapping(sheets: Sequence[Sheet], collection: Collection, *, name: str = "my_mapping") -> str:
    """The text of a mapping file for these sheets, with sample rows as comments.

    Names, numbers and free text in the samples are masked: a mapping is passed from hand to hand.
    """
    guesser = _Guesser(collection)
    lines = [
        f"# Guessed from {', '.join(dict.fromkeys(sheet.file.name for sheet in sheets))}. Check every line: see",
        "# docs/reference/mapping-format.md. Lines that begin with # are not read.",
        f'name    = "{name}"',
        'version = "1"',
        f'title   = "{name.replace("_", " ").capitalize()}"',
        f'source  = "{guesser.source(sheets)}"',
        "",
        "[recognise]",
        f"headings = [{', '.join(map(_quoted, sheets[0].headings[:3]))}]",
    ]
    for nth, sheet in enumerate(sheets, start=1):
        lines += ["", *guesser.sheet(sheet, f"sheet_{nth}")]
    lines += guesser.words(sheets)
    return "\n".join(lines) + "\n"


class _Guesser:
    """Guesses from what other suppliers call an item, from its title, and from the values below a heading."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.year = max(collection.years)
        self.mappings = load_mappings(collection)
        self.names = dict(_known_names(collection, self.mappings))

    def source(self, sheets: Iterable[Sheet]) -> str:
        """Whether the file looks like a payroll or a management information system."""
        places = {guess.place for sheet in sheets for guess in self._guesses(sheet, []).values()}
        return "payroll" if "payments.base_pay" in places and "members.ethnicity" not in places else "mis"

    def sheet(self, sheet: Sheet, name: str) -> Iterator[str]:
        """The lines that describe one sheet."""
        rows = list(islice(sheet.rows, _SAMPLE))
        guesses = self._guesses(sheet, rows)
        row = self._row(guesses.values())
        guesses = {index: guess for index, guess in guesses.items() if self._can_stand_on(row, guess)}
        person, school = _named(sheet, _REFERENCES), _named(sheet, _SCHOOLS)
        yield f"# {where(sheet)}, headings on row {sheet.heading_row}"
        yield f"[sheets.{name}]"
        yield f"title  = {_quoted(sheet.name)}"
        yield f'row    = "{row}"'
        yield f"person = {_quoted(person)}" if person else '# person = "the heading of the staff number"'
        yield f"school = {_quoted(school)}" if school else '# school = "the heading of the school"'
        yield ""
        yield f"[sheets.{name}.columns]"
        for index, heading in enumerate(sheet.headings):
            if heading not in (person, school):
                yield self._column(heading, guesses.get(index), _samples(rows, index))

    def words(self, sheets: Iterable[Sheet]) -> Iterator[str]:
        """The words of the file that stand for codes: those other suppliers use too, and those to be translated."""
        found: dict[str, dict[str, str]] = {}
        for sheet in sheets:
            rows = list(islice(sheet.rows, _SAMPLE))
            for index, guess in self._guesses(sheet, rows).items():
                for code_set, word, code in self._translated(
                    guess.place, _samples(rows, index, _WORDS_LISTED)
                ):
                    found.setdefault(code_set, {}).setdefault(word, code)
        for name, meanings in found.items():
            yield from (
                "",
                f"[codes.{name}]   # words for official codes; give each of those without one its code",
            )
            yield from (
                f'{"" if code else "# "}{_quoted(word)} = "{code}"' for word, code in meanings.items()
            )

    def _translated(self, place: str, words: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """The words that are neither codes nor official titles, with the code other suppliers mean by them."""
        reader = self._reader(place)
        plain = replace(reader, words={}, _seen={})
        for word in words if reader.code_set else ():
            if not plain.read(word).fits and reader.code_set:
                reading = reader.read(word)
                yield reader.code_set.name, word, (reading.text or "") if reading.fits else ""

    def _column(self, heading: str, guess: _Guess | None, samples: list[str]) -> str:
        masked = not guess or self._is_personal(guess.place)
        shown = ", ".join(_masked(text) if masked else text for text in samples) or "no values"
        if guess:
            return f"{_quoted(heading)} = {guess.written()}   # {guess.why}; e.g. {shown}"
        return f'# {_quoted(heading)} = "table.item"   # not guessed; e.g. {shown}'

    def _can_stand_on(self, row: str, guess: _Guess) -> bool:
        about = self.collection.tables[guess.table]
        around = {row, *self.collection.ancestors(row)} - ({"returns"} - {row})
        return guess.table in around or about.parent in around or about.also_within in around

    def _guesses(self, sheet: Sheet, rows: list[SheetRow]) -> dict[int, _Guess]:
        found: dict[int, _Guess] = {}
        for index, heading in enumerate(sheet.headings):
            guess = self._guess(heading, _values(rows, index))
            if guess and guess.written() not in {other.written() for other in found.values()}:
                found[index] = guess
        return found

    def _guess(self, heading: str, values: list[str]) -> _Guess | None:
        folded = fold(heading)
        known = self.names.get(folded)
        if known is None:
            near = difflib.get_close_matches(folded, self.names, n=1, cutoff=_LIKE)
            known = (
                replace(self.names[near[0]], why="the heading is like one that is known") if near else None
            )
        if known is None:
            return self._by_values(values)
        return self._with_unit(known, values) if self._fits(known.place, values) else None

    def _with_unit(self, guess: _Guess, values: list[str]) -> _Guess:
        """Hours that no week has are hundredths of hours, as some payrolls write them."""
        if guess.table != "hours":
            return replace(guess, options=guess.options.replace(', unit = "hundredths"', ""))
        numbers = [number for number in map(read_number, values) if number is not None]
        in_hundredths = (
            bool(numbers) and guess.place != "hours.weeks_per_year" and max(numbers) > _HOURS_IN_A_WEEK
        )
        return replace(guess, options=', unit = "hundredths"' if in_hundredths else "")

    def _by_values(self, values: list[str]) -> _Guess | None:
        """Values alone give away only an NI number and codes of a set that is long enough not to be chance."""
        number = "members.ni_number"
        if values and self._has(number) and all(_is_ni_shaped(value) for value in values):
            return _Guess(number, "the values look like NI numbers")
        for place in filter(self._has, _TELLING):
            if len(set(values)) > 2 and self._fits(place, values):
                return _Guess(place, "the values are its codes")
        return None

    def _has(self, place: str) -> bool:
        table, _, name = place.partition(".")
        return table in self.collection.tables and name in self.collection.tables[table].items

    def _fits(self, place: str, values: list[str]) -> bool:
        """Whether most of the values can be read as the item; a column without values fits anything."""
        reader = self._reader(place)
        fitting = sum(1 for value in values if reader.read(value).fits)
        return fitting >= len(values) * (0.5 if reader.code_set else 0.8)

    def _reader(self, place: str) -> CellReader:
        table, _, name = place.partition(".")
        item = self.collection.tables[table].items[name]
        words: dict[str, str] = {}
        for mapping in self.mappings.values():
            words.update(mapping.words(table, item, year=self.year))
        code_set = self.collection.code_sets.get(item.codes) if item.codes else None
        return CellReader(Column("", table, item), item, self.year, code_set, words)

    def _row(self, guesses: Iterable[_Guess]) -> str:
        """The table most of whose items are there, a person's details apart."""
        tables = [guess.table for guess in guesses]
        person = self.collection.person
        own = [table for table in tables if table != person]
        if not own:
            return person
        if "contracts" in own or {"payments", "hours", "roles"} & set(own):
            return "contracts"
        if tables.count(person) > _MOSTLY * len(own):
            return person  # a list of people that says one or two things more, such as a postcode
        return max(own, key=own.count)

    def _is_personal(self, place: str) -> bool:
        table, _, name = place.partition(".")
        item: Item = self.collection.tables[table].items[name]
        return (
            table in (self.collection.person, *_ABOUT_A_PERSON) and not item.codes and item.type != "boolean"
        )


def _known_names(
    collection: Collection, mappings: Mapping[str, SourceMapping]
) -> Iterator[tuple[str, _Guess]]:
    """Folded headings and what each means; titles of items come last and so win over suppliers."""
    for mapping in mappings.values():
        for layout in mapping.layouts:
            for column in layout.columns:
                if column.table not in _NOT_GUESSED:
                    place = f"{column.table}.{column.item.name}"
                    guess = _Guess(place, f"so headed in {mapping.title}", _options(column))
                    yield from ((name, guess) for name in column.names)
    for table in collection.tables.values():
        if table.name not in _NOT_GUESSED | {"vacancies"}:
            for item in table.items.values():
                yield fold(item.title), _Guess(f"{table.name}.{item.name}", "the item's own title")


def _options(column: Column) -> str:
    parts = [f", record = {_quoted(column.record)}"] if column.record else []
    if column.fixed:
        inside = ", ".join(f"{name} = {_quoted(text)}" for name, text in column.fixed.items())
        parts.append(f", with = {{ {inside} }}")
    if column.split:
        parts.append(f", split = {_quoted(column.split)}")
    if column.empty:
        parts.append(f", empty = [{', '.join(map(_quoted, sorted(column.empty)))}]")
    return "".join(parts)


def _named(sheet: Sheet, known: Sequence[str]) -> str:
    return next((heading for name in known for heading in sheet.headings if name in fold(heading)), "")


def _values(rows: Iterable[SheetRow], index: int) -> list[str]:
    return [row.cells[index] for row in rows if row.cells[index]]


def _samples(rows: Iterable[SheetRow], index: int, most: int = _SHOWN) -> list[str]:
    return list(dict.fromkeys(" ".join(text.split()) for text in _values(rows, index)))[:most]


def _masked(text: str) -> str:
    shapes = ("A" if c.isupper() else "a" if c.isalpha() else "9" if c.isdigit() else c for c in text)
    return "".join(shapes)


def _is_ni_shaped(text: str) -> bool:
    shape = _masked(text.replace(" ", "").upper())
    return shape in ("AA999999A", "AA999999")


def _quoted(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
