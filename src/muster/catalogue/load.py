"""Load a collection from its folder of text files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import muster_catalogue
from muster.catalogue._codes import read_code_sets
from muster.catalogue._facts import collection_years, needing_reference_date, read_about, read_facts
from muster.catalogue._indicators import read_indicators
from muster.catalogue._item_rules import item_rules
from muster.catalogue._message import read_message
from muster.catalogue._published import read_published
from muster.catalogue._rules import read_derived, read_rules
from muster.catalogue._schema import read_schema
from muster.catalogue._source import SourceText, nearest
from muster.model import CatalogueError, Collection, Derived, Indicator, PublishedTable

CATALOGUE = Path(muster_catalogue.__file__).parent


def collection_names() -> tuple[str, ...]:
    """The collections this installation knows."""
    return tuple(sorted(path.parent.name for path in CATALOGUE.glob("*/collection.toml")))


@cache
def collection_called(message: str) -> str:
    """The name of the collection whose files call themselves this in their header, or ''."""
    for name in collection_names():
        about = SourceText.read(CATALOGUE / name / "collection.toml", CATALOGUE / name)
        names = (str(about.data.get("message", "")), *about.data.get("other_messages", ()))
        if message and _plain(message) in map(_plain, names):
            return name
    return ""


def _plain(text: str) -> str:
    return "".join(text.split()).lower()


@cache
def load_collection(name: str) -> Collection:
    """Load one collection of the catalogue by name.  Raises CatalogueError with file and line."""
    if name not in collection_names():
        raise CatalogueError(
            f"there is no collection '{name}'{nearest(name, collection_names())} "
            f"(known: {', '.join(collection_names())})"
        )
    return read_collection(CATALOGUE / name)


def read_collection(folder: Path) -> Collection:
    """Read a collection from any folder laid out as one."""
    about = SourceText.read(folder / "collection.toml", folder)
    read_about(about)
    years = collection_years(about)
    facts, constant_titles = read_facts(about)
    code_sets = read_code_sets(folder / "codes", folder)
    tables = read_schema(SourceText.read(folder / "schema.toml", folder), code_sets)
    derived = _derived(folder, years)
    written = read_rules(folder / "rules", folder, tables, years)
    return Collection(
        name=about.data["name"],
        title=about.data["title"],
        years=years,
        message_name=about.data["message"],
        tables=tables,
        code_sets=code_sets,
        message=read_message(folder / "message.txt", tables),
        derived=derived,
        rules=(*item_rules(tables, code_sets, years), *written),
        facts=facts,
        constant_titles=constant_titles,
        header=about.data.get("header", "in file"),
        date_form=about.data.get("date_form", "yyyy-mm-dd"),
        inputs=about.data.get("inputs", {}),
        needs_reference_date=needing_reference_date(about),
        indicators=_indicators(folder, years),
        published=_published(folder, derived),
        versions=tuple(about.data.get("versions", ())),
        keeps_unknown=about.data.get("unknown") == "kept",
    )


def _derived(folder: Path, years: tuple[int, ...]) -> tuple[Derived, ...]:
    path = folder / "derived.toml"
    return tuple(read_derived(SourceText.read(path, folder), years)) if path.exists() else ()


def _indicators(folder: Path, years: tuple[int, ...]) -> tuple[Indicator, ...]:
    path = folder / "indicators.toml"
    return tuple(read_indicators(SourceText.read(path, folder), years)) if path.exists() else ()


def _published(folder: Path, derived: tuple[Derived, ...]) -> tuple[PublishedTable, ...]:
    path = folder / "tables.toml"
    return read_published(SourceText.read(path, folder), derived) if path.exists() else ()
