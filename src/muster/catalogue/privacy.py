"""Read ``privacy.toml``: which items are sensitive, why the data are held, and how long."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from muster.catalogue._codes import CONFIDENCES
from muster.catalogue._source import BadRow, Kinds, SourceText, nearest, pipe_rows
from muster.catalogue.load import CATALOGUE, load_collection
from muster.model import Collection
from muster.model.privacy import Kept, Privacy, Sensitive, Stated

_KEYS: Kinds = {"sensitive": str, "kept": str, "record": dict}
_STATED: Kinds = {"text": str, "confidence": str, "source": str}
KINDS = ("identifier", "pay", "special category", "vulnerability")
OF_RETURNS = ("superseded versions", "returns", "practice")
OF_FILES = (
    "opened files",
    "unopened files",
    "lost pupils",
    "pupils who left",
    "pupils on roll",
    "learner batches",
)  # what goes from school to school, and the rolls it comes from
WHAT = (*OF_RETURNS, *OF_FILES)
BESIDE = (  # of no collection
    "school documents", "school plans", "plans", "courses", "consultations", "contact details", "governors",
    "school questions",
)  # fmt: skip
COUNTED_FROM = (
    "closing day",
    "arrival",
    "opening",
    "leaving",
    "last change",
    "end of its year",
    "its day",
    "end of office",
)
# What the UK GDPR wants a controller to be able to show of each processing (Article 30), and what people are told.
ASKED = {
    "controller": "Who decides what the data are used for",
    "purpose": "What they are used for",
    "lawful_basis": "Lawful basis (UK GDPR, Article 6)",
    "special_categories": "Condition for special categories (Article 9)",
    "statute": "What the law says",
    "people": "Whose data they are",
    "data": "What data they are",
    "recipients": "Who receives them",
    "transfers": "Whether they leave the United Kingdom",
    "security": "How they are kept safe",
}


@cache
def load_privacy(name: str) -> Privacy:
    """The privacy side of a collection.  Raises CatalogueError with file and line."""
    collection = load_collection(name)
    return read_privacy(CATALOGUE / collection.folder, collection)


@cache
def load_kept_beside() -> tuple[Kept, ...]:
    """How long the service keeps what stands beside the returns.  Raises CatalogueError with file and line."""
    source = SourceText.read(CATALOGUE / "kept_beside_returns.toml", CATALOGUE)
    source.check_keys(source.data, {"kept": str})
    return tuple(_kept(source, line, row, known=BESIDE) for line, row in _rows(source, "kept"))


def read_privacy(folder: Path, collection: Collection) -> Privacy:
    """Read it from any folder laid out as a collection.  Raises CatalogueError with file and line."""
    source = SourceText.read(folder / "privacy.toml", folder)
    source.check_keys(source.data, _KEYS)
    for needed in _KEYS:
        if needed not in source.data:
            raise source.fault(f"privacy.toml needs '{needed}'")
    return Privacy(
        collection.name,
        tuple(_sensitive(source, collection, line, row) for line, row in _rows(source, "sensitive")),
        tuple(_stated(source, name) for name in ASKED),
        tuple(_kept(source, line, row, known=WHAT) for line, row in _rows(source, "kept")),
    )


def _rows(source: SourceText, key: str) -> list[tuple[str, dict[str, str]]]:
    try:
        return pipe_rows(source.data[key])
    except BadRow as error:
        raise source.fault_in_row(str(error), error.row) from None


def _among(source: SourceText, line: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise source.fault_in_row(f"'{value}' is not known{nearest(value, known)}", line)


def _sensitive(source: SourceText, collection: Collection, line: str, row: dict[str, str]) -> Sensitive:
    table, _, item = row["item"].partition(".")
    known = [f"{one.name}.{name}" for one in collection.tables.values() for name in one.items]
    _among(source, line, row["item"], tuple(known))
    _among(source, line, row["kind"], KINDS)
    return Sensitive(table, item, row["kind"], row["why"])


def _stated(source: SourceText, name: str) -> Stated:
    about = source.data["record"].get(name)
    if about is None:
        raise source.fault(f"the record of processing needs '{name}'", "record")
    source.check_keys(about, _STATED, "record", name)
    for needed in _STATED:
        if not about.get(needed):
            raise source.fault(f"'{name}' needs a {needed}", "record", name)
    source.check_among(about, "confidence", CONFIDENCES, "record", name)
    return Stated(name, ASKED[name], " ".join(about["text"].split()), about["confidence"], about["source"])


def _kept(source: SourceText, line: str, row: dict[str, str], *, known: tuple[str, ...]) -> Kept:
    _among(source, line, row["what"], known)
    _among(source, line, row["counted_from"], COUNTED_FROM)
    _among(source, line, row["confidence"], CONFIDENCES)
    if not row["months"].isdecimal() or int(row["months"]) < 1:
        raise source.fault_in_row(f"'{row['months']}' is no number of months", line)
    return Kept(
        row["what"], int(row["months"]), row["counted_from"], row["why"], row["confidence"], row["source"]
    )
