"""Whoever runs the service finds every variable it reads in the guides, but for those its own commands set."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.shape.source import python_files, tree_of

_READERS = {"text", "flag", "listed", "whole"}
SET_BY_COMMANDS = {"DEBUG", "DEMO"}
ROOT = Path(__file__).parents[2]


def variables() -> set[str]:
    """The names of the variables that the configuration reads, without MUSTER_."""
    calls = (
        node
        for path in python_files("src")
        if path.startswith("src/muster_web/config/")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
    )
    return {
        str(call.args[0].value)  # type: ignore[attr-defined]
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in _READERS
    }


def test_every_variable_of_the_service_is_described_in_a_guide() -> None:
    guides = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "how-to").glob("*.md"))
    found = variables()
    assert len(found) > 15
    missing = {name for name in found - SET_BY_COMMANDS if f"MUSTER_{name}" not in guides}
    assert not missing, f"describe in docs/how-to: {sorted(missing)}"
