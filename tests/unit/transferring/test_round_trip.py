"""Whatever a transfer file holds, in any version and either form: what is written is read as the same.

random pupils, each with random records, and an element nobody knows ──► XML ──► read ──► the same tables
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.transfer_files import NAME, as_file

from muster.model import Kept, Return, Rows
from muster.transferring.files import Transfer, converted, read_transfer, transfer_collection, transfer_text

COLLECTION = transfer_collection()
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
VALUES = st.one_of(TEXTS, TEXTS.map(lambda text: f"{text} &<'\"> {text}"))
BELOW = [name for name in COLLECTION.tables if name not in ("returns", "pupils")]
FILLED = ("file_name", "root_element", "version")


@st.composite
def documents(draw: st.DrawFn) -> Return:
    """A file of some version and form, with up to two pupils and a few records of any kind below each."""
    year, root = draw(st.sampled_from(COLLECTION.years)), draw(st.sampled_from(COLLECTION.message.names))
    tables = {name: Rows.empty(COLLECTION, name) for name in COLLECTION.tables}
    header = {**row(draw, "returns", year), "file_name": NAME, "root_element": root}
    tables["returns"].append({"return_id": 1}, {**header, "version": COLLECTION.version_of_year(year, root)})
    for pupil in range(1, draw(st.integers(0, 2)) + 1):
        tables["pupils"].append({"pupil_id": pupil, "return_id": 1}, row(draw, "pupils", year))
        for name in draw(st.lists(st.sampled_from(BELOW), max_size=5)):
            add(draw, tables, name, pupil, year)
    kept = (
        [Kept("pupils", 1, path(root), f"<Odd>{draw(st.integers())}</Odd>")] if len(tables["pupils"]) else []
    )
    return Return(COLLECTION.name, year, tables, kept=kept)


def path(root: str) -> str:
    """Where pupils lie in a form of the message."""
    return f"{root}/{root[:2]}FpupilData/Pupil"


def row(draw: st.DrawFn, table: str, year: int) -> dict[str, str]:
    """Some items of a record, of those its version has."""
    items = [item.name for item in COLLECTION.tables[table].items_in(year) if item.name not in FILLED]
    return draw(st.dictionaries(st.sampled_from(items), VALUES, min_size=1, max_size=5))


def add(draw: st.DrawFn, tables: dict[str, Rows], name: str, pupil: int, year: int) -> None:
    """A record of a pupil, within the key stage or contact made last where it lies in one."""
    keys: dict[str, int | None] = {"pupil_id": pupil, "return_id": 1}
    for around in COLLECTION.ancestors(name):
        key = COLLECTION.tables[around].key
        own = (
            [
                n
                for n, whose in zip(
                    tables[around].keys[key], tables[around].keys.get("pupil_id", []), strict=False
                )
                if whose == pupil
            ]
            if around not in ("pupils", "returns")
            else []
        )
        if around not in ("pupils", "returns") and own:
            keys[key] = own[-1]
        elif around == COLLECTION.tables[name].parent and around not in ("pupils", "returns"):
            return
    tables[name].append({**keys, COLLECTION.tables[name].key: len(tables[name]) + 1}, row(draw, name, year))


def told(document: Return) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table by their texts, each with the texts of the pupil it belongs to."""
    whose = dict(
        zip(document.tables["pupils"].keys["pupil_id"], document.tables["pupils"].rows(), strict=True)
    )
    return {
        name: sorted(
            (str(values), str(whose.get(pupil)))
            for values, pupil in zip(
                rows.rows(), rows.keys.get("pupil_id", [None] * len(rows)), strict=True
            )
        )
        for name, rows in document.tables.items()
    }  # fmt: skip


def again(document: Return) -> Return:
    """The file written and read."""
    with TemporaryDirectory() as folder:
        return read_transfer(as_file(Path(folder), transfer_text(Transfer(document)), NAME)).document


@settings(max_examples=60)
@given(documents())
def test_a_file_that_is_written_is_read_as_the_same(document: Return) -> None:
    read = again(document)
    assert told(read) == told(document)
    assert [kept.xml for kept in read.kept] == [kept.xml for kept in document.kept]
    assert read.year == document.year


@settings(max_examples=30)
@given(documents(), st.sampled_from(COLLECTION.years))
def test_what_another_version_has_no_place_for_is_named(document: Return, year: int) -> None:
    version = COLLECTION.version_of_year(year, document.header["root_element"])
    made = converted(Transfer(document), version)
    same = told(again(made.transfer.document)) == told(made.transfer.document)
    assert same or made.lost
