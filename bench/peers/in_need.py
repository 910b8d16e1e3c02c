"""Run csc-validator-be-cin over one official file; runs in the peer's environment."""

from __future__ import annotations

import importlib
import logging
import sys
import time
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path

START = time.perf_counter()
RULES = "cin_validator.rules.cin2025_26"


def main(path: Path) -> None:
    """Validate and say how long it took; this peer makes its report as it validates."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    from cin_validator import cin_validator

    tables = cin_validator.process_data(cin_validator.convert_data(ET.parse(path).getroot()))
    converted = time.perf_counter()
    registry = importlib.import_module(RULES).registry
    found = cin_validator.CinValidator(tables, registry)
    print(
        f"without report {time.perf_counter() - START:.2f} s (the report cannot be left out); "
        f"{converted - START:.1f} s of it to convert, {len(registry)} rules, {len(found.full_issue_df):,} issues"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
