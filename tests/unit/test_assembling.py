"""One school's return assembled from its parts is the one the whole authority's build makes of the same files."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from muster.assembling import Given, Keyed, Part, assemble
from muster.collect import load_authority
from muster.model import MusterError, SourceFile
from muster.sample import write_authority

AT = datetime(2025, 11, 10, 9, tzinfo=UTC)
REF = "999/4001"


def file(path: Path) -> SourceFile:
    """A file as it would have been received."""
    content = path.read_bytes()
    return SourceFile(path, path.name, hashlib.sha256(content).hexdigest(), len(content))


@pytest.fixture(scope="module")
def anyshire(tmp_path_factory) -> Path:
    """A small invented authority."""
    folder = tmp_path_factory.mktemp("anyshire")
    write_authority(folder, year=2025, seed=1, schools=12)
    return folder


@pytest.fixture(scope="module")
def parts(anyshire: Path) -> list[Part]:
    """The files of one school: its own exports, and the payrolls in which it stands."""
    own = [Part(file(p), "mis", "MIS") for p in sorted((anyshire / "mis").glob("*4001*"))]
    return own + [Part(file(p), "payroll", "Payroll") for p in sorted((anyshire / "payroll").iterdir())]


def made(anyshire: Path, given: Given):
    """The school's return."""
    return assemble("school_workforce", 2025, load_authority(anyshire).schools[REF], given)


def test_the_same_parts_give_the_same_bytes(anyshire, parts) -> None:
    given = Given(parts, AT)
    assert made(anyshire, given).xml == made(anyshire, given).xml


def test_of_other_schools_in_a_payroll_nothing_is_told(anyshire, parts) -> None:
    found = made(anyshire, Given(parts, AT))
    assert "itrent_assignments.csv" in found.shared
    assert not [notice for notice in found.notices if "999/2001" in notice.message]
    refs = {one.ref for one in (*found.to_key, *found.conflicts, *found.proposals)}
    assert refs <= {REF}
    assert {left.ref for left in found.left_out} <= {"", REF}


def test_every_value_of_a_source_says_where_it_came_from(anyshire, parts) -> None:
    found = made(anyshire, Given(parts, AT))
    names = {part.source.name for part in parts}
    assert found.came and all(
        any(name in words for name in names) or "derived" in words for words in found.came.values()
    )


def test_a_keyed_value_is_asked_no_more(anyshire, parts) -> None:
    first = made(anyshire, Given(parts, AT))
    asked = next(one for one in first.to_key if one.item == "teacher_number")
    keyed = Keyed(asked.key, asked.table, asked.target, asked.item, "0000042")
    again = made(anyshire, Given(parts, AT, keyed=[keyed]))
    assert len(again.to_key) == len(first.to_key) - 1
    assert again.coverage.whole.keyed == 1 and b"<TeacherNumber>0000042<" in again.xml


def test_nobody_read_is_told_with_the_reason(anyshire, tmp_path) -> None:
    other = tmp_path / "notes.csv"
    other.write_text("A,B\n1,2\n")
    with pytest.raises(MusterError, match="no file gave any staff of"):
        made(anyshire, Given([Part(file(other), "mis", "MIS")], AT))
