"""A school of 100 staff on a warm desk: checked again after one edit, beside reading its file alone.

This is what a person waits for after correcting one item on a page, but for the page itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from bench.measure import OUT, table
from bench.school import STAFF, YEAR, at, school, timed
from muster.catalogue import load_collection
from muster.collect import take_in
from muster.exchange import file_name, write_xml
from muster.inspecting import Desk, Inspected, corrected_xml
from muster.model import SourceFile
from muster.read import read_xml
from muster.resolve import Edit

COLLECTION = "school_workforce"


def file_of_school() -> SourceFile:
    """The official file of the school, as it would be uploaded."""
    collection, one = load_collection(COLLECTION), school()
    path = OUT / file_name(collection, one)
    write_xml(collection, one, path)
    return take_in(path, path.name, unpack_to=OUT / "unpacked").files[0]


def edit_of(inspected: Inspected) -> Edit:
    """A value of the first person with something to fix, corrected."""
    finding = next(f for f in inspected.result.findings if f.values and f.table == "members")
    item, was = next(iter(finding.values.items()))
    return Edit(finding.table, inspected.records.identity_of(finding), item, "1234567", was)


def pages(desk: Desk, source: SourceFile) -> dict[str, Callable[[], object]]:
    """What is measured, by name; the first is what the others are compared with."""
    first = desk.inspect(source)
    edits = [edit_of(first)]
    name = edits[0].identity
    return {
        "reading the file alone": lambda: read_xml(desk.collection, source),
        "checked again after one edit": lambda: desk.inspect(source, edits=edits),
        "the same, with the list of people": lambda: desk.inspect(source, edits=edits).records.people(),
        "the same, with one person's records": lambda: desk.inspect(source, edits=edits).records.tree(name),
        "the corrected file, once checked": lambda: corrected_xml(first),
    }


def main(words: Iterable[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args(None if words is None else list(words)).runs
    desk, source = Desk(COLLECTION, YEAR), file_of_school()
    taken = {name: timed(work, runs) for name, work in pages(desk, source).items()}
    bare = taken["reading the file alone"][runs // 2]
    rows = [
        (name, at(times, 0.5), at(times, 0.95), f"{times[runs // 2] / bare:.1f}")
        for name, times in taken.items()
    ]
    title = f"A desk: a school of {STAFF} staff, {source.size / 1e3:,.0f} kB, warm, {runs} runs (goal: p95 300 ms)"
    table(title, ("what", "p50 ms", "p95 ms", "× reading"), rows)


if __name__ == "__main__":
    main()
