"""A transfer file pupil by pupil, in the shape in which the service holds pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from muster.model import Rows
from muster.transferring.files import Transfer as TransferFile
from muster.transferring.files import transfer_collection
from muster_web.transfers.held import PUPIL, Held

_OWN = "returns"


def held_of(found: TransferFile) -> Iterator[Held]:
    """Each pupil of a file with everything the file says below it, in its order.

    What lies in a record of the pupil, as an assessment in a key stage, also says what that record says.
    """
    tables = found.document.tables
    below: dict[int | None, Held] = defaultdict(dict)
    for name, rows in tables.items():
        if name in (_OWN, PUPIL):
            continue
        for key, said in zip(rows.keys["pupil_id"], _with_parent(tables, rows), strict=True):
            below[key].setdefault(name, []).append(said)
    for key, row in zip(tables[PUPIL].keys["pupil_id"], tables[PUPIL].rows(), strict=True):
        yield {PUPIL: _said(row), **below[key]}


def _with_parent(tables: dict[str, Rows], rows: Rows) -> Iterator[dict[str, str]]:
    """The rows of a table, each with what the record around it says where that is not the pupil itself."""
    parent = transfer_collection().tables[rows.table].parent
    if parent in (None, PUPIL, _OWN):
        yield from (_said(row) for row in rows.rows())
        return
    key = transfer_collection().tables[parent].key
    around = dict(zip(tables[parent].keys[key], tables[parent].rows(), strict=True))
    for number, said in zip(rows.keys[key], rows.rows(), strict=True):
        yield {**_said(around.get(number) or {}), **_said(said)}


def _said(row: Mapping[str, str | None]) -> dict[str, str]:
    return {name: text for name, text in row.items() if text}
