"""Turn trees of records into the rows of a return, each value with where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from muster.model import Collection, Extract, Record, Return, Rows

_TOP = {"return_id": 1}


def placed(
    collection: Collection,
    year: int,
    *,
    header: Record,
    records: Iterable[Record],
    extract: Extract,
) -> Return:
    """The return of these records below a header; what was odd about the file is left to the caller."""
    one = Return(collection.name, year, {name: Rows.empty(collection, name) for name in collection.tables})
    one.source = extract.file
    placer = _Placer(collection, one, extract)
    placer.add(header, {})
    for record in records:
        placer.add(record, _TOP)
    return one


class _Placer:
    """Gives records keys, one after the other."""

    def __init__(self, collection: Collection, one: Return, extract: Extract) -> None:
        self.collection, self.one, self.extract = collection, one, extract

    def add(self, record: Record, above: Mapping[str, int]) -> None:
        """Add a record and all below it."""
        rows = self.one.tables[record.table]
        key = len(rows) + 1
        keys = {**above, self.collection.tables[record.table].key: key}
        rows.append(keys, {item: cell.text for item, cell in record.values.items()}, record.row)
        for item, cell in record.values.items():
            if cell.text is not None:
                self.one.provenance[record.table, key, item] = self.extract.provenance(cell)
        for child in record.children:
            self.add(child, keys)
