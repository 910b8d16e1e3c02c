"""Read the lists of registered providers: workbooks whose sheets name each provider by its number (URN).

The lists change their headings from year to year; what counts is what a heading says, not how.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from muster.model import Collection, Return, Rows, SourceFile
from muster.read._dates import day_first
from muster.read._postcode_directory import tidy
from muster.read.sheets import Sheet, SheetRow, read_sheets
from muster.read.values import fold

INPUT = "providers"
# For each item, the headings it stands under, the first one found winning.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "urn": ("URN",),
    "registered_from": ("Registration date",),
    "registered_until": ("Deregistration date", "Closed date"),
    "postcode": ("Setting address postcode", "Setting postcode", "Provider postcode"),
    "authority": ("Setting local authority", "Local authority", "Provider local authority"),
    "place": ("Placement code", "Provider placement code"),
    "provider": ("Placement provider code", "Provider code"),
}
_NEEDED = ("urn", "postcode")
_EITHER = ("place", "provider")
_NOTHING = {"", "-", "na", "n/a"}
_WORDS_OF_A_COUNCIL = re.compile(
    r"\b(council|city of|london borough of|royal borough of|borough|metropolitan|county|city|district|the)\b"
)


def is_provider_sheet(sheet: Sheet) -> bool:
    """Whether a sheet lists providers."""
    found = _columns(sheet)
    return all(name in found for name in _NEEDED) and any(name in found for name in _EITHER)


@lru_cache(maxsize=256)
def is_provider_list(source: SourceFile) -> bool:
    """Whether some sheet of a file lists providers; asked of a file more than once, read once."""
    return any(is_provider_sheet(sheet) for sheet in read_sheets(source))


def with_providers(collection: Collection, one: Return, sources: Sequence[SourceFile]) -> None:
    """Fill the tables of providers from the lists given; without a list they stay absent.

    The authority of each is the one the list names; ``with_places`` takes it from the postcode instead.
    """
    sheets = [s for source in sources for s in read_sheets(source) if is_provider_sheet(s)]
    if not sheets:
        return
    providers = _Providers(collection)
    for sheet in sheets:
        providers.take(sheet)
    for rows in (providers.providers, providers.codes):
        one.tables[rows.table] = rows
        one.absent.pop(rows.table, None)


def _columns(sheet: Sheet) -> dict[str, int]:
    at = {fold(heading): n for n, heading in reversed(list(enumerate(sheet.headings)))}
    named = {item: [at[fold(h)] for h in headings if fold(h) in at] for item, headings in _HEADINGS.items()}
    return {item: places[0] for item, places in named.items() if places}


class _Providers:
    """The providers and their codes, over all lists."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self.providers = Rows.empty(collection, "providers")
        self.codes = Rows.empty(collection, "provider_codes")
        self._authorities = _by_name(collection)

    def take(self, sheet: Sheet) -> None:
        """Add every provider of a sheet."""
        columns = _columns(sheet)
        self.providers.files.append((len(self.providers), sheet.file.name))
        for row in sheet.rows:
            self._add(row, {item: row.cells[n] for item, n in columns.items()})

    def _add(self, row: SheetRow, cells: Mapping[str, str]) -> None:
        given = {item: text for item, text in cells.items() if text.strip().lower() not in _NOTHING}
        if "urn" not in given:
            return
        keys = {"provider_id": len(self.providers) + 1, "return_id": 1}
        values: dict[str, str | None] = {
            "urn": given["urn"],
            "registered_from": day_first(given.get("registered_from", "")) or None,
            "registered_until": day_first(given.get("registered_until", "")) or None,
            "postcode": tidy(given.get("postcode", "")) or None,
            "authority": self._authorities.get(plain_name(given.get("authority", ""))),
        }
        self.providers.append(keys, values, row.number)
        for kind in _EITHER:
            for code in _codes(given.get(kind, "")):
                own = {**keys, "provider_code_id": len(self.codes) + 1}
                self.codes.append(own, {"kind": kind, "code": code}, row.number)


def _codes(text: str) -> Iterable[str]:
    return [part for part in re.split(r"[,;/\s]+", text.upper()) if part]


def plain_name(name: str) -> str:
    """The name of an authority without the words councils add to it."""
    words = _WORDS_OF_A_COUNCIL.sub(" ", name.lower().replace("&", " and "))
    return " ".join(re.sub(r"[^a-z ]", " ", words).split())


def _by_name(collection: Collection) -> dict[str, str]:
    codes = collection.code_sets["authority"].codes
    return {plain_name(code.title): code.code for code in codes if code.code.isdigit()}
