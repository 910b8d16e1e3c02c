"""What is still to key, how it comes back, and when something was keyed twice."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.link_sources import codes_of, column, extract_of

from muster.link import Linked, is_to_key_sheet, read_decisions, read_to_key, write_proposals, write_to_key
from muster.model import Collection, Extract, MusterError

Join = Callable[..., Linked]
MIS = """
ref | tn      | ni        | born       | family | given | sex | ethnicity | disability | type | start      | post | role | hours | fte  | weeks | arrival
M1  | 0000012 | QQ123450A | 1980-02-03 | Ash    | Ann   | 2   | {}        | NO         | PRM  | 2010-09-01 | TCH  | TCHR | 30    | 32.5 | 52    | 2010-09-01
"""  # noqa: E501 - one row of a table


def asked(linked: Linked) -> set[tuple[str, str]]:
    """Table and item of everything to key."""
    return {(one.table, one.item) for one in linked.to_key}


def fill(linked: Linked, path: Path, values: dict[str, str]) -> Path:
    """Write the to-key sheet and fill in some of its items, as a person would."""
    write_to_key(linked.to_key, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["value"] = values.get(row["name of item"], "")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_what_is_expected_of_the_category_and_nobody_supplies_is_to_key(join: Join) -> None:
    items = asked(join(mis=MIS.format("WBRI")))
    assert ("members", "qt_status") in items
    assert ("payments", "base_pay") in items
    assert ("members", "ethnicity") not in items
    assert ("contracts", "daily_rate") not in items


def test_a_keyed_value_fills_its_item_and_is_asked_for_no_more(
    join: Join, collection: Collection, tmp_path: Path
) -> None:
    before = join(mis=MIS.format(""))
    sheet = fill(
        before, tmp_path / "keyed.csv", {"ethnicity": "wbri", "base_pay": "£30,000.00", "qt_status": "Yes"}
    )
    after = join(extract_of("mis", MIS.format("")), read_to_key(collection, sheet))
    one = after.returns["919/4001"]
    assert column(one, "members", "ethnicity") == ["WBRI"]
    assert column(one, "members", "qt_status") == ["true"]
    assert column(one, "payments", "base_pay") == ["30000.00"]
    assert asked(after) == asked(before) - {
        ("members", "ethnicity"),
        ("payments", "base_pay"),
        ("members", "qt_status"),
    }
    assert after.keyed_twice == 0
    assert after.total.whole.keyed == 3


def test_an_item_keyed_and_then_supplied_counts_as_keyed_twice(
    join: Join, collection: Collection, tmp_path: Path
) -> None:
    sheet = fill(join(mis=MIS.format("")), tmp_path / "keyed.csv", {"ethnicity": "WBRI"})
    linked = join(extract_of("mis", MIS.format("WIRI")), read_to_key(collection, sheet))
    assert column(linked.returns["919/4001"], "members", "ethnicity") == ["WIRI"]
    assert linked.keyed_twice == 1
    assert [(c.value, c.other_value) for c in linked.conflicts] == [("WIRI", "WBRI")]


@pytest.mark.parametrize("expected_end", ["", "2015-08-31"])
def test_a_keyed_leaving_date_returns_the_leaver(
    join: Join, collection: Collection, tmp_path: Path, expected_end: str
) -> None:
    then = (
        MIS.format("WBRI")
        .replace("| arrival   ", "| end       ")
        .replace("| 2010-09-01\n", f"| {expected_end}\n")
    )
    earlier = join(mis=then).returns
    other = "ref | tn | born | family | given | type | start | post\n"
    other += "M2 | 0000021 | 1970-05-06 | Elm | Eve | PRM | 2010-09-01 | TCH"
    sheet = fill(join(mis=other, last_year=earlier), tmp_path / "keyed.csv", {"contract_end": "31/12/2012"})
    linked = join(extract_of("mis", other), read_to_key(collection, sheet), last_year=earlier)
    one = linked.returns["919/4001"]
    assert column(one, "members", "family_name") == ["Ash", "Elm"]
    assert column(one, "contracts", "contract_end") == ["2012-12-31", None]
    assert (linked.keyed_twice, len(linked.left_out)) == (0, 0)
    assert "link.leaver_not_found" not in codes_of(linked)


def test_a_value_for_somebody_who_is_gone_is_said_and_not_used(
    join: Join, collection: Collection, tmp_path: Path
) -> None:
    sheet = fill(join(mis=MIS.format("")), tmp_path / "keyed.csv", {"ethnicity": "WBRI"})
    other = extract_of("mis", MIS.format("").replace("M1", "M2"))
    assert "link.keyed_person_not_found" in codes_of(join(other, read_to_key(collection, sheet)))


def test_items_of_somebody_with_a_proposed_match_wait_for_the_answer(join: Join) -> None:
    payroll = "ref | ni | born | family | given | type | start | post\n"
    payroll += "P1 | QQ123450A | 1980-03-02 | Ash | Ann | PRM | 2010-09-01 | TCH"
    linked = join(mis=MIS.format(""), payroll=payroll)
    assert linked.to_key == ()
    assert linked.total.whole.waiting > 0


def test_a_filled_in_template_names_people_without_keying_them_twice(join: Join) -> None:
    keyed = "ref | tn | born | family | given | ethnicity\nM1 | 0000012 | 1980-02-03 | Ash | Ann | WBRI"
    source: Extract = extract_of("keyed", keyed)
    linked = join(source, mis=MIS.format(""))
    assert column(linked.returns["919/4001"], "members", "ethnicity") == ["WBRI"]
    assert linked.keyed_twice == 0


def test_a_sheet_with_a_changed_heading_is_refused_with_what_to_do(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "keyed.csv"
    path.write_text("school,value\n919/4001,WBRI\n")
    assert not is_to_key_sheet(path)
    with pytest.raises(MusterError, match="has no column also at"):
        read_to_key(collection, path)


def test_proposals_come_back_as_decisions(join: Join, tmp_path: Path) -> None:
    payroll = "ref | ni | born | family | given\nP1 | QQ123450A | 1980-03-02 | =Ash | Ann"
    path = tmp_path / "proposals.csv"
    write_proposals(join(mis=MIS.format(""), payroll=payroll).proposals, path)
    assert "'=Ash" in path.read_text(encoding="utf-8-sig")
    path.write_text(path.read_text(encoding="utf-8-sig").replace("\n,919/4001", "\nYES,919/4001"))
    linked = join(mis=MIS.format(""), payroll=payroll, confirmed=read_decisions(path))
    assert (len(linked.matches), linked.proposals) == (1, ())


def test_a_decision_that_is_neither_yes_nor_no_is_refused_with_its_line(join: Join, tmp_path: Path) -> None:
    payroll = "ref | ni | born | family | given\nP1 | QQ123450A | 1980-03-02 | Ash | Ann"
    path = tmp_path / "proposals.csv"
    write_proposals(join(mis=MIS.format(""), payroll=payroll).proposals, path)
    path.write_text(path.read_text(encoding="utf-8-sig").replace("\n,919/4001", "\nperhaps,919/4001"))
    with pytest.raises(MusterError, match=r"line 2: the decision is 'perhaps'\. Write yes, no"):
        read_decisions(path)


def test_no_file_of_decisions_decides_nothing(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none.csv").keys == set()
