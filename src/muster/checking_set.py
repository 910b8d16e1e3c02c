"""Check a return whose files name neither year nor authority: one XML file or a set of tables, with last year's."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from datetime import date
from os.path import commonpath
from pathlib import Path
from typing import NamedTuple

from muster.catalogue import with_local_dates
from muster.checking import Checked, notes_beside
from muster.model import Collection, MusterError, Return, SourceFile
from muster.model.local import NOTHING_LOCAL, Local
from muster.read import (
    People,
    Told,
    emptiness_doubts,
    is_provider_list,
    read_file_set,
    read_xml,
    tables_compared,
    with_places,
    with_previous,
    with_providers,
    year_doubts,
)
from muster.resolve import keep_notes, read_notes, resolve
from muster.resolve.notes import Notes
from muster.validate import check

_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods")
NOTHING_SAID: Notes = {}
READABLE = (".xml", ".csv", ".txt", *_WORKBOOKS)


class Occasion(NamedTuple):
    """The year and authority of a return, '' where not said, and the files of last year's return, if given."""

    year: int
    authority: str = ""
    previous: tuple[SourceFile, ...] = ()


def latest_closed_year(collection: Collection, today: date) -> int:
    """The last collection year that has ended by a day; the first known one before that."""
    ended = [year for year in collection.years if collection.facts[year].census_day <= today]
    return ended[-1] if ended else collection.years[0]


def check_set(
    collection: Collection,
    sources: Sequence[SourceFile],
    occasion: Occasion,
    *,
    local: Local = NOTHING_LOCAL,
    taken_in: Notes = NOTHING_SAID,
) -> Checked:
    """Check one return made of all the files given.  Raises MusterError or UnreadableFile.

    ``taken_in`` are explanations from elsewhere; they are kept in the notes file beside the set.
    """
    collection = with_local_dates(collection, occasion.year, local.constants)
    one, refused = read_return(collection, sources, occasion)
    look_up(collection, one, sources)
    result = check(collection, occasion.year, [one], local=local)
    resolved = resolve(result, [one], _notes(one, taken_in))
    files = {one.ref: one.source} if one.source else {}
    return Checked(resolved.result, resolved.causes, tuple(refused), files)


def read_return(
    collection: Collection, sources: Sequence[SourceFile], occasion: Occasion
) -> tuple[Return, list[str]]:
    """The return that files make, beside last year's where it is given, and what of the files was not read."""
    people = People(collection)
    told = Told(occasion.year, occasion.authority)
    one, refused = _read(collection, sources, told, people)
    one.notices += emptiness_doubts(collection, one)
    if occasion.previous:
        last, _ = _read(collection, occasion.previous, told, people, only=tables_compared(collection))
        with_previous(collection, one, last)
    one.notices[:0] = year_doubts(collection, one)
    return one, refused


def look_up(collection: Collection, one: Return, sources: Sequence[SourceFile]) -> None:
    """Fill in what a return's values stand for: where its postcodes are, and who its providers are."""
    with_providers(collection, one, [source for source in sources if _lists_providers(source)])
    with_places(collection, one)


def _suffix(source: SourceFile) -> str:
    """How the file was called on arrival ends; where it is kept may say nothing of that."""
    return Path(source.name).suffix.lower()


def _notes(one: Return, taken_in: Notes) -> Notes:
    """The explanations kept beside the return, with those just taken in, which are kept there too."""
    if one.source is None:
        return taken_in
    path = notes_beside(one.source)
    if taken_in:
        keep_notes(path, taken_in)
    return read_notes(path)


def _lists_providers(source: SourceFile) -> bool:
    """Whether a file is a list of providers; such lists are workbooks."""
    return _suffix(source) in _WORKBOOKS and is_provider_list(source)


def _read(
    collection: Collection,
    sources: Sequence[SourceFile],
    told: Told,
    people: People,
    *,
    only: Container[str] | None = None,
) -> tuple[Return, list[str]]:
    """The return the files make, of a set of tables ``only`` these; XML beside one is not read, and said so."""
    xml = [source for source in sources if _suffix(source) == ".xml"]
    tables = [source for source in sources if source not in xml and not _lists_providers(source)]
    if not tables and len(xml) == 1:
        return read_xml(collection, xml[0], told=told, people=people), []
    if not tables:
        names = ", ".join(source.name for source in xml) or "nothing"
        raise MusterError(f"a return is one XML file or a set of tables; here is {names}. Name one file.")
    one = read_file_set(collection, tables, told, people=people, only=only)
    one.source = _whole(tables)
    return one, [
        f"{source.name} stands beside a set of tables and was not checked; name it alone" for source in xml
    ]


def _whole(sources: Sequence[SourceFile]) -> SourceFile:
    """All the files of a set as one source, named by the folder they lie in."""
    if len(sources) == 1:
        return sources[0]
    folder = Path(commonpath([source.path.parent.resolve() for source in sources]))
    digest = hashlib.sha256("".join(sorted(source.sha256 for source in sources)).encode()).hexdigest()
    return SourceFile(folder, folder.name, digest, sum(source.size for source in sources))
