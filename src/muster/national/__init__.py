"""A country of tables to findings, part by part, and to figures."""

from muster.national.figures import TableFigures, behind_tables, figures_of_tables
from muster.national.national import (
    Means,
    NationalResult,
    check_tables,
    collection_of_tables,
    unread,
    year_of_tables,
)

__all__ = [
    "Means",
    "NationalResult",
    "TableFigures",
    "behind_tables",
    "check_tables",
    "collection_of_tables",
    "figures_of_tables",
    "unread",
    "year_of_tables",
]
