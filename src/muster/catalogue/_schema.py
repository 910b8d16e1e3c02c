"""Read ``schema.toml``: tables, items and the checks that follow from them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from muster.catalogue._source import Kinds, SourceText, nearest
from muster.model import Check, CodeSet, Item, Severity, Table
from muster.model.collection import CheckKind, ItemType

_TABLE_KEYS: Kinds = {
    "title": str, "record": str, "key": str, "parent": str, "also_within": str, "items": dict,
    "natural_key": list, "label": str, "module": str, "only_in": str, "years": (str, int),
    "person": bool, "input": str, "like": str, "terms": str,
}  # fmt: skip
_ITEM_KEYS: Kinds = {
    "title": str, "type": str, "years": (str, int), "decimals": int, "length": int, "pattern": str,
    "codes": str, "expected_for": list, "number": str, "provisional": bool, "note": str, "checks": dict,
    "read_always": bool, "xml_only": bool, "terms": str, "phases": str,
}  # fmt: skip
_CHECK_KEYS: Kinds = {
    "number": str, "severity": str, "years": (str, int), "provisional": bool, "note": str,
    "message": str, "terms": str, "phases": str,
}  # fmt: skip


def read_schema(source: SourceText, code_sets: dict[str, CodeSet]) -> dict[str, Table]:
    """Read every table and check what they say of each other.  Raises CatalogueError."""
    tables: dict[str, Table] = {}
    for name, data in source.data.items():
        about = _table(source, name, data, code_sets)
        tables[name] = _with_items_of(source, about, data["like"], tables) if "like" in data else about
    for table in tables.values():
        _check_relations(source, table, tables)
    return tables


def _table(source: SourceText, name: str, data: dict[str, Any], code_sets: dict[str, CodeSet]) -> Table:
    source.check_keys(data, _TABLE_KEYS, name)
    for needed in ("title", "record", "key", "natural_key"):
        if needed not in data:
            raise source.fault(f"table '{name}' needs '{needed}'", name)
    source.check_among(data, "only_in", ("school", "authority"), name)
    items = {
        item: _item(source, name, item, about, code_sets) for item, about in data.get("items", {}).items()
    }
    plain = {key: data.get(key) for key in ("parent", "also_within", "module", "only_in", "input")}
    return Table(
        name=name,
        title=data["title"],
        record=data["record"],
        key=data["key"],
        items=items,
        natural_key=tuple(data["natural_key"]),
        label=data.get("label", ""),
        years=source.years(data, name),
        person=data.get("person", False),
        terms=source.terms(data, name),
        **plain,
    )


def _with_items_of(source: SourceText, table: Table, like: str, tables: dict[str, Table]) -> Table:
    """The table with the items of another above it; the checks of those items stay with the other."""
    if like not in tables:
        raise source.fault(f"no table '{like}' above{nearest(like, tables)}", table.name, key="like")
    items = {name: replace(item, checks=()) for name, item in tables[like].items.items()}
    return replace(table, items={**items, **table.items})


def _item(
    source: SourceText, table: str, name: str, data: dict[str, Any], code_sets: dict[str, CodeSet]
) -> Item:
    path = (table, "items", name)
    source.check_keys(data, _ITEM_KEYS, *path)
    _check_type_and_codes(source, path, data, code_sets)
    plain = {key: data.get(key) for key in ("decimals", "length", "pattern", "codes", "number")}
    return Item(
        name=name,
        title=data.get("title", name),
        type=data.get("type", "text"),
        years=source.years(data, *path),
        expected_for=tuple(data.get("expected_for", ())),
        provisional=data.get("provisional", False),
        note=data.get("note", ""),
        checks=_checks(source, path, data),
        read_always=data.get("read_always", False),
        xml_only=data.get("xml_only", False),
        terms=source.terms(data, *path),
        phases=tuple(data.get("phases", "").split()),
        where=f"{source.name}:{source.line_of(*path)}",
        **plain,
    )


def _check_type_and_codes(
    source: SourceText, path: tuple[str, ...], data: dict[str, Any], code_sets: dict[str, CodeSet]
) -> None:
    source.check_among(data, "type", get_args(ItemType), *path)
    codes = data.get("codes")
    if codes and codes not in code_sets:
        raise source.fault(f"no code set '{codes}' in codes/{nearest(codes, code_sets)}", *path, key="codes")


def _checks(source: SourceText, path: tuple[str, ...], data: dict[str, Any]) -> tuple[Check, ...]:
    written = data.get("checks", {})
    source.check_keys(written, get_args(CheckKind), *path, "checks")
    kinds = [*(["missing"] if "missing" in written else []), *_implied(data)]
    for kind in written:
        if kind not in kinds:
            raise source.fault(f"the item gives no cause for a check '{kind}'", *path, "checks", key=kind)
    # "code = false" leaves the check to a rule that says more: for whom, or from when, the codes hold.
    return tuple(_check(source, path, k, written.get(k, {})) for k in kinds if written.get(k) is not False)


def _implied(data: dict[str, Any]) -> list[str]:
    kinds = []
    if data.get("type", "text") != "text":
        kinds.append("type")
    if "length" in data and ("codes" not in data or "length" in data.get("checks", {})):
        kinds.append("length")
    causes = (("pattern", "pattern"), ("code", "codes"), ("phase", "phases"))
    return kinds + [kind for kind, key in causes if key in data]


def _check(source: SourceText, path: tuple[str, ...], kind: Any, data: dict[str, Any]) -> Check:
    source.check_keys(data, _CHECK_KEYS, *path, "checks", kind)
    source.check_among(data, "severity", get_args(Severity), *path, "checks", kind)
    return Check(
        kind=kind,
        severity=data.get("severity", "error"),
        number=data.get("number"),
        years=source.years(data, *path, "checks", kind),
        provisional=data.get("provisional", False),
        note=data.get("note", ""),
        message=data.get("message", ""),
        terms=source.terms(data, *path, "checks", kind),
        phases=tuple(data.get("phases", "").split()),
    )


def _check_relations(source: SourceText, table: Table, tables: dict[str, Table]) -> None:
    for key in ("parent", "also_within"):
        named = getattr(table, key)
        if named and named not in tables:
            raise source.fault(f"no table '{named}'{nearest(named, tables)}", table.name, key=key)
    for item in table.natural_key:
        if item not in table.items:
            hint = nearest(item, table.items)
            raise source.fault(
                f"the natural key names '{item}', which is no item{hint}", table.name, key="natural_key"
            )
    root = next(iter(tables.values()))
    if table.module and table.module not in root.items:
        raise source.fault(f"no flag '{table.module}' on {root.name}", table.name, key="module")
