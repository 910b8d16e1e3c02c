"""The universe of the journeys: a small Anyshire of eight schools, built once and left as it is.

    anyshire   the folder the authority hands over: eight schools of every phase, central staff, mess and all
    built      that folder built twice into one output folder, read by people and then by machines

A journey that changes anything works on a copy.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.command import Said, muster

from muster.sample import write_authority


@dataclass(frozen=True)
class Anyshire:
    """An authority's folder and the folder its returns were built into."""

    folder: Path
    out: Path
    said: Said | None = None

    def build(self, *words: str | Path) -> Said:
        """Build its returns."""
        return muster("build", self.folder, "--out", self.out, *words)

    def xml(self, ref: str) -> Path:
        """The written return of a school."""
        (found,) = self.out.glob(f"returns/{ref.replace('/', '')}_SW*.xml")
        return found

    def edit(self, name: str, was: str, now: str) -> None:
        """Change one value of a file of the folder, which must be there."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert was in text, f"{name} does not hold {was}"
        path.write_text(text.replace(was, now, 1), encoding="utf-8")


@pytest.fixture(scope="session")
def anyshire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an authority of eight schools."""
    folder = tmp_path_factory.mktemp("journey") / "anyshire"
    write_authority(folder, schools=8)
    return folder


@pytest.fixture(scope="session")
def built(anyshire: Path) -> Anyshire:
    """The authority built once; what the command said to a person is in ``said``."""
    first = Anyshire(anyshire, anyshire.parent / "out")
    return Anyshire(first.folder, first.out, first.build())


@pytest.fixture
def copied(built: Anyshire, tmp_path: Path) -> Anyshire:
    """A copy of the built authority, to change."""
    shutil.copytree(built.folder, tmp_path / "anyshire")
    shutil.copytree(built.out, tmp_path / "out")
    return Anyshire(tmp_path / "anyshire", tmp_path / "out")


@pytest.fixture
def small(tmp_path: Path) -> Anyshire:
    """An authority of two schools, not yet built."""
    write_authority(tmp_path / "anyshire", schools=2)
    return Anyshire(tmp_path / "anyshire", tmp_path / "out")
