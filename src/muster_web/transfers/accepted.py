"""What was accepted of a file as a file again, for the MIS: those pupils, those items, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from muster.model import MusterError, Rows
from muster.transferring.files import Transfer as TransferFile
from muster.transferring.files import transfer_text
from muster_web.transfers.models import Decision

# Tables that are no records of a pupil by themselves, as the library's comparison counts them.
_NOT_RECORDS = ("returns", "pupils", "key_stages")
# Without these nobody is known again.
_IDENTITY = frozenset({"upn", "surname", "forename", "birth_date", "sex"})


def accepted_text(found: TransferFile, decisions: Mapping[int, Decision]) -> str:
    """The file with only what was accepted.  Raises MusterError where nothing was."""
    keys = found.pupils.keys["pupil_id"]
    taken = {key: decisions[n] for n, key in enumerate(keys) if n in decisions and decisions[n].pupil_id}
    if not taken:
        raise MusterError("Nobody of this file was taken over yet.")
    tables = {"pupils": _pupils(found.pupils, taken)}
    places = _places(found)
    for name, rows in found.document.tables.items():
        if name not in ("returns", "pupils"):
            wanted = [n for n in range(len(rows)) if _is_wanted(rows, n, taken, places.get((name, n)))]
            tables[name] = rows_at(rows, wanted)
    document = replace(found.changed(tables).document, kept=[])
    return transfer_text(TransferFile(document))


def _pupils(rows: Rows, taken: Mapping[int | None, Decision]) -> Rows:
    kept = rows_at(rows, [n for n, key in enumerate(rows.keys["pupil_id"]) if key in taken])
    said = [taken[key] for key in kept.keys["pupil_id"]]
    for item, column in kept.text.items():
        if item not in _IDENTITY:
            texts = [text if item in one.taken else None for text, one in zip(column, said, strict=True)]
            kept = kept.with_column(item, texts)
    return kept


def _places(found: TransferFile) -> Mapping[tuple[str, int], int]:
    """The place of each record among those of its pupil, as the comparison counts them."""
    counted: dict[int | None, int] = {}
    return dict(_counted(found, counted))


def _counted(found: TransferFile, counted: dict[int | None, int]) -> Iterator[tuple[tuple[str, int], int]]:
    for name, rows in found.document.tables.items():
        if name not in _NOT_RECORDS:
            for n, key in enumerate(rows.keys["pupil_id"]):
                yield (name, n), counted.get(key, 0)
                counted[key] = counted.get(key, 0) + 1


def _is_wanted(rows: Rows, n: int, taken: Mapping[int | None, Decision], place: int | None) -> bool:
    """Whether a row is of a pupil who was taken over and was accepted; a table that only groups stays whole."""
    one = taken.get(rows.keys["pupil_id"][n])
    return one is not None and (place is None or place in one.records)


def rows_at(rows: Rows, wanted: list[int]) -> Rows:
    """Some rows of a table, in their order."""
    keys = {name: [column[n] for n in wanted] for name, column in rows.keys.items()}
    text = {name: [column[n] for n in wanted] for name, column in rows.text.items()}
    return replace(rows, keys=keys, text=text, lines=[rows.lines[n] for n in wanted])
