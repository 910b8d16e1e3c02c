"""What a place may change for itself, without a new release: rules off or softened, dates, tolerances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True)
class Local:
    """Local settings of a run; every rule switched off or softened carries its reason to the result.

    ``all_stages`` asks rules of the second stage even of people with an error of the first.
    ``by_department`` holds what was decided for everyone and not by the place: ("suspended", "4100").
    """

    suspended: Mapping[str, str] = field(default_factory=dict)
    downgraded: Mapping[str, str] = field(default_factory=dict)
    tolerances: Mapping[str, float] = field(default_factory=dict)
    constants: Mapping[str, date | int | float | str] = field(default_factory=dict)
    all_stages: bool = False
    by_department: frozenset[tuple[str, str]] = frozenset()

    def why_suspended(self, *names: str) -> str:
        """Who suspended a rule of these names, and why; '' where nobody did."""
        return self._why("suspended", self.suspended, names)

    def why_downgraded(self, *names: str) -> str:
        """Who made a query of an error of these names, and why; '' where nobody did."""
        return self._why("downgraded", self.downgraded, names)

    def _why(self, what: str, reasons: Mapping[str, str], names: Sequence[str]) -> str:
        name = next((name for name in names if reasons.get(name)), "")
        who = "by the department" if (what, name) in self.by_department else "here"
        return f"{what} {who}: {reasons[name]}" if name else ""

    def ruled(self, suspended: Mapping[str, str], downgraded: Mapping[str, str]) -> Local:
        """These settings with the department's own rulings, rule to reason, which go before those of the place."""
        ruled = {("suspended", name) for name in suspended} | {("downgraded", name) for name in downgraded}
        return replace(
            self,
            suspended={**self.suspended, **suspended},
            downgraded={**self.downgraded, **downgraded},
            by_department=self.by_department | ruled,
        )


NOTHING_LOCAL = Local()
