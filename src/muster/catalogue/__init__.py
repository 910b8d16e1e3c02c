"""The catalogue: what the department asks for, read from text files a statistician can review."""

from muster.catalogue.load import CATALOGUE, collection_names, load_collection, read_collection

__all__ = ["CATALOGUE", "collection_names", "load_collection", "read_collection"]
