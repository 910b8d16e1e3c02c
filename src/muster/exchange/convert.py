"""Turns a return into tables a person can edit, and such tables into a return (``muster convert``)."""

from __future__ import annotations

from pathlib import Path

from muster.catalogue import collection_called
from muster.exchange._grid_files import read_book, read_file, read_folder, write_book, write_folder, zip_of
from muster.exchange._grids import grids_of, return_of, table_called
from muster.exchange._set_files import set_of
from muster.model import Collection, MusterError, Return, UnreadableFile

_HEADER = "returns"


def to_tables(collection: Collection, return_: Return, path: Path) -> None:
    """Write the tables of a return as one workbook (a path ending in .xlsx) or as a folder of CSV files.

    Each table starts with its key columns.  A cell that a spreadsheet would take for a formula has an
    apostrophe in front, which ``from_tables`` takes off again.
    """
    grids = grids_of(collection, return_)
    if path.suffix.lower() == ".xlsx":
        write_book(grids, path)
    else:
        write_folder(grids, path)


def tables_as_zip(collection: Collection, return_: Return) -> bytes:
    """The tables of a return as a zip file of CSV files; the same return gives the same bytes."""
    return zip_of(grids_of(collection, return_))


def set_as_zip(collection: Collection, return_: Return) -> bytes:
    """The files in which a return of tables is sent, in one zip file.  Raises MusterError where it is sent as XML."""
    if collection.header != "in settings":
        raise MusterError(
            f"A {collection.title.lower()} is sent as XML and not as a set of tables; take that."
        )
    return zip_of(set_of(collection, return_))


def holds_own_tables(path: Path) -> bool:
    """Whether a workbook or a folder holds the tables of a return as ``to_tables`` writes them."""
    if path.is_dir():
        return (path / f"{_HEADER}.csv").exists()
    return path.suffix.lower() == ".xlsx" and _HEADER in read_book(path)


def collection_named_in(path: Path) -> str:
    """The name of the collection that tables say they are of in their row of the return, or ''."""
    header = path / f"{_HEADER}.csv"
    if path.is_dir() and not header.exists():
        return ""
    grid = read_file(header) if path.is_dir() else read_book(path).get(_HEADER, [])
    rows = [dict(zip(grid[0], row, strict=False)) for row in grid[1:]]
    said = rows[0] if rows else {}
    return collection_called(said.get("collection") or said.get("root_element", ""), said.get("term", ""))


def from_tables(collection: Collection, path: Path, *, year: int | None = None) -> Return:
    """Read a workbook or a folder of CSV files as a return; without ``year`` the header row says it.

    A row may leave its own key empty and need only name the nearest record it lies within.  Raises
    MusterError with the table, row and column where the tables do not make a return.
    """
    if not path.exists():
        raise UnreadableFile(f"There is no file or folder {path}.")
    grids = read_folder(path) if path.is_dir() else read_book(path)
    named = {table_called(collection, name, path.name): grid for name, grid in grids.items()}
    return return_of(collection, named, year)
