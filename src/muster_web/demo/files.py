"""The two files of the journey: a school's return with one slip of the keyboard, and the same without it."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from muster.model import MusterError

# A decimal comma where the schema wants a point: one error, mended by typing one value.
_HOURS = re.compile(rb"<HoursPerWeek>(\d+)\.(\d+)</HoursPerWeek>")


@dataclass(frozen=True)
class Journey:
    """The school of the journey and its two files."""

    ref: str
    flawed: Path
    corrected: Path


def file_of(folder: Path, ref: str) -> Path:
    """The official file of a school among those the demo built."""
    return _only_file(folder, folder / "out" / "returns", ref)


def census_file_of(folder: Path, ref: str) -> Path:
    """The school census of a school among those the demo wrote."""
    return _only_file(folder, folder / "census", ref)


def _only_file(folder: Path, within: Path, ref: str) -> Path:
    found = sorted(within.glob(f"{ref.replace('/', '')}_*.xml"))
    if not found:
        raise MusterError(f"{folder} has no return of {ref}; make the demo again with: muster demo {folder}")
    return found[0]


def prepare_journey(folder: Path) -> Journey:
    """Choose a school whose return has nothing to fix and something to explain, and write its two files."""
    ref = _school(folder)
    right = file_of(folder, ref).read_bytes()
    wrong = _HOURS.sub(rb"<HoursPerWeek>\1,\2</HoursPerWeek>", right, count=1)
    journey = Journey(ref, folder / "flawed.xml", folder / "corrected.xml")
    journey.flawed.write_bytes(wrong)
    journey.corrected.write_bytes(right)
    return journey


def _school(folder: Path) -> str:
    """The first school that has queries and no errors; by the findings of the build."""
    findings = json.loads((folder / "out" / "findings.json").read_text(encoding="utf-8"))["findings"]
    errors = Counter(one["return"] for one in findings if one["severity"] == "error")
    queries = Counter(
        one["return"] for one in findings if one["severity"] == "query" and not one["asks_source"]
    )
    fitting = [
        ref for ref in sorted(queries)
        if "/" in ref and not errors[ref] and _HOURS.search(file_of(folder, ref).read_bytes())
    ]  # fmt: skip
    if not fitting:
        raise MusterError(
            f"no school of {folder} suits the journey; make the demo again with: muster demo {folder}"
        )
    return str(fitting[0])
