"""What a published file holds, as ``muster_catalogue/published/<name>.toml`` says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from muster.catalogue._source import BadRow, Kinds, SourceText, pipe_rows
from muster.catalogue.load import CATALOGUE

FOLDER = CATALOGUE / "published"
KINDS = ("count", "number", "percent", "share", "money", "text", "day")
LISTS = ("governors", "buildings")
SUBJECTS = ("school", "authority")
CONFIDENCES = ("seen", "derived")
_KEYS: Kinds = {
    "title": str, "of": str, "group": str, "publisher": str, "licence": str, "subject": dict, "period": str,
    "confidence": str, "only": dict, "note": str, "items": str,
    "founds": bool, "fills": str, "each": list,
}  # fmt: skip
_SUBJECT_KEYS: Kinds = {"urn": str, "lea": str, "estab": str, "period": str}
_NOT_DATASETS = ("authorities", "signs")


@dataclass(frozen=True)
class Measure:
    """One column of a published file; ``kind`` says what its values are."""

    name: str
    column: str
    kind: str
    title: str


@dataclass(frozen=True)
class Dataset:
    """A kind of published file.

    ``subject`` says in which columns the numbers of the school or authority, and the period, stand; ``period`` is the
    period of a file that does not say its own, and ``confidence`` whether that was seen or worked out.  ``only`` says
    which rows count, by column and the words that may stand there: the others are sums over places.  ``founds`` says
    that the file is a register: a school it names is one, also where it was not known.  ``fills`` names the list that
    the rows are entries of, '' where they are figures; then a school has many rows, told apart by the columns ``each``.
    """

    name: str
    title: str
    of: str
    group: str
    publisher: str
    licence: str
    subject: Mapping[str, str]
    period: str
    confidence: str
    only: Mapping[str, Sequence[str]]
    note: str
    founds: bool
    fills: str
    each: tuple[str, ...]
    measures: tuple[Measure, ...]

    @property
    def columns(self) -> frozenset[str]:
        """The headings by which a file is known to be of this kind."""
        return frozenset(
            (*self.subject.values(), *self.only, *self.each, *(one.column for one in self.measures))
        )


@cache
def load_datasets() -> tuple[Dataset, ...]:
    """The kinds of published files this installation knows.  Raises CatalogueError."""
    paths = sorted(path for path in FOLDER.glob("*.toml") if path.stem not in _NOT_DATASETS)
    return tuple(_dataset(path.stem, SourceText.read(path, CATALOGUE)) for path in paths)


def _dataset(name: str, source: SourceText) -> Dataset:
    data = source.data
    source.check_keys(data, _KEYS)
    source.check_keys(data.get("subject", {}), _SUBJECT_KEYS, "subject")
    for key in ("title", "of", "group", "publisher", "licence", "subject", "items"):
        if key not in data:
            raise source.fault(f"a published file needs '{key}'")
    source.check_among(data, "of", SUBJECTS)
    source.check_among(data, "confidence", CONFIDENCES)
    source.check_among(data, "fills", LISTS)
    if ("period" in data) == ("period" in data["subject"]):
        raise source.fault("say the period once: as 'period', or in which column of 'subject' it stands")
    plain = {
        key: data.get(key, "") for key in ("title", "of", "group", "publisher", "licence", "period", "note")
    }
    return Dataset(
        name=name,
        subject=data["subject"],
        confidence=data.get("confidence", "seen"),
        only=data.get("only", {}),
        founds=data.get("founds", False),
        fills=data.get("fills", ""),
        each=tuple(data.get("each", ())),
        measures=_measures(source, data),
        **plain,
    )


def _measures(source: SourceText, data: Mapping[str, Any]) -> tuple[Measure, ...]:
    try:
        rows = pipe_rows(data["items"])
    except BadRow as error:
        raise source.fault_in_row(str(error), error.row) from None
    found: dict[str, Measure] = {}
    for line, row in rows:
        if row["kind"] not in KINDS:
            raise source.fault_in_row(f"kind '{row['kind']}' is not known; use {', '.join(KINDS)}", line)
        if row["item"] in found:
            raise source.fault_in_row(f"'{row['item']}' stands twice", line)
        found[row["item"]] = Measure(row["item"], row["column"], row["kind"], row["title"])
    return tuple(found.values())
