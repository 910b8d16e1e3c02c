"""What authorities really send of children in need: each near miss is found, once, and disturbs nothing else.

Every file goes through 'muster check', as a user gives it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.children_files import IN_ALL, arrived, checked, child, episode, file_of
from tests.command import refused
from tests.xml_returns import elements, received

GOOD = child(episode())
LATE = episode(CINreferralDate="2025-12-01")
BORN_29_FEBRUARY = {"PersonBirthDate": "2000-02-29", "UPNunknown": "UN2"}


def test_a_good_file_has_nothing_to_fix(tmp_path: Path) -> None:
    assert checked(tmp_path, file_of(GOOD)).codes == IN_ALL


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
    assert checked(tmp_path, file_of(wrong)).codes == IN_ALL | expected


@pytest.mark.parametrize(
    ("wrong", "value", "code"),
    [
        (child(episode(), PersonBirthDate="26/05/2019"), "26/05/2019", "children.birth_date.type"),
        (child(episode(CINreferralDate="06/05/2025")), "06/05/2025", "8600"),
        (child(episode(), Sex="f"), "'f'", "4180"),
        (child(episode(PrimaryNeedCode="n1")), "'n1'", "8650"),
        (child(episode(ReferralNFA="perhaps")), "'perhaps'", "8568"),
        (child(episode(), PersonBirthDate="1066-04-13", UPNunknown="UN1"), "13 April 1066", "8775Q"),
        (child(episode(CINreferralDate="2999-01-01")), "1 January 2999", "8600"),
    ],
)
def test_the_message_gives_the_value_the_place_and_what_to_do(
    tmp_path: Path, wrong: str, value: str, code: str
) -> None:
    (found,) = checked(tmp_path, file_of(wrong)).of(code)
    assert value in found["message"]
    assert found["record"].startswith("child A1") and found["line"] == 3
    assert found["fix"]


@pytest.mark.parametrize("word", ["true", "True", "TRUE", "1", "false", "False", "FALSE", "0"])
def test_yes_and_no_are_read_in_every_spelling(tmp_path: Path, word: str) -> None:
    assert checked(tmp_path, file_of(child(episode(ReferralNFA=word)))).codes == IN_ALL


def test_two_children_with_one_id_are_told_apart_by_their_place_and_each_names_the_other(
    tmp_path: Path,
) -> None:
    closed = episode(CINclosureDate="2025-05-05", ReasonForClosure="RC1")
    answer = checked(tmp_path, file_of(child(episode()), child(closed)))
    assert [(f["line"], f["also"]) for f in answer.of("8510")] == [
        (3, ["child A1 (line 4)"]),
        (4, ["child A1 (line 3)"]),
    ]
    assert [f["line"] for f in answer.of("8630")] == [4]


def test_two_children_with_one_upn_are_both_shown_and_each_names_the_other(tmp_path: Path) -> None:
    both = [child(episode(), LAchildID=name, UPN="J850200000017") for name in ("A1", "A2")]
    found = checked(tmp_path, file_of(*both)).of("1520")
    assert [(f["record"], f["also"]) for f in found] == [
        ("child A1", ["child A2 (line 4)"]),
        ("child A2", ["child A1 (line 3)"]),
    ]


def test_text_between_elements_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    stray = GOOD.replace("<PersonBirthDate>", "PersonBirthDate<PersonBirthDate>")
    answer = checked(tmp_path, file_of(stray))
    assert answer.codes == IN_ALL | {"read.stray_text": 1}
    (found,) = answer.of("read.stray_text")
    assert "'PersonBirthDate'" in found["message"] and found["line"] == 3 and "Remove it" in found["fix"]


def test_a_birthday_on_29_february_is_reached_on_the_28th(tmp_path: Path) -> None:
    for closed, expected in (("2025-02-28", {}), ("2025-03-01", {"8775Q": 1})):
        one = episode(CINreferralDate="2024-05-06", CINclosureDate=closed, ReasonForClosure="RC1")
        answer = checked(tmp_path, file_of(child(one, **BORN_29_FEBRUARY), year=2025))
        assert answer.codes == IN_ALL | expected


def test_fifty_plans_of_a_child_stay_apart(tmp_path: Path) -> None:
    days = [(f"2025-06-{day:02}", f"2025-06-{day:02}") for day in range(1, 26)] * 2
    plans = "".join(
        f"<CINPlanDates>{elements(CINPlanStartDate=a, CINPlanEndDate=b)}</CINPlanDates>" for a, b in days
    )
    answer = checked(tmp_path, file_of(child(episode(plans)), child(episode(), LAchildID="A2")))
    assert answer.codes == IN_ALL | {"4012Q": 50, "4014": 50}


def test_a_header_alone_is_a_return_without_children_and_that_is_asked_about(tmp_path: Path) -> None:
    text = file_of().replace("<Children>\n</Children>\n", "")
    assert len(arrived(tmp_path, text).tables["children"]) == 0
    answer = checked(tmp_path, text)
    assert answer.codes == {"read.nothing_below_header": 1}
    (found,) = answer.findings
    assert found["severity"] == "query" and "holds no child" in found["message"]


def test_a_file_without_a_header_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = received(tmp_path, f"<Message><Children><Child>{GOOD}</Child></Children></Message>").path
    assert "year" in refused("check", path, "--collection", "children_in_need")


def test_blocks_without_content_are_kept_as_records(tmp_path: Path) -> None:
    plan = "<ChildProtectionPlans><Reviews/><Reviews><CPPreviewDate/></Reviews></ChildProtectionPlans>"
    one = arrived(tmp_path, file_of(child(episode(f"<Assessments/><Section47/><CINPlanDates/>{plan}"))))
    assert {name: len(rows) for name, rows in one.tables.items() if len(rows)} == {
        "returns": 1, "children": 1, "disabilities": 1, "cin_details": 1, "assessments": 1, "cin_plans": 1,
        "section_47": 1, "child_protection_plans": 1, "review_blocks": 2, "reviews": 1,
    }  # fmt: skip
