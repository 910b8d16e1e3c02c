"""The school census by command: what a school, an authority and a bad file bring; looking ahead and back.

One school of 28 pupils stands in samples/2014_spring and so on; here its file is changed in one place at a time.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from tests.command import muster

from muster.catalogue import CATALOGUE

ETHNICITY = "<Ethnicity>WBRI</Ethnicity>"
SAMPLES = CATALOGUE / "school_census" / "samples"
UPN = re.compile(r"<UPN>([A-Z]82090\d{7})</UPN>")


def text_of(census: str) -> str:
    return (SAMPLES / census / "return.xml").read_text(encoding="utf-8")


def codes(folder: Path, text: str, name: str = "9994001_SC1_999LL14_001.xml") -> list[str]:
    """The codes of what is found in a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    said = muster("check", path, "--json")
    assert said.code in (0, 1), said.err
    return [finding["code"] for finding in said.json["findings"]]


def changed(text: str, pattern: str, new: str) -> str:
    """The text with the first place that fits changed."""
    after, count = re.subn(pattern, new, text, count=1)
    assert count == 1, pattern
    return after


BAD = [
    ("a UPN with a wrong letter", "2014_spring", r"<UPN>[A-Z](82090\d{7})", r"<UPN>I\1", "1510"),
    ("a birth date in the future", "2014_spring", r"<DOB>200[6-9]-", "<DOB>2091-", "birth_date_after_census_day"),
    ("attendance of a boarder", "2014_spring", r"<Boarder>N(?=(?:(?!</PupilOnRoll>)[\s\S])*<TermlyAtt)",
     "<Boarder>B", "2470"),
    ("more absence than sessions", "2014_spring", r"((?:<TermlyAtt[\s\S]*?){9}<AbsenceSessions>)\d+", r"\g<1>777",
     "more_absence_than_sessions"),
    ("more sessions than weekdays", "2014_spring", r"<SessionsPossible>\d+", "<SessionsPossible>777",
     "too_many_sessions"),
    ("a ULN that is never given out", "2025_autumn", r"((?:<UniqueLearnerNumber>[\s\S]*?){2})\d{10}<",
     r"\g<1>9990000050<", "1575"),
    ("an exclusion before its window", "2025_autumn", r"(<TermlyExclusion>[\s\S]*?<StartDate>)[\d-]+",
     r"\g<1>2019-01-07", "2290"),
    ("attendance of a reason that was never collected", "2014_spring", r"<AttendanceReason>\w", "<AttendanceReason>Z",
     "2572"),
    ("a reference date of another term", "2014_spring", r"<ReferenceDate>[\d-]+", "<ReferenceDate>2014-05-15", "100"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "census", "pattern", "new", "code"), BAD, ids=[case[0] for case in BAD])
def test_bad_input_is_found_by_its_rule(
    tmp_path: Path, what: str, census: str, pattern: str, new: str, code: str
) -> None:
    text = text_of(census)
    before, after = (
        codes(tmp_path, text).count(code),
        codes(tmp_path, changed(text, pattern, new)).count(code),
    )
    assert after > before, what


def test_a_pupil_twice_in_a_file_is_found_on_both_records(tmp_path: Path) -> None:
    text = text_of("2014_spring")
    first, second = UPN.findall(text)[4:6]
    assert codes(tmp_path, text.replace(first, second)).count("1520") == 2


def test_a_file_of_no_term_or_another_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text_of("2014_spring").replace("<Term>SPR", "<Term>WIN"), encoding="utf-8")
    said = muster("check", path)
    assert said.code == 2
    assert "a.xml does not say of which term it is" in said.err and "SPR for spring" in said.err
    path.write_text(text_of("2014_spring"), encoding="utf-8")
    said = muster("check", "--collection", "school_census_autumn", path)
    assert said.code == 2 and "its term is 'SPR', and this is the school census autumn" in said.err


def test_censuses_of_two_terms_are_checked_one_at_a_time(tmp_path: Path) -> None:
    for term in ("spring", "summer"):
        (tmp_path / f"{term}.xml").write_text(text_of(f"2014_{term}"), encoding="utf-8")
    said = muster("check", tmp_path)
    assert said.code == 2 and "these files are of several collections" in said.err


def test_an_element_of_another_term_is_noted_and_read(tmp_path: Path) -> None:
    text = changed(text_of("2014_summer"), "<PupilCharacteristics>", "<PupilCharacteristics>" + ETHNICITY)
    assert "read.other_year" in codes(tmp_path, text)


def test_two_schools_that_return_one_pupil_are_told_and_what_it_costs(tmp_path: Path) -> None:
    text = text_of("2014_spring")
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    (tmp_path / "b.xml").write_text(text.replace("<Estab>2001", "<Estab>2002"), encoding="utf-8")
    said = muster("check", tmp_path, "--all")
    assert said.code == 1
    assert "Two schools return the UPN" in said.out and "Only the main record brings funding" in said.out


def test_a_return_becomes_tables_and_again_the_same_file(tmp_path: Path) -> None:
    source, tables, back = tmp_path / "a.xml", tmp_path / "tables", tmp_path / "back.xml"
    source.write_text(text_of("2025_autumn"), encoding="utf-8")
    assert muster("convert", source, tables).code == 0
    assert muster("convert", tables, back).code == 0
    assert back.read_text(encoding="utf-8") == source.read_text(encoding="utf-8")


def test_a_row_that_is_neither_on_roll_nor_gone_is_not_written(tmp_path: Path) -> None:
    source, tables = tmp_path / "a.xml", tmp_path / "tables"
    source.write_text(text_of("2025_autumn"), encoding="utf-8")
    assert muster("convert", source, tables).code == 0
    pupils = tables / "pupils.csv"
    pupils.write_text(pupils.read_text(encoding="utf-8").replace("true", "maybe", 1), encoding="utf-8")
    said = muster("convert", tables, tmp_path / "back.xml")
    assert said.code == 2 and "on_roll of record 1 is 'maybe' and must be one of false, true" in said.err


def test_who_will_need_a_uln_is_listed_months_ahead(tmp_path: Path) -> None:
    text = re.sub(r" *<UniqueLearnerNumber>.*\n", "", text_of("2014_summer"))
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    listed = tmp_path / "ulns.csv"
    said = muster("census", "ulns", tmp_path / "a.xml", "--months", "6", "--csv", listed, "--json")
    assert said.code == 1
    needs = said.json
    assert {one["Needed by the census of"] for one in needs} <= {
        "spring 2015, 15 January 2015",
        "summer 2014, 15 May 2014", "autumn 2014, 2 October 2014",
    }  # fmt: skip
    assert all(re.fullmatch(r"[A-Z]\d{12}", one["UPN"]) for one in needs)
    assert listed.read_text(encoding="utf-8").count("\n") == len(needs) + 1
    soonest = [one for one in needs if one["Now"]]
    assert soonest and len(soonest) < len(needs)
    assert muster("census", "ulns", SAMPLES / "2014_spring" / "return.xml").code == 0


def test_schools_that_changed_much_are_pointed_out(tmp_path: Path) -> None:
    text = text_of("2014_spring")
    before, now = tmp_path / "before.zip", tmp_path / "now"
    with zipfile.ZipFile(before, "w") as packed:
        packed.writestr("a.xml", text.replace("<Year>2014", "<Year>2013").replace("2014-01-16", "2013-01-17"))
    now.mkdir()
    (now / "a.xml").write_text(re.sub(r" *<FSMperiod>[\s\S]*?</FSMperiod>\n", "", text), encoding="utf-8")
    (now / "b.xml").write_text(text.replace("<Estab>2001", "<Estab>2002"), encoding="utf-8")
    said = muster("census", "compare", now, before, "--all", "--json")
    figures = {one["Figure"]: one for one in said.json if one["School"] == "999/2001"}
    assert figures["pupils on roll"]["Change"] == "0"
    assert figures["pupils with free school meals since the last census"]["Now"] == "0"
    assert [one["To note"] for one in said.json if one["School"] == "999/2002"] == ["There is none"]


def test_files_of_another_collection_are_refused() -> None:
    said = muster("census", "ulns", CATALOGUE / "school_workforce" / "samples" / "2013" / "return.xml")
    assert said.code == 2 and "there is no school census here" in said.err


def test_a_sample_is_written_checked_and_counted(tmp_path: Path) -> None:
    target = tmp_path / "spring"
    said = muster(
        "sample", target, "--collection", "school_census", "--term", "autumn", "--year", "2013", "--format", "xml",
        "--schools", "6", "--json",
    )  # fmt: skip
    assert said.code == 0 and said.json["schools"] == 6
    assert sorted(path.name for path in target.glob("*.xml"))[0] == "9991001_SC3_999LL13_001.xml"
    checked = muster("check", target, "--json")
    assert checked.code == 1 and checked.json["counts"] if "counts" in checked.json else True
    assert muster("sample", tmp_path / "x", "--collection", "children_in_need", "--term", "spring").code == 2


@pytest.mark.parametrize("name", ["1570", "$census_day", "pupils.uln", "of_attendance_age"])
def test_what_the_census_says_can_be_looked_up(name: str) -> None:
    said = muster("explain", name.lstrip("$"), "--collection", "school_census_spring", "--year", "2014")
    assert said.code in (0, 2)
    if name != "of_attendance_age":
        assert said.code == 0


def test_the_rules_of_a_term_are_listed_shown_and_compared() -> None:
    listed = muster("rules", "list", "--collection", "school_census_autumn", "--year", "2013", "--json")
    autumn = {rule["id"] for rule in json.loads(listed.out)["rules"]}
    assert {"1510", "2611"} <= autumn and not {"1570", "sen_ranks", "no_classes"} & autumn
    assert muster("rules", "show", "1570", "--collection", "school_census").code == 0
    said = muster("rules", "diff", "2013", "2014", "--collection", "school_census")
    assert said.code == 0 and "1570" in said.out
