"""The dictionary as files for machines: JSON with everything, CSV with a line for each item, rule or code."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

from muster.catalogue.effective import fix_in_words, message_in_words
from muster.dictionary.dictionary import Dictionary
from muster.dictionary.entries import CodeSetEntry, ItemEntry, RuleEntry
from muster.model import MusterError
from muster.model.writing import neutralised

FORMS = ("json", "items.csv", "rules.csv", "codes.csv")
_MANY = "; "


def written(one: Dictionary, form: str) -> bytes:
    """The dictionary in one of the forms.  Raises MusterError for another."""
    if form not in FORMS:
        raise MusterError(f"the dictionary is written as {', '.join(FORMS)}, not as {form}")
    if form == "json":
        return (json.dumps(as_json(one), ensure_ascii=False, indent=1) + "\n").encode()
    rows = {"items.csv": _item_rows, "rules.csv": _rule_rows, "codes.csv": _code_rows}[form](one)
    return _csv(list(rows))


def as_json(one: Dictionary) -> dict[str, object]:
    """Everything the dictionary knows of a collection."""
    return {
        "collection": one.name,
        "title": one.collection.title,
        "years": list(one.collection.years),
        "items": [item_json(entry) for entry in one.items.values()],
        "rules": [rule_json(one, entry) for entry in one.rules.values()],
        "code_sets": [code_set_json(entry) for entry in one.code_sets.values()],
    }


def item_json(entry: ItemEntry) -> dict[str, object]:
    """One item for machines."""
    item = entry.item
    return {
        "name": entry.name, "number": item.number or "", "title": item.title, "table": entry.table,
        "type": item.type, "length": item.length, "decimals": item.decimals, "pattern": item.pattern,
        "codes": item.codes or "", "years": entry.years, "provisional": item.provisional, "note": item.note,
        "elements": [vars(place) for place in entry.places], "rules": list(entry.rules),
        "rules_through_derived_tables": list(entry.through), "derived_tables": list(entry.derived),
        "indicators": list(entry.indicators), "mappings": list(entry.columns),
    }  # fmt: skip


def rule_json(one: Dictionary, entry: RuleEntry) -> dict[str, object]:
    """One rule for machines, with all its versions."""
    return {
        "id": entry.id, "code": entry.now.code, "table": entry.now.table, "years": entry.years,
        "items": list(entry.items), "derived_tables": list(entry.derived),
        "versions": [
            {
                "years": str(rule.years), "severity": rule.severity, "scope": rule.scope,
                "message": message_in_words(rule, one.collection), "fix": fix_in_words(rule, one.collection),
                "sql": rule.fails_when, "provisional": rule.provisional, "source": rule.source, "note": rule.note,
            }
            for rule in entry.versions
        ],
    }  # fmt: skip


def code_set_json(entry: CodeSetEntry) -> dict[str, object]:
    """One code set for machines."""
    return {
        "name": entry.name, "title": entry.code_set.title, "number": entry.code_set.number,
        "pattern": entry.code_set.pattern, "items": list(entry.items), "rules": list(entry.rules),
        "codes": [
            {"code": code.code, "title": code.title, "years": str(code.years), "source": code.source,
             "provisional": code.provisional}
            for code in entry.code_set.codes
        ],
    }  # fmt: skip


Row = Mapping[str, object]


def _item_rows(one: Dictionary) -> Iterator[Row]:
    for entry in one.items.values():
        flat = item_json(entry)
        flat["elements"] = [f"{place.path} ({place.years})" for place in entry.places]
        yield flat


def _rule_rows(one: Dictionary) -> Iterator[Row]:
    for entry in one.rules.values():
        whole = rule_json(one, entry)
        for rule in entry.versions:
            yield {
                "id": entry.id, "code": rule.code, "years": str(rule.years), "severity": rule.severity,
                "scope": rule.scope, "table": rule.table, "message": message_in_words(rule, one.collection),
                "fix": fix_in_words(rule, one.collection), "items": whole["items"], "sql": rule.fails_when,
                "provisional": rule.provisional, "source": rule.source, "note": rule.note,
            }  # fmt: skip


def _code_rows(one: Dictionary) -> Iterator[Row]:
    for entry in one.code_sets.values():
        for code in entry.code_set.codes:
            yield {
                "set": entry.name, "set_title": entry.code_set.title, "number": entry.code_set.number,
                "code": code.code, "title": code.title, "years": str(code.years), "source": code.source,
                "provisional": code.provisional,
            }  # fmt: skip


def _csv(rows: Sequence[Row]) -> bytes:
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(rows[0] if rows else ())
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return held.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = _MANY.join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return neutralised(text)
