"""Writes rows as Parquet in the layout the engines read: a folder per table, keys whole, items text."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from muster.model import Collection, Rows


class ParquetFolder:
    """A folder of tables, filled part by part; ``rows`` counts what was written to each."""

    def __init__(self, collection: Collection, folder: Path) -> None:
        self.folder = folder
        self.rows = dict.fromkeys(collection.tables, 0)
        self._parts = 0

    def add(self, tables: dict[str, Rows]) -> None:
        """Write one part of every table that has rows, and of all in the first round."""
        for name, rows in tables.items():
            if len(rows) or not self._parts:
                self._write(name, rows)
                self.rows[name] += len(rows)
        self._parts += 1

    def _write(self, name: str, rows: Rows) -> None:
        path = self.folder / name / f"part-{self._parts:05d}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        pq.write_table(arrow_table(rows), unfinished, compression="zstd", row_group_size=100_000)
        unfinished.replace(path)


def arrow_table(rows: Rows) -> pa.Table:
    """The rows as one Arrow table: keys, then items, then the line."""
    columns = {key: pa.array(values, pa.int64()) for key, values in rows.keys.items()}
    columns |= {item: pa.array(texts, pa.string()) for item, texts in rows.text.items()}
    columns["line"] = pa.array(rows.lines, pa.int32())
    return pa.table(columns)
