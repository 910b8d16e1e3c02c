"""``muster rules``: what each action says, and what it says to a mistake."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.xml_returns import contract, details, elements, with_members

from muster.catalogue import CATALOGUE
from muster.cli import main
from muster.model import Collection

Said = pytest.CaptureFixture[str]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A catalogue of one's own, which may be written to."""
    shutil.copytree(CATALOGUE / "school_workforce", tmp_path / "catalogue" / "school_workforce")
    return tmp_path / "catalogue"


# -- list ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2013, 2025])
def test_every_rule_of_a_year_is_listed_by_number_then_by_name(
    capsys: Said, collection: Collection, year: int
) -> None:
    assert main(["rules", "list", "--collection", "school_workforce", "--year", str(year), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["rules"]
    assert sorted(rule["id"] for rule in listed) == sorted(rule.id for rule in collection.rules_in(year))
    numbers = [rule["code"] for rule in listed if rule["code"][0].isdigit()]
    assert [rule["code"] for rule in listed][: len(numbers)] == sorted(
        numbers, key=lambda c: (c.rstrip("Q"), c)
    )


def test_provisional_rules_are_marked_in_the_list(capsys: Said, collection: Collection) -> None:
    assert main(["rules", "list", "--year", "2025", "--provisional"]) == 0
    verdict, _, _, *lines = capsys.readouterr().out.splitlines()
    expected = sum(rule.provisional for rule in collection.rules_in(2025))
    assert f"{expected} are provisional" in verdict
    assert len(lines) == expected
    assert all(" provisional " in line for line in lines)


def test_the_latest_year_is_taken_where_none_is_chosen_and_said(capsys: Said) -> None:
    assert main(["rules", "list", "--quiet"]) == 0
    assert capsys.readouterr().out.startswith("School workforce census 2025, the latest year. ")


def test_filters_narrow_the_list(capsys: Said) -> None:
    main(["rules", "list", "--table", "roles", "--severity", "query", "--numbered", "--json"])
    listed = json.loads(capsys.readouterr().out)["rules"]
    assert listed
    assert {(rule["table"], rule["severity"], rule["code"][0]) for rule in listed} == {
        ("roles", "query", "4")
    }


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["list", "--year", "2009"], "known for 2010 to 2025, not for 2009"),
        (
            ["list", "--table", "contract"],
            "no table 'contract' in school_workforce; did you mean 'contracts'?",
        ),
        (["list", "--collection", "census"], "there is no collection 'census'"),
        (["show", "44000"], "no rule '44000' in school_workforce; did you mean '4400'?"),
        (["show", "4562", "--year", "2013"], "rule 4562 is not in force in 2013"),
        (["new", "44", "--table", "roles"], "'44' is no code"),
        (["new", "4400", "--table", "roles"], "rule 4400 stands already at rules/contracts.toml:"),
        (["diff", "2013", "2031"], "not for 2031"),
    ],
)
def test_a_mistake_is_one_clear_line(capsys: Said, words: list[str], complaint: str) -> None:
    assert main(["rules", *words]) == 2
    said = capsys.readouterr()
    assert complaint in said.err
    assert said.err.count("\n") == 1


# -- show ----------------------------------------------------------------------------------------------


def test_a_rule_is_shown_with_all_its_versions(capsys: Said) -> None:
    assert main(["rules", "show", "4357"]) == 0
    said = capsys.readouterr().out
    assert "in force 2010-2014" in said
    assert "in force 2015-" in said
    assert "contract_start < add_years($census_day, -30)" in said
    assert "the contract start is more than 30 years before census day" in said
    assert "$census_day-51y | fails" in said
    assert "Source:  Oracle HRMS PQP_GB_SWF_ARCHIVE" in said


def test_one_version_is_shown_where_a_year_is_chosen(capsys: Said) -> None:
    assert main(["rules", "show", "4357", "--year", "2013", "--json"]) == 0
    (version,) = json.loads(capsys.readouterr().out)
    assert version["years"] == "2010-2014"
    assert version["examples"]


def test_every_test_under_one_number_is_shown(capsys: Said) -> None:
    assert main(["rules", "show", "4770", "--json"]) == 0
    assert {"4770~range", "hours.weeks_per_year.type"} <= {
        r["id"] for r in json.loads(capsys.readouterr().out)
    }


# -- diff ----------------------------------------------------------------------------------------------


def test_the_differences_of_two_years_read_like_release_notes(capsys: Said) -> None:
    assert main(["rules", "diff", "2013", "2025"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("School workforce census, 2013 to 2025: ")
    for sentence in (
        "Census day is 6 November 2025; in 2013 it was 7 November 2013.",
        "Sex is written as Sex; it was GenderCurrent.",
        "* Post: added LDP (Leading practitioner), TCM (Classroom teacher, main pay range)",
        "* 4100Q on staff details takes the place of 4100, an error,",
        "Before, it failed when the contract start is more than 50 years before census day.",
        "Now it fails when the contract start is more than 30 years before census day.",
        "* 4370 on contracts and service agreements is withdrawn.",
        "* 4562 on pay is new, an error: The pay range is missing",
    ):
        assert sentence in said


def test_two_equal_years_differ_in_nothing_but_their_dates(capsys: Said) -> None:
    assert main(["rules", "diff", "2022", "2022", "--json"]) == 0
    assert [change["name"] for change in json.loads(capsys.readouterr().out)["changes"]] == ["census_day"]


def test_the_checks_of_a_new_item_are_told_with_the_item(capsys: Said) -> None:
    main(["rules", "diff", "2017", "2018", "--json"])
    changes = {change["name"]: change for change in json.loads(capsys.readouterr().out)["changes"]}
    assert changes["members.qts"]["text"].endswith("is asked for, checked by 4230.")
    assert "members.qts.type" not in changes


# -- impact --------------------------------------------------------------------------------------------


def write_return(path: Path, estab: str, *contract_starts: str) -> None:
    """A return of 2025 in which each person has one contract."""
    people = (
        details(PersonFamilyName=f"Example{n}") + contract(elements(ContractStart=day, Post="TCM"))
        for n, day in enumerate(contract_starts)
    )
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        with_members(*people, year="2025").replace("<Estab>4001", f"<Estab>{estab}"), encoding="utf-8"
    )


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Two schools; at the second, one of the two contracts began 40 years before census day."""
    write_return(tmp_path / "in" / "one.xml", "4001", "2020-09-01")
    write_return(tmp_path / "in" / "two.xml", "4002", "1985-09-01", "2020-09-01")
    return tmp_path / "in"


def test_the_impact_of_a_rule_is_told_in_schools_and_records(capsys: Said, returns: Path) -> None:
    assert main(["rules", "impact", "4357", str(returns)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("Rule 4357 would fire at 1 of 2 schools, 1 record.")
    assert "For example 919/4002: The contract starts on 1 September 1985" in said


def test_a_changed_test_is_compared_with_the_rule_as_it_stands(capsys: Said, returns: Path) -> None:
    test = "contract_start < add_years($census_day, -2)"
    assert main(["rules", "impact", "4357", str(returns), "--fails-when", test, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["fires_at"], said["records"], said["records_more"], said["records_fewer"]) == (2, 3, 2, 0)


def test_a_rule_that_would_not_fire_ends_with_0(capsys: Said, returns: Path) -> None:
    assert main(["rules", "impact", "4420", str(returns)]) == 0
    assert "would fire at 0 of 2 schools, 0 records" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_asked(capsys: Said, returns: Path) -> None:
    (returns / "torn.xml").write_text("<Message>", encoding="utf-8")
    assert main(["rules", "impact", "4357", str(returns)]) == 2
    said = capsys.readouterr()
    assert "of 2 schools" in said.out
    assert "torn.xml" in said.err


@pytest.mark.parametrize(
    ("test", "complaint"),
    [
        ("contract_strt is null", "--fails-when: rule '4357': table 'contracts' has no item 'contract_strt'"),
        ("count(*) > 1", "needs scope group, return or authority"),
    ],
)
def test_a_bad_test_is_refused_with_a_hint(capsys: Said, returns: Path, test: str, complaint: str) -> None:
    assert main(["rules", "impact", "4357", str(returns), "--fails-when", test]) == 2
    assert complaint in capsys.readouterr().err


def test_a_folder_without_returns_is_said(capsys: Said, tmp_path: Path) -> None:
    assert main(["rules", "impact", "4357", str(tmp_path)]) == 2
    assert "no XML file in" in capsys.readouterr().err


# -- new and build ---------------------------------------------------------------------------------------


def test_a_new_rule_begins_in_the_order_of_the_codes(capsys: Said, catalogue: Path) -> None:
    assert main(["rules", "new", "4418Q", "--table", "roles", "--catalogue", str(catalogue), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    lines = Path(said["file"]).read_text(encoding="utf-8").splitlines()
    assert lines[said["line"] - 1] == "[4418Q]"
    headings = [line for line in lines if line.startswith("[4") and "." not in line]
    assert headings == sorted(headings)


def test_a_new_rule_is_refused_by_the_build_until_it_is_filled_in(capsys: Said, catalogue: Path) -> None:
    main(["rules", "new", "a_new_rule", "--table", "former_names", "--catalogue", str(catalogue)])
    assert "school_workforce/rules/former_names.toml:3" in capsys.readouterr().out
    assert main(["rules", "list", "--table", "former_names", "--catalogue", str(catalogue)]) == 0
    assert "{fill_in}: what is wrong" in capsys.readouterr().out
    assert main(["rules", "build", "--catalogue", str(catalogue)]) == 2
    assert "rules/former_names.toml:3: rule 'a_new_rule': " in capsys.readouterr().err
    path = catalogue / "school_workforce" / "rules" / "former_names.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"fill_in"', '"family_name is null"'), encoding="utf-8"
    )
    assert main(["rules", "build", "--catalogue", str(catalogue)]) == 2
    assert "the message names '{fill_in}'" in capsys.readouterr().err


def test_the_build_writes_what_is_not_current_and_then_nothing(capsys: Said, catalogue: Path) -> None:
    (catalogue / "school_workforce" / "effective" / "2025.md").write_text("old", encoding="utf-8")
    assert main(["rules", "build", "--catalogue", str(catalogue), "--check"]) == 1
    assert "2025.md" in capsys.readouterr().out
    assert main(["rules", "build", "--catalogue", str(catalogue)]) == 0
    assert "school_workforce/effective/2025.md" in capsys.readouterr().out
    assert main(["rules", "build", "--catalogue", str(catalogue)]) == 0
    assert "nothing to write" in capsys.readouterr().out


def test_a_closed_year_changes_only_with_a_reason(capsys: Said, catalogue: Path) -> None:
    build = ["rules", "build", "--catalogue", str(catalogue)]
    main([*build, "--freeze"])
    rules = catalogue / "school_workforce" / "rules" / "contracts.toml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("The contract ends on", "The contract ended on", 1), encoding="utf-8")
    capsys.readouterr()
    assert main(build) == 1
    assert "nothing was written: the closed years 2010, 2011," in capsys.readouterr().err
    assert main([*build, "--correct", "the tense was wrong"]) == 0
    frozen = (catalogue / "school_workforce" / "effective" / "frozen.toml").read_text(encoding="utf-8")
    assert frozen.count('"the tense was wrong"') == 15
