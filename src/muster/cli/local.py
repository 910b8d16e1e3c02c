"""Local settings from a TOML file: rules switched off or softened with a reason, dates and tolerances."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from muster.model import Collection, MusterError
from muster.model.local import NOTHING_LOCAL, Local

_TOP = {"rules", "dates"}
_RULE_KEYS = {"suspended", "downgraded", "tolerance"}


def read_local(path: Path | None, collection: Collection) -> Local:
    """Read local settings; none where no file is given.  Raises MusterError, with the nearest right name.

    ``[rules."4100Q"]`` may hold ``suspended = "why"``, ``downgraded = "why"`` or ``tolerance = 1.2``;
    ``[dates]`` replaces constants of the year, such as ``census_day = 2025-11-05``.
    """
    if path is None:
        return NOTHING_LOCAL
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MusterError(f"{path.name} cannot be read: {error}") from None
    _check_keys(path.name, data, _TOP, "the file")
    rules = _rules(path.name, data.get("rules", {}), collection)
    return Local(
        suspended={name: about["suspended"] for name, about in rules.items() if "suspended" in about},
        downgraded={name: about["downgraded"] for name, about in rules.items() if "downgraded" in about},
        tolerances={name: about["tolerance"] for name, about in rules.items() if "tolerance" in about},
        constants=_dates(path.name, data.get("dates", {}), collection),
    )


def _check_keys(file: str, data: object, known: Iterable[str], place: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise MusterError(f"{file}: {place} must hold one of {', '.join(sorted(known))}")
    from muster.catalogue._source import nearest

    for key in data:
        if key not in known:
            hint = nearest(key, known)
            raise MusterError(f"{file}: {place}: '{key}' is not one of {', '.join(sorted(known))}{hint}")
    return data


def _rules(file: str, rules: dict[str, Any], collection: Collection) -> dict[str, dict[str, Any]]:
    """What is said of each rule, by its id; an official number may stand for several."""
    from muster.catalogue.find import find_rules

    found: dict[str, dict[str, Any]] = {}
    for code, about in rules.items():
        _check_keys(file, about, _RULE_KEYS, f"rule {code}")
        for key, value in about.items():
            _check_value(f"{file}: rule {code}: '{key}'", key, value)
        try:
            found |= dict.fromkeys((rule.id for rule in find_rules(collection, code)), about)
        except MusterError as error:
            raise MusterError(f"{file}: {error}") from None
    return found


def _check_value(place: str, key: str, value: object) -> None:
    if key == "tolerance":
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise MusterError(f"{place} needs a number, such as 1.2")
    elif not (isinstance(value, str) and value.strip()):
        raise MusterError(f"{place} needs the reason, in quotes")


def _dates(file: str, dates: dict[str, Any], collection: Collection) -> dict[str, date | int | float | str]:
    known = {
        name
        for facts in collection.facts.values()
        for name, value in facts.constants.items()
        if isinstance(value, date)
    }
    for name, value in _check_keys(file, dates, known, "[dates]").items():
        if not isinstance(value, date):
            raise MusterError(f"{file}: [dates] {name} must be a date such as 2025-11-06, without quotes")
    return dict(dates)
