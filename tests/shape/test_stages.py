"""The eight stages are the same wherever they are named, and each has the same shape."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from muster.pipeline import STAGES
from tests.shape.source import REPOSITORY, python_files

LIBRARY = REPOSITORY / "src" / "muster"
NO_STAGES = {
    "catalogue",
    "cli",
    "dictionary",
    "engines",
    "identifiers",
    "inspecting",
    "model",
    "national",
    "performance",
    "published",
    "sample",
    "transferring",
}
FORBIDDEN_NAMES = ("utils", "helpers", "common", "manager")


def test_the_folders_are_the_stages_of_the_pipeline() -> None:
    folders = {path.parent.name for path in LIBRARY.glob("*/__init__.py")}
    assert folders - NO_STAGES == set(STAGES)


def test_the_import_contract_names_the_stages_of_the_pipeline() -> None:
    settings = tomli.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["name"] == "Library layers"]
    assert tuple(STAGES) in [tuple(layer.split(" | ")) for layer in layers]


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_has_a_front_door_and_a_short_readme(stage: str) -> None:
    front = importlib.import_module(f"muster.{stage}")
    assert front.__doc__ and front.__all__
    assert all(hasattr(front, name) for name in front.__all__)
    readme = (LIBRARY / stage / "README.md").read_text(encoding="utf-8")
    assert 3 <= len(readme.splitlines()) <= 15


def test_the_import_contracts_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    names = [Path(path).stem.strip("_") for path in python_files("src")]
    assert not [name for name in names if name in FORBIDDEN_NAMES or name.startswith("base_")]
