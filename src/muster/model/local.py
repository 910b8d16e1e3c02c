"""What a place may change for itself, without a new release: rules off or softened, dates, tolerances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Local:
    """Local settings of a run; every rule switched off or softened carries its reason to the result.

    ``all_stages`` asks rules of the second stage even of people with an error of the first.
    """

    suspended: Mapping[str, str] = field(default_factory=dict)
    downgraded: Mapping[str, str] = field(default_factory=dict)
    tolerances: Mapping[str, float] = field(default_factory=dict)
    constants: Mapping[str, date | int | float | str] = field(default_factory=dict)
    all_stages: bool = False


NOTHING_LOCAL = Local()
