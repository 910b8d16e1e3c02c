"""Read figures that the department and others have published about schools and authorities."""

from muster.published.authorities import Authority, current_authorities, load_authorities
from muster.published.dataset import Dataset, Measure, load_datasets
from muster.published.neighbours import Neighbour, read_neighbours
from muster.published.reading import Reading, Record, read_published
from muster.published.values import NoSuchValue, Value, day_in

__all__ = [
    "Authority",
    "Dataset",
    "Measure",
    "Neighbour",
    "NoSuchValue",
    "Reading",
    "Record",
    "Value",
    "current_authorities",
    "day_in",
    "load_authorities",
    "load_datasets",
    "read_neighbours",
    "read_published",
]
