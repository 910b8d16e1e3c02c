"""What authorities really send of children in need: each near miss is found, once, and disturbs nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.children_files import arrived, checked, child, codes, episode, file_of
from tests.xml_returns import elements

GOOD = child(episode())
LATE = episode(CINreferralDate="2025-12-01")


def test_a_good_file_has_nothing_to_fix(tmp_path: Path) -> None:
    assert codes(checked(tmp_path, file_of(GOOD))) == {}


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (child(episode(), PersonBirthDate="26/05/2019"), {"children.birth_date.type": 1, "8525Q": 1}),
        (child(episode(CINreferralDate="06/05/2025")), {"8600": 1}),
        (child(episode(CINclosureDate="2025-02-29", ReasonForClosure="RC1")),
         {"cin_details.closure_date.type": 1, "8810": 1}),
        (child(episode(), Sex="f"), {"4180": 1}),
        (child(episode(PrimaryNeedCode="n1")), {"8650": 1}),
        (child(episode(ReferralSource="1a")), {"8866": 1}),
        (child(episode(), disability="none"), {"8540": 1, "2888Q": 1}),
        (child(LATE, PersonBirthDate="", ExpectedPersonBirthDate="2026-05-26", Sex="U"), {}),
        (child(LATE, PersonBirthDate="", ExpectedPersonBirthDate="2026-05-26"), {"8750": 1}),
        (child(), {"8590": 1}),
        (child(episode(), LAchildID=""), {"8500": 1}),
        (child(episode(), UPNunknown="", UPN="A85020000001A"), {}),
        (child(episode(), PersonBirthDate="1066-04-13", UPNunknown="UN1"), {"8770Q": 1, "8775Q": 1}),
        (child(episode(), PersonDeathDate="2999-01-01"), {"8545Q": 1}),
        (child(episode(CINreferralDate="2999-01-01")), {"8600": 1}),
        (child(episode(ReferralNFA="perhaps")), {"8568": 1}),
    ],
)  # fmt: skip
def test_a_near_miss_is_found(tmp_path: Path, wrong: str, expected: dict[str, int]) -> None:
    assert codes(checked(tmp_path, file_of(wrong))) == expected


@pytest.mark.parametrize("word", ["true", "True", "TRUE", "1", "false", "False", "FALSE", "0"])
def test_yes_and_no_are_read_in_every_spelling(tmp_path: Path, word: str) -> None:
    assert codes(checked(tmp_path, file_of(child(episode(ReferralNFA=word))))) == {}


def test_two_children_with_one_id_are_told_apart_by_their_place(tmp_path: Path) -> None:
    closed = episode(CINclosureDate="2025-05-05", ReasonForClosure="RC1")
    found = checked(tmp_path, file_of(child(episode()), child(closed))).findings
    assert [(f.code, f.line) for f in found if f.code == "8510"] == [("8510", 3), ("8510", 4)]
    assert [(f.code, f.line) for f in found if f.code == "8630"] == [("8630", 4)]


def test_two_children_with_one_upn_are_both_shown(tmp_path: Path) -> None:
    both = [child(episode(), LAchildID=name, UPN="J850200000017") for name in ("A1", "A2")]
    assert codes(checked(tmp_path, file_of(*both)))["1520"] == 2


def test_text_between_elements_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    stray = GOOD.replace("<PersonBirthDate>", "PersonBirthDate<PersonBirthDate>")
    assert codes(checked(tmp_path, file_of(stray))) == {"read.stray_text": 1}


def test_a_birthday_on_29_february_is_reached_on_the_28th(tmp_path: Path) -> None:
    born = {"PersonBirthDate": "2000-02-29", "UPNunknown": "UN2"}
    for closed, expected in (("2025-02-28", {}), ("2025-03-01", {"8775Q": 1})):
        one = episode(CINreferralDate="2024-05-06", CINclosureDate=closed, ReasonForClosure="RC1")
        found = codes(checked(tmp_path, file_of(child(one, **born), year=2025)))
        assert found == expected


def test_fifty_plans_of_a_child_stay_apart(tmp_path: Path) -> None:
    days = [(f"2025-06-{day:02}", f"2025-06-{day:02}") for day in range(1, 26)] * 2
    plans = "".join(
        f"<CINPlanDates>{elements(CINPlanStartDate=a, CINPlanEndDate=b)}</CINPlanDates>" for a, b in days
    )
    found = codes(checked(tmp_path, file_of(child(episode(plans)), child(episode(), LAchildID="A2"))))
    assert found == {"4012Q": 50, "4014": 50}


def test_a_header_alone_is_a_return_without_children(tmp_path: Path) -> None:
    text = file_of().replace("<Children>\n</Children>\n", "")
    assert len(arrived(tmp_path, text).tables["children"]) == 0
    assert checked(tmp_path, text).findings == ()


def test_blocks_without_content_are_kept_as_records(tmp_path: Path) -> None:
    plan = "<ChildProtectionPlans><Reviews/><Reviews><CPPreviewDate/></Reviews></ChildProtectionPlans>"
    one = arrived(tmp_path, file_of(child(episode(f"<Assessments/><Section47/><CINPlanDates/>{plan}"))))
    assert {name: len(rows) for name, rows in one.tables.items() if len(rows)} == {
        "returns": 1, "children": 1, "disabilities": 1, "cin_details": 1, "assessments": 1, "cin_plans": 1,
        "section_47": 1, "child_protection_plans": 1, "review_blocks": 2, "reviews": 1,
    }  # fmt: skip
