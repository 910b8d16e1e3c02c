"""One published value: a number, a day or a text, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import isfinite

from muster.catalogue._source import SourceText, pipe_rows
from muster.catalogue.load import CATALOGUE
from muster.published.dataset import FOLDER, Measure

_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(e-?\d+)?", re.IGNORECASE)


class NoSuchValue(Exception):
    """A value that no such item can have; the text says why and what to do."""


@dataclass(frozen=True)
class Value:
    """What was published: as a number where it is one, and always as it was printed.

    ``missing`` says in words why there is no figure; then ``number`` is None.  Percentages are of 100.
    """

    printed: str
    number: float | None = None
    missing: str = ""


@cache
def signs() -> dict[str, str]:
    """What is printed in place of a figure, in lower case, and what it means."""
    source = SourceText.read(FOLDER / "signs.toml", CATALOGUE)
    return {row["printed"].lower(): row["meaning"] for _, row in pipe_rows(source.data["signs"])}


def read_value(printed: str, measure: Measure) -> Value:
    """The value of a cell.  Raises NoSuchValue."""
    if not printed:
        return Value("", missing="nothing was published")
    meaning = signs().get(printed.lower())
    if meaning is not None:
        return Value(printed, missing=meaning)
    if measure.kind == "day":
        day_in(printed)
    if measure.kind in ("day", "text"):
        return Value(printed)
    return Value(printed, _number(printed, measure.kind))


def day_in(printed: str) -> date:
    """The day a text says: 31/08/2021, 31-08-2021 or 2021-08-31.  Raises NoSuchValue."""
    parts = _DAY.fullmatch(printed)
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else date.fromisoformat(printed)
    except ValueError:
        raise NoSuchValue("this is no day. Write it as 31/08/2021") from None


def _number(printed: str, kind: str) -> float:
    bare = printed.lstrip("£").rstrip("%").strip()
    if not bare or not _NUMBER.fullmatch(bare) or bare in ("-", "."):
        raise NoSuchValue(
            "it is no number and no sign that is known. Correct it, or add the sign to signs.toml"
        )
    number = float(bare.replace(",", ""))
    if kind == "share":
        number *= 100
    _check_range(number, kind)
    return number


def _check_range(number: float, kind: str) -> None:
    if not isfinite(number):
        raise NoSuchValue("it is a number beyond all measure. Look it up where it was published")
    if kind == "percent" and not 0 <= number <= 100:
        raise NoSuchValue("a percentage of a whole lies between 0 and 100. Look it up where it was published")
    if kind == "count" and number < 0:
        raise NoSuchValue("a number of people or places is not below 0. Look it up where it was published")
