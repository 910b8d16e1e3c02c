"""A country of tables to findings, part by part."""

from muster.national.national import (
    Means,
    NationalResult,
    check_tables,
    collection_of_tables,
    unread,
    year_of_tables,
)

__all__ = ["Means", "NationalResult", "check_tables", "collection_of_tables", "unread", "year_of_tables"]
