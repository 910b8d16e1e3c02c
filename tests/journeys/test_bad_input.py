"""Returns that are not what they should be, as a person meets them: exit code 2, one message, no traceback.

Staff exports and payroll files are in test_bad_exports.py, a full disk and an interruption in test_stopped.py.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.command import muster, refused
from tests.xml_returns import contract, details, elements, message, with_members

PERSON = details(NINumber="AB111111A", GenderCurrent="F") + contract(elements(ContractType="PRM"))
GOOD = with_members(PERSON, year="2025")
MEGABYTE = 1 << 20

# What arrives, and what must be said of it.  The whole message also names the file, and the line where it can.
REFUSED = {
    "an empty file": (b"", "empty"),
    "blank lines only": (b"\n\n  \n", "blanks"),
    "a letter": (b"Dear colleague, please find attached", "not XML"),
    "a web page": (b"<!DOCTYPE html><html><body>Log in</body></html>", ""),
    "a workbook called .xml": (b"PK\x03\x04\x14\x00\x06\x00" + b"\x00" * 40, "not XML"),
    "cut off at the end of a tag": (GOOD[: GOOD.index("<ContractType>")].encode(), "stops before its end"),
    "cut off within a tag": (GOOD[: GOOD.index("<ContractType>") + 6].encode(), "stops before its end"),
    "cut off within a value": (GOOD[: GOOD.index("PRM<") + 2].encode(), "stops before its end"),
    "two returns in one file": ((GOOD + GOOD).encode(), "follows the end of the return"),
    "another encoding than declared": (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        + with_members(details(PersonFamilyName="Müller"), year="2025").encode("windows-1252"),
        "windows-1252",
    ),
    "an encoding nobody knows": (b'<?xml version="1.0" encoding="klingon"?>\n' + GOOD.encode(), "encoding"),
    "another outermost element": (b"<CTfile><Header/></CTfile>", "common transfer file"),
    "a year before the census": (message(year="1999").encode(), "1999"),
    "no year": (message(year="").encode(), "which year"),
    "an entity trick": (
        b'<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Message>&b;</Message>', "DOCTYPE",
    ),
    "an entity not defined": (GOOD.replace("PRM", "&nbsp;").encode(), "entity"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_return_is_refused_in_one_message(what: str, tmp_path: Path) -> None:
    content, says = REFUSED[what]
    path = tmp_path / "spring.xml"
    path.write_bytes(content)
    told = refused("check", path)
    assert told.startswith("spring.xml"), told
    assert says.lower() in told.lower(), told


@pytest.mark.parametrize(
    ("cut", "place"), [("<ContractType>", "line 3"), ("</SchoolWorkforceMembers>", "line 4")]
)
def test_the_place_where_a_file_breaks_off_is_named(cut: str, place: str, tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_text(GOOD[: GOOD.index(cut)], encoding="utf-8")
    assert f"cut.xml, {place}, column " in refused("check", path)


def test_a_file_in_utf_16_is_read_like_one_in_utf_8(tmp_path: Path) -> None:
    plain, wide = tmp_path / "plain.xml", tmp_path / "wide.xml"
    plain.write_bytes(GOOD.encode("utf-8"))
    wide.write_bytes(('<?xml version="1.0" encoding="UTF-16"?>' + GOOD).encode("utf-16"))
    first, second = muster("check", plain, "--json"), muster("check", wide, "--json")
    assert first.fingerprints and first.fingerprints == second.fingerprints
    assert (first.code, second.code) == (1, 1)


def test_real_files_of_another_collection_are_refused_by_name(shared_data: Path) -> None:
    files = sorted((shared_data / "data" / "cin").glob("*.xml"))
    assert files
    for path in files:
        said = refused("check", path, "--collection", "school_workforce")
        assert "this is not a school workforce census return" in said


def test_a_return_of_another_year_than_asked_for_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.xml"
    path.write_text(message(year="2013"), encoding="utf-8")
    assert "r.xml is a return of 2013; this check is for 2025" in refused("check", path, "--year", "2025")
    assert "2010 to 2025, not for 1999" in refused("check", path, "--year", "1999")


def test_returns_of_several_years_ask_for_a_choice(tmp_path: Path) -> None:
    for year in ("2013", "2025"):
        (tmp_path / f"{year}.xml").write_text(message(year=year), encoding="utf-8")
    assert "1 of 2013, 1 of 2025); choose one with --year" in refused("check", tmp_path)
    chosen = muster("check", tmp_path, "--year", "2025")
    assert chosen.code == 2 and "1 file refused: 919/4001, 2025" in chosen.first_line


SCHOOLS = "LA,Estab,Name\n919,4001,Borough High School\n919,2001,Abbey Primary School\n"


def test_another_schools_return_is_refused_with_both_numbers_and_names(tmp_path: Path) -> None:
    path, schools = tmp_path / "r.xml", tmp_path / "schools.csv"
    path.write_text(message(year="2025"), encoding="utf-8")
    schools.write_text(SCHOOLS, encoding="utf-8")
    told = refused("check", path, "--school", "919/2001")
    assert told.startswith("r.xml is the return of 919/4001, not of 919/2001.")
    told = refused("check", path, "--school", "9192001", "--schools", schools)
    assert "of 919/4001 (Borough High School), not of 919/2001 (Abbey Primary School)" in told
    assert "write it as 919/4001" in refused("check", path, "--school", "Abbey Primary")


def test_the_same_school_twice_in_a_folder_is_refused_with_both_files(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(message(year="2025"), encoding="utf-8")
    (tmp_path / "b.xml").write_text(GOOD, encoding="utf-8")
    told = refused("check", tmp_path)
    assert told.startswith("a.xml and b.xml are both the return of 919/4001;")


def test_the_same_file_sent_twice_is_checked_once_and_said_so(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    said = muster("check", tmp_path)
    assert said.code == 1 and said.first_line.endswith(": 919/4001, 2025")
    assert "b.xml holds the same bytes as a.xml and was left out" in said.out


def test_a_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "cut.xml").write_text(GOOD[:-30].replace("4001", "4002"), encoding="utf-8")
    said = muster("check", tmp_path, "--json")
    assert said.code == 2 and said.json["returns"] == ["919/4001"]
    assert [text.split(",")[0].split(":")[0] for text in said.json["refused"]] == ["empty.xml", "cut.xml"]


def test_a_folder_with_no_xml_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "payroll.pdf").write_text("a,b\n1,2\n", encoding="utf-8")
    assert refused("check", tmp_path).startswith("no XML file in ")
    (tmp_path / "payroll.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "payroll.csv is a table and does not say of which return" in refused(
        "check", tmp_path / "payroll.csv"
    )
    assert refused("check", tmp_path / "nowhere").startswith("There is no file or folder ")


def test_no_message_names_the_folder_a_zip_was_unpacked_to(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as packed:
        packed.writestr("north/one.xml", GOOD[:-30])
        packed.writestr("north/two.xml", "Dear colleague")
    said = muster("check", tmp_path / "sent.zip")
    assert said.code == 2 and said.err.count("\n") == 2
    assert "sent.zip/north/one.xml, line " in said.err and "muster-" not in said.err
    told = refused("check", tmp_path / "sent.zip", "--notes")
    assert "sent.zip/north/one.xml lies in a zip file" in told


@pytest.mark.parametrize("name", ["../out.xml", "/out.xml"])
def test_a_zip_that_reaches_out_of_its_folder_is_refused(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as packed:
        packed.writestr(name, GOOD)
    assert "Nothing was unpacked." in refused("check", tmp_path / "sent.zip")


# The peak of a process started by a large one counts from its parent's where rusage says it; /proc does not.
MEASURED = """
import sys
from muster.cli import main
code = main(["check", sys.argv[1], "--quiet"])
status = open("/proc/self/status").read()
print(code, int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


@pytest.mark.parametrize("inside", ["one value", "one record"])
def test_200_mb_of_one_element_is_refused_in_bounded_memory(inside: str, tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    start, end = GOOD[: GOOD.index("<ContractType>")], GOOD[GOOD.index("<ContractType>") :]
    piece = b"A" * MEGABYTE if inside == "one value" else b"<Role/>" * (MEGABYTE // 7)
    with path.open("wb") as file:
        file.write(start.encode() + b"<Post>")
        for _ in range(200):
            file.write(piece)
        file.write(b"</Post>" + end.encode())
    done = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True)
    code, megabytes = map(int, done.stdout.split())
    assert code == 2 and done.stderr.startswith("muster: huge.xml, line ") and megabytes < 500


def test_10_000_duplicate_elements_are_told_of_in_a_list_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "twice.xml"
    path.write_text(GOOD.replace("<NINumber>", "<Sex>F</Sex>" * 10_001 + "<NINumber>"), encoding="utf-8")
    said = muster("check", path, "--json")
    told = [f for f in said.json["findings"] if f["code"].startswith("read.")]
    assert said.code == 1 and 1 <= len(told) < 1_000
    assert any("more than once" in f["message"] for f in told)
    assert any("9," in f["message"] or "10,000" in f["message"] for f in told), told[-1]["message"]
