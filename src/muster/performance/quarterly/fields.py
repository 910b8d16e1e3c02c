"""The fields of one entry in a snapshot file, each read as what it must be or refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from muster.catalogue._source import nearest
from muster.model import MusterError
from muster.performance.amounts import Amount, NoAmount, read_amount
from muster.performance.lights import Light
from muster.performance.quarterly.snapshot import Override

_ABSENT = object()


class Fields:
    """One entry: where it stands, and its fields; those nobody asked for are unknown."""

    def __init__(self, file: str, where: str, data: object):
        self.file, self.where = file, where
        if not isinstance(data, Mapping):
            raise self.fault("", f"is not an entry with fields, but '{data}'")
        self._data: Mapping[str, Any] = data
        self._asked: set[str] = set()

    def fault(self, name: str, told: str) -> MusterError:
        """What is wrong with a field, with its place."""
        ref = self._data.get("ref") or self._data.get("title") if hasattr(self, "_data") else ""
        about = f"{self.where} ({ref})" if isinstance(ref, str) and ref else self.where
        return MusterError(f"{self.file}, {about}{f', {name}' if name else ''}: {told}")

    def raw(self, name: str) -> Any:
        """A field as it is; None where it is absent."""
        self._asked.add(name)
        return self._data.get(name)

    def text(self, name: str, default: object = _ABSENT) -> str:
        """A field of text; needed unless there is a default."""
        value = self.raw(name)
        if value in (None, "") and default is not _ABSENT:
            return str(default)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(name, "nothing is written" if value in (None, "") else f"'{value}' is not text")
        return value.strip()

    def flag(self, name: str) -> bool:
        """A field that is true or false; false where it is absent."""
        value = self.raw(name)
        if value not in (None, True, False):
            raise self.fault(name, f"'{value}' is neither true nor false")
        return bool(value)

    def whole(self, name: str) -> int:
        """A whole number that is needed."""
        value = self.raw(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(name, f"'{value}' is not a whole number")
        return value

    def amount(self, name: str) -> Amount | None:
        """An amount, written as text or as a number; None where it is absent."""
        value = self.raw(name)
        return None if value is None else self.as_amount(name, value)

    def as_amount(self, name: str, value: object) -> Amount:
        """A value as an amount."""
        try:
            return read_amount(str(value))
        except NoAmount as problem:
            raise self.fault(name, str(problem)) from None

    def day_or_none(self, name: str) -> date | None:
        """A day; None where it is absent."""
        value = self.raw(name)
        try:
            return (
                None
                if value is None
                else value
                if isinstance(value, date)
                else date.fromisoformat(str(value))
            )
        except ValueError:
            raise self.fault(name, f"'{value}' is not a day; write it as 2009-03-31") from None

    def day(self, name: str) -> date:
        """A day that is needed."""
        found = self.day_or_none(name)
        if found is None:
            raise self.fault(name, "nothing is written")
        return found

    def light(self, name: str) -> Light:
        """A light by its name; none where it is absent."""
        value = self.raw(name)
        known = [light.value for light in Light]
        if value is not None and value not in known:
            raise self.fault(
                name, f"'{value}' is no light{nearest(str(value), known)} (there are {', '.join(known)})"
            )
        return Light(value) if value else Light.NONE

    def override(self) -> Override | None:
        """The light somebody set and the reason, which it needs."""
        if self.raw("set_light") is None:
            return None
        reason = self.text("set_reason", "")
        if not reason:
            raise self.fault("set_reason", "a light that is set against the rule needs a reason")
        return Override(self.light("set_light"), reason)

    def within(self, name: str) -> Fields | None:
        """The fields of an entry within this one; None where it is absent."""
        value = self.raw(name)
        return None if value is None else Fields(self.file, f"{self.where}, {name}", value)

    def none_left(self) -> None:
        """Refuse the entry where it has a field that nobody asked for."""
        unknown = sorted(self._data.keys() - self._asked)
        if unknown:
            raise self.fault(unknown[0], f"is unknown{nearest(unknown[0], self._asked)}")
