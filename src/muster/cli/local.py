"""Local settings from a TOML file: rules switched off or softened with a reason, dates and tolerances."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from muster.model import MusterError
from muster.model.local import NOTHING_LOCAL, Local

_RULE_KEYS = {"suspended", "downgraded", "tolerance"}


def read_local(path: Path | None) -> Local:
    """Read local settings; none where no file is given.  Raises MusterError.

    ``[rules."4100Q"]`` may hold ``suspended = "why"``, ``downgraded = "why"`` or ``tolerance = 1.2``;
    ``[dates]`` replaces constants of the year, such as ``census_day = 2025-11-05``.
    """
    if path is None:
        return NOTHING_LOCAL
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MusterError(f"{path.name} cannot be read: {error}") from None
    rules: dict[str, dict[str, Any]] = data.get("rules", {})
    for code, about in rules.items():
        _check(path, code, about)
    return Local(
        suspended={code: about["suspended"] for code, about in rules.items() if "suspended" in about},
        downgraded={code: about["downgraded"] for code, about in rules.items() if "downgraded" in about},
        tolerances={code: about["tolerance"] for code, about in rules.items() if "tolerance" in about},
        constants=_dates(path, data.get("dates", {})),
    )


def _check(path: Path, code: str, about: dict[str, Any]) -> None:
    for key, value in about.items():
        if key not in _RULE_KEYS:
            raise MusterError(
                f"{path.name}: rule {code}: '{key}' is not one of {', '.join(sorted(_RULE_KEYS))}"
            )
        if key != "tolerance" and not (isinstance(value, str) and value.strip()):
            raise MusterError(f"{path.name}: rule {code}: '{key}' needs the reason, in quotes")


def _dates(path: Path, dates: dict[str, Any]) -> dict[str, date | int | float | str]:
    for name, value in dates.items():
        if not isinstance(value, date):
            raise MusterError(f"{path.name}: [dates] {name} must be a date such as 2025-11-06")
    return dict(dates)
