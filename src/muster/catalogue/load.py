"""Load a collection from its folder of text files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import muster_catalogue
from muster.catalogue._codes import read_code_sets
from muster.catalogue._facts import (
    collection_years,
    constant_titles,
    needing_reference_date,
    read_about,
    read_facts,
)
from muster.catalogue._indicators import read_indicators
from muster.catalogue._item_rules import item_rules
from muster.catalogue._keyed import read_keyed
from muster.catalogue._message import read_message
from muster.catalogue._published import read_published
from muster.catalogue._rules import read_derived, read_rules
from muster.catalogue._schema import read_schema
from muster.catalogue._source import SourceText, nearest
from muster.catalogue._terms import code_sets_of_term, message_of_term, rules_of_term, tables_of_term
from muster.model import (
    CatalogueError,
    Collection,
    Derived,
    Indicator,
    KeyedPart,
    PublishedTable,
    Table,
    Term,
)

CATALOGUE = Path(muster_catalogue.__file__).parent
_TERM_ELEMENT = "Term"


def catalogue_folders() -> tuple[str, ...]:
    """The folders of the catalogue: a termly collection has one for all its terms."""
    return tuple(sorted(path.parent.name for path in CATALOGUE.glob("*/collection.toml")))


@cache
def collection_names() -> tuple[str, ...]:
    """The collections this installation takes returns of; of a termly one, that of each term."""
    return tuple(name for folder in catalogue_folders() for name in _names_in(folder))


def collections_with(tables: Iterable[str]) -> tuple[str, ...]:
    """The collections that have all of these tables in some year or term, told without loading any of them."""
    folders = {folder for folder in catalogue_folders() if _table_names(folder).issuperset(tables)}
    return tuple(name for name in collection_names() if _folder_and_term(name)[0] in folders)


@cache
def _table_names(folder: str) -> frozenset[str]:
    text = (CATALOGUE / folder / "schema.toml").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^\[(\w+)\]$", text, re.MULTILINE))


def _names_in(folder: str) -> list[str]:
    return [f"{folder}_{term}" for term in _terms_of(folder)] or [folder]


@cache
def _terms_of(folder: str) -> tuple[Term, ...]:
    """The terms of a collection, in the order in which it names them; none where it is yearly."""
    return tuple(_about(folder).get("terms", {}))


@cache
def _about(folder: str) -> dict[str, Any]:
    return SourceText.read(CATALOGUE / folder / "collection.toml", CATALOGUE / folder).data


@cache
def term_element(message: str) -> str:
    """The element that says the term in the header of files that call themselves this."""
    folder = _folder_called(message)
    return str(_about(folder).get("term_element", _TERM_ELEMENT)) if folder else _TERM_ELEMENT


@cache
def collection_called(message: str, term: str = "") -> str:
    """The name of the collection whose files call themselves this in their header, or ''.

    ``term`` is what the header says the term is; a termly collection cannot be told without it.
    """
    folder = _folder_called(message)
    codes = _about(folder).get("terms", {}) if folder else {}
    return next((f"{folder}_{name}" for name, code in codes.items() if code == term.upper()), folder)


def _folder_called(message: str) -> str:
    for folder in catalogue_folders():
        about = _about(folder)
        names = (str(about.get("message", "")), *about.get("other_messages", ()))
        if message and _plain(message) in map(_plain, names):
            return folder
    return ""


def _plain(text: str) -> str:
    return "".join(text.split()).lower()


@cache
def load_collection(name: str) -> Collection:
    """Load one collection of the catalogue by name.  Raises CatalogueError with file and line.

    The name of a folder of a termly collection gives it whole, which can be read and built but not checked with.
    """
    if name in catalogue_folders():
        return read_collection(CATALOGUE / name)
    known = (*catalogue_folders(), *collection_names())
    if name not in known:
        raise CatalogueError(
            f"there is no collection '{name}'{nearest(name, known)} (known: {', '.join(collection_names())})"
        )
    folder, term = _folder_and_term(name)
    return read_collection(CATALOGUE / folder, term)


def _folder_and_term(name: str) -> tuple[str, Term | None]:
    terms = ((folder, term) for folder in catalogue_folders() for term in _terms_of(folder))
    return next(((f, term) for f, term in terms if f"{f}_{term}" == name), (name, None))


def read_collection(folder: Path, term: Term | None = None) -> Collection:
    """Read a collection from any folder laid out as one, whole or as it stands in a term."""
    about = SourceText.read(folder / "collection.toml", folder)
    read_about(about)
    years = collection_years(about)
    terms = about.data.get("terms", {})
    facts_by_term = {name: read_facts(about, name) for name in terms}
    code_sets = read_code_sets(folder / "codes", folder)
    tables = read_schema(SourceText.read(folder / "schema.toml", folder), code_sets)
    message = read_message(folder / "message.txt", tables)
    derived = _derived(folder, years)
    written = read_rules(folder / "rules", folder, tables, years)
    if terms:
        tables, code_sets = tables_of_term(tables, term), code_sets_of_term(code_sets, term)
        message, written = message_of_term(message, tables, term), rules_of_term(written, term, years)
    return Collection(
        name="_".join(filter(None, (about.data["name"], term))),
        title=" ".join(filter(None, (about.data["title"], term))),
        years=years,
        message_name=about.data["message"],
        tables=tables,
        code_sets=code_sets,
        message=message,
        derived=derived,
        rules=(*item_rules(tables, code_sets, years), *written),
        facts=read_facts(about, term or next(iter(terms), "")),
        constant_titles=constant_titles(about),
        header=about.data.get("header", "in file"),
        date_form=about.data.get("date_form", "yyyy-mm-dd"),
        inputs=about.data.get("inputs", {}),
        needs_reference_date=needing_reference_date(about),
        indicators=_indicators(folder, years),
        published=_published(folder, derived),
        keyed=_keyed(folder, tables),
        versions=tuple(about.data.get("versions", ())),
        keeps_unknown=about.data.get("unknown") == "kept",
        folder=about.data["name"],
        term=term or "",
        terms=terms,
        term_element=about.data.get("term_element", _TERM_ELEMENT),
        whole=about.data.get("whole", False),
        facts_by_term=facts_by_term,
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


def _keyed(folder: Path, tables: dict[str, Table]) -> tuple[KeyedPart, ...]:
    path = folder / "form.toml"
    return read_keyed(SourceText.read(path, folder), tables) if path.exists() else ()
