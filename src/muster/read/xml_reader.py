"""Reads the official XML of any collection, exactly: what the file says, where it says it, and nothing else.

Text is kept as text; typing it is the engine's work.  What is unusual but readable becomes a notice; what is
not readable is refused with the file, line, column and what to do.  Nothing is dropped in silence.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from muster.model import Collection, Notice, Return, SourceFile
from muster.read._people import People
from muster.read._told import Told
from muster.read._xml_complaints import Complaints
from muster.read._xml_feed import Growth, grow
from muster.read._xml_identity import FileHeader, Identity, accept, identify, kind_of_other_file
from muster.read._xml_lines import line_of
from muster.read._xml_notices import NOTICES, NoticeLog
from muster.read._xml_plan import Plan, make_plan
from muster.read._xml_refusals import refusal
from muster.read._xml_settle import finish
from muster.read._xml_walk import Walker

__all__ = ["NOTICES", "FileHeader", "kind_of_other_file", "peek_header", "read_xml", "stream_xml"]

# One record has to fit into memory; a return's largest is a few thousand bytes.
_LARGEST_RECORD = 16 << 20
_MUCH = 32 << 20  # bytes; in smaller files memory is not worth the time


def peek_header(source: SourceFile) -> FileHeader:
    """What the header of an XML file says, reading no further than its end; raises UnreadableFile."""
    return identify(source).header


def read_xml(
    collection: Collection, source: SourceFile, *, told: Told | None = None, people: People | None = None
) -> Return:
    """Read one return whole; raises UnreadableFile.

    ``told`` gives the year and authority of a collection whose files do not.  Use ``stream_xml`` for a file
    that may be larger than memory allows.
    """
    one = next(stream_xml(collection, source, batch_records=sys.maxsize, told=told))
    if told is not None and collection.header == "in settings":
        finish(collection, one, told, people)
    return one


def stream_xml(
    collection: Collection, source: SourceFile, *, batch_records: int = 20_000, told: Told | None = None
) -> Iterator[Return]:
    """Read a return in parts of about so many records (people, vacancies); raises UnreadableFile.

    Every part carries the row of the return itself as far as it is known, so that each knows its school and
    year; it is complete in the last part only, and must be taken from there once.  All other rows come exactly
    once, with keys unique across the parts.  A file that breaks off raises after its last whole part, so no
    part may be used before the iteration has ended well.
    """
    identity = identify(source)
    year = accept(collection, source, identity.header, told)
    reading = _Reading(collection, source, year)
    reading.start(identity)
    for growth in grow(source, identity.prolog, identity.tag):
        reading.take(growth)
        if growth.final:
            yield reading.last_part(identity.header)
        elif reading.records >= batch_records:
            yield reading.part()


class _Reading:
    """One file being read."""

    def __init__(self, collection: Collection, source: SourceFile, year: int) -> None:
        self._collection = collection
        self._source = source
        self._year = year
        self._log = NoticeLog(source.name)
        self._plan: Plan = make_plan(collection, year)
        complaints = Complaints(collection, year, self._log)
        self._walker = Walker(self._plan, complaints, keeps_unknown=collection.keeps_unknown)
        self._since_progress = 0
        top = collection.children_of[self._plan.root.buffer.table]
        self._records = [self._plan.buffers[name] for name in top]

    @property
    def records(self) -> int:
        """How many records directly below the return are held."""
        return sum(len(buffer.lines) for buffer in self._records)

    def start(self, identity: Identity) -> None:
        """Note what the start of the file showed."""
        prolog = identity.prolog
        self._root = identity.header.root
        if prolog.disagrees:
            said, true = prolog.declared, prolog.encoding.upper()
            text = f"The file declares the encoding {said} but is written in {true}; it was read as {true}."
            self._log.add("read.encoding", text, fix="Save the file as UTF-8.", line=1, value=said)
        self._log_version(identity.header)
        if not identity.header.collection and self._collection.header == "in file":
            text = (
                f"The header does not name the collection; it was read as {self._collection.title.lower()}."
            )
            fix = f"Collection should say '{self._collection.message_name}'."
            self._log.add("read.collection_not_named", text, fix=fix)

    def _log_version(self, header: FileHeader) -> None:
        """Say that a file of a version nobody knows was read as the nearest."""
        if header.year.isdecimal() and int(header.year) != self._year:
            nearest = self._collection.version_of_year(self._year, header.root)
            text = f"Its version '{header.version}' is not known; it was read as version {nearest}."
            fix = "Some data may be lost. Ask for a file of the current version or the one before."
            self._log.add("read.version", text, fix=fix, value=header.version)

    def take(self, growth: Growth) -> None:
        """Read what has become complete."""
        done = self._walker.sweep(growth.root, final=growth.final, attributes=growth.attributes)
        if self._source.size > _MUCH:
            for buffer in self._plan.buffers.values():
                buffer.share()
        self._since_progress = 0 if done else self._since_progress + growth.read
        if self._since_progress > _LARGEST_RECORD:
            at = (line_of(growth.root[-1]) or 1, 1) if len(growth.root) else None
            what = "a single record is longer than 16 MB"
            raise refusal(self._source, what, "No real record is. Export the file again.", at=at)

    def part(self) -> Return:
        """What was read since the last part, with the return's own row."""
        return self._return(self._log.drain())

    def last_part(self, header: FileHeader) -> Return:
        """The rest, with the number of notices that were not listed."""
        named = header.collection or self._collection.header == "version"
        if not named and not any(buffer.count for buffer in self._records):
            what = f"it names no collection and holds nothing of the {self._collection.title.lower()}"
            raise refusal(self._source, what, "Check that it is the right file.")
        return self._return(self._log.close())

    def _return(self, notices: list[Notice]) -> Return:
        buffers = self._plan.buffers
        tables = {name: buffer.rows() for name, buffer in buffers.items()}
        for buffer in buffers.values():
            if buffer is not self._plan.root.buffer:
                buffer.clear()
        absent = {
            t.name: self._collection.inputs[t.input] for t in self._collection.tables.values() if t.input
        }
        self._fill_what_the_file_is(tables["returns"].text)
        kept, self._walker.kept = self._walker.kept, []
        name, year = self._collection.name, self._year
        return Return(name, year, tables, self._source, notices, absent, kept=kept)

    def _fill_what_the_file_is(self, header: dict[str, list[str | None]]) -> None:
        """The name of the file and of its outermost element, where the collection asks for them."""
        for item, text in (("file_name", self._source.name), ("root_element", self._root)):
            if item in header:
                header[item] = [text]
