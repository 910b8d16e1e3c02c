"""The pupils on roll as a file holds them: a transfer file, a return of pupils, or the school's own table."""

from __future__ import annotations

from muster.catalogue import collection_called, load_collection
from muster.model import MusterError, SourceFile
from muster.read import peek_header, read_sheets, read_xml
from muster.transferring.roll import Pupil, pupils_in, pupils_in_table

# What other collections call an item of ours.
_CALLED = {"enrolment_status": "enrolment"}


def pupils_on_roll(source: SourceFile) -> list[Pupil]:
    """The pupils a school has.  Raises MusterError where the file holds none in any way that is known."""
    if not source.name.lower().endswith(".xml"):
        sheet = read_sheets(source)[0]
        return pupils_in_table(sheet.headings, (row.cells for row in sheet.rows))
    header = peek_header(source)
    name = collection_called(header.collection or header.root)
    if not name or load_collection(name).person != "pupils":
        raise MusterError(
            f"{source.name} holds no pupils: give a transfer file, a school census return, or a table with their UPNs."
        )
    collection = load_collection(name)
    return pupils_in(collection, read_xml(collection, source), called=_CALLED)
