"""Read an authority's set-up: ``muster.toml`` and ``schools.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from muster.catalogue import collection_names, load_collection
from muster.catalogue._source import SourceText, nearest
from muster.collect._schools_file import read_schools
from muster.model import Collection, MusterError, SourceKind
from muster.model.authority import DEFAULT_OWNERS, Authority, School, SourceSetting

SETTINGS = "muster.toml"
SCHOOLS = "schools.csv"
_TOP = frozenset({"authority", "collection", "year", "source", "owners"})
_SOURCE = frozenset({"files", "kind", "name", "mapping", "school"})
_KINDS: tuple[str, ...] = get_args(SourceKind)


def load_authority(folder: Path) -> Authority:
    """The authority whose folder this is.  Raises MusterError with file, line and the nearest right name."""
    for name in (SETTINGS, SCHOOLS):
        if not (folder / name).is_file():
            raise MusterError(
                f"{folder} has no file {name}. An authority's folder holds {SETTINGS} and {SCHOOLS}; "
                "'muster demo' makes one to look at."
            )
    settings = SourceText.read(folder / SETTINGS, folder)
    settings.check_keys(settings.data, _TOP)
    about = settings.data.get("authority", {})
    settings.check_keys(about, {"name", "number"}, "authority")
    collection = _collection(settings)
    schools = read_schools(folder / SCHOOLS)
    number = _text(settings, about, "number", "authority")
    if not (number.isdigit() and len(number) == 3):
        raise settings.fault(f"number = '{number}' is not an authority number of three digits", "authority")
    return Authority(
        name=_text(settings, about, "name", "authority"),
        number=number,
        collection=collection.name,
        year=_year(settings, collection),
        folder=folder,
        schools=schools,
        sources=_sources(settings, schools, number),
        owners=_owners(settings, collection),
    )


def _collection(settings: SourceText) -> Collection:
    name = _text(settings, settings.data, "collection")
    if name not in collection_names():
        known = collection_names()
        raise settings.fault(
            f"there is no collection '{name}'{nearest(name, known)} (known: {', '.join(known)})",
            key="collection",
        )
    return load_collection(name)


def _year(settings: SourceText, collection: Collection) -> int:
    year = settings.data.get("year")
    if not isinstance(year, int) or year not in collection.years:
        first, last = min(collection.years), max(collection.years)
        raise settings.fault(f"year = {year!r} is not a collection year; write {first} to {last}", key="year")
    return year


def _text(settings: SourceText, table: Mapping[str, Any], key: str, *path: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        place = f"[{'.'.join(path)}]" if path else "the file"
        raise settings.fault(
            f'{place} needs {key}, in quotes: {key} = "..."', *path, key=key if value else ""
        )
    return value


def _sources(settings: SourceText, schools: Mapping[str, School], number: str) -> tuple[SourceSetting, ...]:
    written = settings.data.get("source", [])
    if not isinstance(written, list):
        raise settings.fault(
            "write each source under its own heading [[source]], with two brackets", "source"
        )
    return tuple(
        _source(settings, about, nth, refs={*schools, number}) for nth, about in enumerate(written, start=1)
    )


def _source(settings: SourceText, about: dict[str, Any], nth: int, *, refs: set[str]) -> SourceSetting:
    line = _line_of_source(settings, nth)
    wrong = next((key for key in about if key not in _SOURCE), None)
    if wrong:
        raise MusterError(f"{SETTINGS}:{line}: '{wrong}' is not a known key{nearest(wrong, _SOURCE)}")
    for key in ("files", "kind"):
        if not isinstance(about.get(key), str):
            raise MusterError(f'{SETTINGS}:{line}: a source needs {key}, in quotes: {key} = "..."')
    if about["kind"] not in _KINDS:
        hint = nearest(about["kind"], _KINDS) or f"; write one of {', '.join(_KINDS)}"
        raise MusterError(f"{SETTINGS}:{line}: kind = '{about['kind']}' is not a kind of source{hint}")
    school = about.get("school", "")
    if school and school not in refs:
        raise MusterError(
            f"{SETTINGS}:{line}: school = '{school}' is not in {SCHOOLS}{nearest(school, refs)}"
        )
    return SourceSetting(
        about["files"], about["kind"], about.get("name", ""), about.get("mapping", ""), school
    )


def _line_of_source(settings: SourceText, nth: int) -> int:
    lines = [
        n
        for n, line in enumerate(settings.text.splitlines(), start=1)
        if line.strip().startswith("[[source]]")
    ]
    return lines[nth - 1] if nth <= len(lines) else 1


def _owners(settings: SourceText, collection: Collection) -> Mapping[str, tuple[SourceKind, ...]]:
    owners: dict[str, tuple[SourceKind, ...]] = dict(DEFAULT_OWNERS)
    places = {
        *collection.tables,
        *(f"{t}.{i}" for t, about in collection.tables.items() for i in about.items),
    }
    for place, kinds in settings.data.get("owners", {}).items():
        if place not in places:
            raise settings.fault(
                f"'{place}' is no table and no item{nearest(place, places)}", "owners", key=place
            )
        if not isinstance(kinds, list) or not kinds:
            raise settings.fault(f'write {place} = ["payroll", "mis"], the owner first', "owners", key=place)
        for kind in kinds:
            if kind not in _KINDS:
                hint = nearest(str(kind), _KINDS) or f"; write one of {', '.join(_KINDS)}"
                raise settings.fault(f"'{kind}' is not a kind of source{hint}", "owners", key=place)
        owners[place] = tuple(kinds)
    return owners
