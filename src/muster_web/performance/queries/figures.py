"""Which figures can be computed here for an indicator."""

from __future__ import annotations

from functools import cache

from muster.catalogue import collection_names, load_collection
from muster.inspecting import counts_figures
from muster_web.performance.queries.joined_figures import JOINED, JOINED_FIGURES
from muster_web.performance.queries.return_history import HISTORY, SERVICE


@cache
def figure_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The figures by where they come from: the history of returns, several sources together, then each collection."""
    found = [("History of returns", [(f"{SERVICE}.{name}", one.title) for name, one in HISTORY.items()])]
    joined = [(f"{JOINED}.{name}", one.title) for name, one in JOINED_FIGURES.items()]
    found.append(("Several sources together", joined))
    for name in filter(counts_figures, collection_names()):
        collection = load_collection(name)
        last = max(collection.years)
        figures = [(f"{name}.{one.name}", one.title) for one in collection.indicators_in(last)]
        found.append((collection.title, figures))
    return found
