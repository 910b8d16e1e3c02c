"""Defects of a draft, each on an example of its own, and none on a sound draft."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from muster.model import UnreadableFile
from muster.performance.defects import defects_of, faulty_draft
from muster.performance.draft import read_draft
from muster.performance.texts import lines_of, read_lines

SOUND = """
PERIOD: Quarter 4 to year-end 31st March 2009

1.0 INTRODUCTION

This report covers all objectives. How lights are used is explained in Appendix 3.

2.0 KEY DEVELOPMENTS

2.1 Schools for the Future

The strategy was agreed on 19th November 2008 and the business case will be submitted by 22nd April 2009.

3.0 PROGRESS AGAINST MILESTONES

Total\t2\t○ ★\t1\t○\t0\t★ ○ ○\t1

The majority of milestones (1) have been successfully met, whilst 1 have not. See Appendix 1.

4.0 PROGRESS AGAINST INDICATORS

1 indicators have met their targets and 0 have not. 1 indicators cannot be reported. See Appendix 2.

5.0 APPENDICES

Appendix 1 - Progress against Milestones
Appendix 2 - Progress against Indicators
Appendix 3 - Explanation of lights

Service Plan Ref.\tObjective\t2008/09 Milestone\tProgress\tCommentary
BSC 1\tTo learn\tOpen the school, Mar 2009\t○ ★\tDone
\t\tHire a head, Mar 2009\t* 0\tNobody applied

Ref\tDescription\tTarget 08/09\tQuarter 4\tProgress\tCommentary
LI4\tReturns on time\t100%\t100%\t○ ★\tDone
LI13\tStaff turnover\tN/A\tN/A\tN/A\tNot counted yet
"""
BUSINESS = "The strategy was agreed on 19th November 2008 and the business case will be submitted by 22nd April 2009."


def defects(text: str) -> list[tuple[str, str]]:
    """The defects of a draft: what they are about and what they say."""
    return [(one.about, one.text) for one in defects_of(read_draft(lines_of(text), "draft.txt"))]


def test_a_sound_draft_has_no_defects() -> None:
    assert defects(SOUND) == []


@pytest.mark.parametrize(
    ("was", "now", "about", "said"),
    [
        (BUSINESS, f"{BUSINESS}\n\n{BUSINESS[:-1]}", "repeated paragraph", "is on line 12 already"),
        (
            "2.1 Schools",
            "2.1 Something\n\nText.\n\n2.1 Schools",
            "section twice",
            "section 2.1 is on line 10",
        ),
        (
            "3.0 PROGRESS AGAINST MILESTONES",
            "3.0 REVIEW\n\n4.0 PROGRESS AGAINST MILESTONES",
            "empty section",
            "3.0",
        ),
        (
            "See Appendix 1.",
            "See Appendix 2.",
            "wrong cross-reference",
            "appendix 1 is 'Progress against Milestones'",
        ),
        (
            "See Appendix 1.",
            "See Appendix 7.",
            "wrong cross-reference",
            "appendix 7 is mentioned and does not exist",
        ),
        ("See Appendix 1.", "See section 9.1.", "wrong cross-reference", "section 9.1 is mentioned"),
        ("by 22nd April 2009", "by November 2007", "impossible date", "lies before 31 March 2009"),
        ("by 22nd April 2009", "by 31st April 2009", "impossible date", "there is no day '31st April 2009'"),
        ("○ ★\tDone\n\t", "\tDone\n\t", "missing entry", "no light for 'Open the school'"),
        ("Nobody applied", "", "missing entry", "'Hire a head' is red and has no commentary"),
        ("Not counted yet", "", "missing entry", "'LI13 Staff turnover' is grey and has no commentary"),
        ("milestones (1)", "milestones (2)", "count differs", "green: the text says 2, the table has 1"),
        ("○\t0\t★", "○\t1\t★", "count differs", "amber: the text says 1, the table has 0"),
        ("and 0 have not", "and 3 have not", "count differs", "red: the text says 3, the table has 0"),
    ],
)
def test_a_defect_is_found(was: str, now: str, about: str, said: str) -> None:
    assert was in SOUND
    found = defects(SOUND.replace(was, now, 1))
    assert any(one == about and said in text for one, text in found), found


def test_a_letter_that_occurs_twice_is_a_defect() -> None:
    text = "STRATEGIC AREA 5\nChildren\n5.1 To care\n5.1.1 To act\na) One\nb) Two\nb) Three\n"
    assert [about for about, _ in defects(text)] == ["letter twice"]


def test_text_below_a_lost_heading_does_not_fill_the_section_above() -> None:
    text = SOUND.replace("4.0 PROGRESS AGAINST INDICATORS", "4.0 SERVICE REVIEW").replace(
        "5.0 APP", "5.1 MORE\n\nText.\n\n6.0 APP"
    )
    assert [about for about, _ in defects(text)] == ["empty section", "missing heading"]


def test_counts_without_a_table_are_told() -> None:
    text = SOUND[: SOUND.index("Ref\tDescription")]
    assert [(about, said[:20]) for about, said in defects(text)] == [
        ("missing entry", "the text counts 1 me")
    ]


def test_the_day_of_a_draft_may_be_given_or_be_the_month_it_calls_this() -> None:
    text = "1. Options\nA module is planned for release this month (Nov 08).\nSchools will be trained by October 2008."
    assert read_draft(lines_of(text), "x").day == date(2008, 11, 1)
    assert [about for about, _ in defects(text)] == ["impossible date"]
    earlier = read_draft(lines_of(text), "x", day=date(2008, 9, 1))
    assert not defects_of(earlier)
    assert read_draft(lines_of("No day here."), "x").day is None


def test_a_draft_may_be_a_word_file(tmp_path: Path) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = "<w:p><w:r><w:t>1.0 REVIEW</w:t></w:r></w:p>"
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    path = tmp_path / "draft.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{paragraph}{table}</w:body></w:document>"
        )
    assert [(line.text, line.is_row) for line in read_lines(path) if line.text] == [
        ("1.0 REVIEW", False),
        ("a\t", True),
    ]


def test_a_draft_may_be_a_web_page_or_csv(tmp_path: Path) -> None:
    page = tmp_path / "draft.html"
    page.write_text(
        "<html><body><h1>1 Review</h1><div><p>It is &amp; was</p></div><table><tr><th>a<td>b</table></body>"
    )
    assert [line.text for line in read_lines(page) if line.text] == ["1 Review", "It is & was", "a\tb"]
    table = tmp_path / "plan.csv"
    table.write_text('Ref,"Two, in one"\n')
    assert read_lines(table)[0].cells == ("Ref", "Two, in one", "")


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"x" * 50_000_001])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"draft\.docx"):
        read_lines(path)


def test_the_example_has_a_defect_of_each_kind_and_of_no_kind_twice() -> None:
    found = [about for about, _ in defects(faulty_draft())]
    assert found == [
        "wrong cross-reference", "repeated paragraph", "impossible date", "empty section", "count differs",
        "section twice", "missing entry",
    ]  # fmt: skip
