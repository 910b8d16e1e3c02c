"""Work out where placements and providers are: the authority of each postcode, and the distance from home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from muster.model import Collection, Return, Rows
from muster.read import _postcode_directory as directory
from muster.read._postcode_directory import Spot, tidy

INPUT = "postcodes"
PROVIDERS = "providers"
_METRES_IN_A_MILE = 1609.3


def with_places(collection: Collection, one: Return) -> None:
    """Fill the tables of places where the postcode directory is installed; else they stay absent.

    Providers that were listed (``with_providers``) and that an episode of this year names get the authority of their
    postcode, where the directory knows it.
    """
    if not directory.is_installed():
        return
    tables = {t.name: t for t in collection.tables.values() if t.input == INPUT}
    sources = {name: one.tables[tables[name].parent or ""] for name in tables}
    providers = one.tables.get(PROVIDERS) or Rows.empty(collection, PROVIDERS)
    named = _named(providers, one.tables["episodes"])
    tidied = {text: tidy(text) for text in set().union(*map(_postcodes, sources.values()))}
    spots = directory.find({*tidied.values(), *named.values()})
    _place_providers(collection, providers, {row: spots.get(postcode) for row, postcode in named.items()})
    by_text = {text: spots[postcode] for text, postcode in tidied.items() if postcode in spots}
    for name, rows in sources.items():
        if rows.table in one.absent:
            one.absent[name] = one.absent[rows.table]
            continue
        one.tables[name] = _Places(collection, one, by_text).of(name, rows)
        one.absent.pop(name, None)


def _named(providers: Rows, episodes: Rows) -> dict[int, str]:
    """The rows of the providers that episodes name, and their postcodes; no rule asks about any other."""
    urns = {urn.upper() for urn in episodes.text["urn"] if urn}
    pairs = zip(providers.text["urn"], providers.text["postcode"], strict=True)
    return {row: postcode for row, (urn, postcode) in enumerate(pairs) if postcode and urn in urns}


def _place_providers(collection: Collection, rows: Rows, spots: Mapping[int, Spot | None]) -> None:
    authorities = rows.text["authority"]
    for row, spot in spots.items():
        found = directory.authority_of(collection.name, spot.area) if spot else None
        authorities[row] = found or authorities[row]


def _postcodes(rows: Rows) -> set[str]:
    return {text for item in ("home_post", "pl_post") for text in rows.text[item] if text}


class _Places:
    """Makes the rows of places of one table of episodes; ``spots`` are by postcode as it was written."""

    def __init__(self, collection: Collection, one: Return, spots: Mapping[str, Spot]) -> None:
        self._collection, self._authority, self._spots = collection, one.lea, spots

    def of(self, name: str, episodes: Rows) -> Rows:
        """One place for each episode, under its keys."""
        about = self._collection.tables[name]
        count = len(episodes)
        keys: dict[str, list[int | None]] = {about.key: list(range(1, count + 1))}
        keys |= {key: list(column) for key, column in episodes.keys.items()}
        pairs = zip(episodes.text["home_post"], episodes.text["pl_post"], strict=True)
        columns = list(zip(*(self._place(home, placement) for home, placement in pairs), strict=True))
        names = ("pl_la", "pl_location", "pl_distance", "home_post_known", "pl_post_known")
        text = {item: list(columns[n]) if count else [] for n, item in enumerate(names)}
        return Rows(name, keys, text, list(episodes.lines), list(episodes.files))

    def _place(self, home: str | None, placement: str | None) -> Sequence[str | None]:
        from_spot = self._spots.get(home) if home else None
        to_spot = self._spots.get(placement) if placement else None
        authority = directory.authority_of(self._collection.name, to_spot.area) if to_spot else None
        within = None if authority is None or not self._authority else authority == self._authority
        location = None if within is None else "IN" if within else "OUT"
        return (
            authority,
            location,
            distance(from_spot, to_spot),
            _known(home, from_spot),
            _known(placement, to_spot),
        )


def _known(postcode: str | None, spot: Spot | None) -> str | None:
    return None if postcode is None else "false" if spot is None else "true"


def distance(start: Spot | None, end: Spot | None) -> str | None:
    """Miles as the crow flies, with one decimal; None where one end is not on the grid."""
    if start is None or end is None:
        return None
    if start.east is None or start.north is None or end.east is None or end.north is None:
        return None
    return f"{hypot(end.east - start.east, end.north - start.north) / _METRES_IN_A_MILE:.1f}"
