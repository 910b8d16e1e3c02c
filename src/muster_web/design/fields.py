"""Form fields that Django has not: a date in three boxes."""

# ruff: noqa: ARG002  (the arguments are those that Django gives to every widget)

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateParts(forms.Widget):
    """Three text boxes; what was typed is kept as typed, so that it can be shown again."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        """What was typed for day, month and year."""
        return tuple(str(data.get(f"{name}_{part}") or "").strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether none of the three boxes was sent."""
        return not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The box that a link to the field leads to: the day."""
        return f"{id_}_day" if id_ else ""


class DateField(forms.Field):
    """A date typed as day, month and year; the month may be a word."""

    widget = DateParts

    def to_python(self, value: Any) -> dt.date | None:
        """The date that three texts say, None for three empty ones."""
        if value is None or isinstance(value, dt.date):
            return value
        typed = dict(zip(PARTS, value, strict=True))
        missing = [part for part, text in typed.items() if not text]
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise forms.ValidationError(
                f"{self._name} must include a {' and a '.join(missing)}", "incomplete"
            )
        return self._date(typed)

    def _date(self, typed: Mapping[str, str]) -> dt.date:
        try:
            return dt.date(int(typed["year"]), _month(typed["month"]), int(typed["day"]))
        except ValueError:
            said = "/".join(typed[part] for part in PARTS)
            raise forms.ValidationError(
                f"{self._name} must be a real date, like 7 11 2013, not {said}", "invalid"
            ) from None

    @property
    def _name(self) -> str:
        return str(self.label or "The date")


def _month(text: str) -> int:
    """The number of a month; a word counts by its first three letters."""
    word = text.lower()[:3]
    return MONTHS.index(word) + 1 if word in MONTHS else int(text)
