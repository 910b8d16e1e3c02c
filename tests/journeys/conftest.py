"""The universe of the journeys: a small Anyshire of eight schools, built once and left as it is.

    anyshire   the folder the authority hands over: eight schools of every phase, central staff, mess and all
    built      that folder and what was built from it
    sent       an authority of two schools that sends one staff export; each test writes it

A journey that changes anything works on a copy.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.command import Said, muster, refused

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
    """An authority of six schools, not yet built."""
    write_authority(tmp_path / "anyshire", schools=6)
    return Anyshire(tmp_path / "anyshire", tmp_path / "out")


HEADINGS = (
    "Staff Code,DfE Number,Teacher Number,Family Name,Given Name,National Insurance Number,Gender,Date of birth,"
    "Contract/Agreement Type,Start Date,End Date,Post,Date of Arrival in School"
)
ANNE = (
    "S{},999/2001,0000012,Smith,Anne,AB111111A,F,01/02/1980,"
    "PRM,01/09/2010,,Classroom Teacher Main Range,01/09/2010"
)
GOOD = f"{HEADINGS}\n{ANNE.format(1)}\n"
SETTINGS = """collection = "school_workforce"
year = 2025
[authority]
name = "Anyshire"
number = "999"
[[source]]
files = "mis/*"
kind = "mis"
name = "Staff export"
"""
SCHOOLS = """LA,Estab,URN,Name,Phase
999,2001,900001,Abbey Primary School,Primary
999,4001,900002,Borough High School,Secondary
"""


@dataclass(frozen=True)
class Sent:
    """What the authority sent, and where its returns go."""

    folder: Path
    out: Path

    def file(self, name: str, content: str) -> None:
        """Put a file among the exports."""
        (self.folder / "mis" / name).write_text(content, encoding="utf-8")

    def setting(self, lines: str) -> None:
        """Say more of the source in muster.toml."""
        (self.folder / "muster.toml").write_text(SETTINGS + lines, encoding="utf-8")

    def build(self) -> Said:
        """Build its returns."""
        return muster("build", self.folder, "--out", self.out)

    def refused(self) -> str:
        """The one message of a build that could not run."""
        return refused("build", self.folder, "--out", self.out, "--quiet")

    @property
    def notes(self) -> str:
        """What the build noted on the files."""
        return (self.out / "file_notes.csv").read_text(encoding="utf-8-sig")

    @property
    def people(self) -> int:
        """How many people the returns hold."""
        return sum(
            path.read_text(encoding="utf-8").count("<SchoolWorkforceMember>")
            for path in self.out.glob("returns/*.xml")
        )


@pytest.fixture
def sent(tmp_path: Path) -> Sent:
    """The authority with no export yet."""
    (tmp_path / "anyshire" / "mis").mkdir(parents=True)
    (tmp_path / "anyshire" / "schools.csv").write_text(SCHOOLS, encoding="utf-8")
    sent = Sent(tmp_path / "anyshire", tmp_path / "out")
    sent.setting('mapping = "sims_personnel"\n')
    return sent
