"""The catalogue: what the department asks for, read from text files a statistician can review."""

from muster.catalogue.load import (
    CATALOGUE,
    catalogue_folders,
    collection_called,
    collection_names,
    collections_with,
    load_collection,
    read_collection,
    term_element,
)
from muster.catalogue.local_dates import with_local_dates

__all__ = [
    "CATALOGUE",
    "catalogue_folders",
    "collection_called",
    "collection_names",
    "collections_with",
    "load_collection",
    "read_collection",
    "term_element",
    "with_local_dates",
]
