"""Indicators of each return and of the authority, this year and last, as CSV and as a page.

return     teachers  permanent   last year
999/2001   3         2           999/2001: 6 of 6
999/4001   10        10          -
999        1         0           -
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from muster.model import Collection, Indicator, Return
from muster.report import indicator_results, school_summary, write_indicators_csv, write_indicators_html
from muster.report.indicators import IndicatorLine, IndicatorResult

Make = Callable[..., Return]
NAMES = {"999/2001": "=Invented <Primary>", "999/4001": "Invented High"}


def teachers(permanent: int, fixed_term: int) -> dict[str, list[dict[str, object]]]:
    """Tables with so many teachers in post and nothing else."""
    people = list(enumerate(["PRM"] * permanent + ["FXT"] * fixed_term, 1))
    contracts = [
        {
            "contract_id": n,
            "member_id": n,
            "post": "AHT",
            "contract_type": type_,
            "contract_start": "2001-09-01",
        }
        for n, type_ in people
    ]
    members: list[dict[str, object]] = [{"member_id": n} for n, _ in people]
    empty = ("hours", "payments", "roles", "absences", "curriculum", "qualifications", "vacancies")
    return {"members": members, "contracts": contracts, **{name: [] for name in empty}}


@pytest.fixture
def results(collection: Collection, a_school: Make) -> tuple[IndicatorResult, ...]:
    """The indicators of the returns above."""
    now = {
        "999/4001": a_school(estab="4001", **teachers(10, 0)),
        "999/2001": a_school(estab="2001", **teachers(2, 1)),
        "999": a_school(estab=None, **teachers(0, 1)),
    }
    before = {"999/2001": a_school(2024, estab="2001", **teachers(6, 0))}
    return indicator_results(collection, 2025, now, last_year=before, names=NAMES)


def of(results: tuple[IndicatorResult, ...], name: str) -> IndicatorResult:
    (found,) = (result for result in results if result.indicator.name == name)
    return found


def lines(result: IndicatorResult) -> dict[str, IndicatorLine]:
    return {line.ref: line for line in result.lines}


def test_the_figure_of_the_authority_is_made_of_sums_not_of_percentages(results) -> None:
    permanent = of(results, "teachers_permanent")
    assert [line.value for line in permanent.lines] == [Decimal("0.0"), Decimal("66.7"), Decimal("100.0")]
    assert permanent.whole.value == Decimal("85.7")  # 12 of 14; the mean of the percentages is 55.6


def test_every_total_is_the_sum_over_the_returns(results) -> None:
    for result in results:
        asked = [line.now for line in result.lines if line.now]
        assert result.whole.now is not None
        assert result.whole.now.numerator == pytest.approx(sum(one.numerator for one in asked))
        if result.indicator.denominator:
            assert result.whole.now.denominator == pytest.approx(sum(one.denominator or 0 for one in asked))


def test_the_change_is_that_of_the_figures_shown(results) -> None:
    primary = lines(of(results, "teachers_permanent"))["999/2001"]
    assert (primary.last_value, primary.change) == (Decimal("100.0"), Decimal("-33.3"))
    assert lines(of(results, "teachers_permanent"))["999/4001"].change is None


def test_a_ratio_over_nothing_has_no_value(results) -> None:
    assert of(results, "teachers_qualified").whole.value is None
    assert of(results, "teachers_fte").whole.value == Decimal("0.0")


def test_returns_of_an_older_year_are_not_compared(collection: Collection, a_school: Make) -> None:
    now, old = {"999/2001": a_school(estab="2001")}, {"999/2001": a_school(2023, estab="2001")}
    for result in indicator_results(collection, 2025, now, last_year=old, names=NAMES):
        assert (result.whole.before, result.compared) == (None, 0)


def test_the_first_year_has_no_year_before(collection: Collection, a_school: Make) -> None:
    now = {"999/2001": a_school(2010, estab="2001")}
    assert indicator_results(collection, 2010, now, last_year=now, names=NAMES)[0].whole.before is None


def test_a_return_that_leaves_a_table_out_is_not_asked(collection: Collection, a_school: Make) -> None:
    header: dict[str, object] = {
        "lea": "999",
        "estab": "2001",
        "source_level": "S",
        "absences_included": "false",
    }
    without = {
        "999/2001": a_school(estab="2001", returns=[{**header, "return_id": 1}]),
        "999/4001": a_school(),
    }
    results = indicator_results(collection, 2025, without, last_year={}, names=NAMES)
    assert lines(of(results, "sickness_days_per_teacher"))["999/2001"].now is None
    assert lines(of(results, "teachers_permanent"))["999/2001"].now is not None
    assert (
        of(results, "sickness_days_per_teacher").whole.now
        == lines(of(results, "sickness_days_per_teacher"))["999/4001"].now
    )


def test_what_is_not_collected_of_the_authority_is_not_asked_of_it(
    collection: Collection, a_school: Make
) -> None:
    header: dict[str, object] = {"lea": "999", "estab": None, "source_level": "L", "return_id": 1}
    results = indicator_results(collection, 2025, {"999": a_school(returns=[header])}, last_year={}, names={})
    assert of(results, "teacher_vacancies").whole.now is None
    assert of(results, "teachers").whole.value == 2


def test_the_figures_are_those_of_the_school_summary(collection: Collection, a_school: Make) -> None:
    one = a_school()
    summary = school_summary(collection, one, previous=one, school_name="")
    said = {change.label: change.this_year for change in summary.changes}
    results = indicator_results(collection, 2025, {"999/4001": one}, last_year={}, names={})
    assert said["Teachers"] == str(of(results, "teachers").whole.value)
    assert said["Teachers, full-time equivalent"] == f"{of(results, 'teachers_fte').whole.value:.2f}"
    assert (
        said["Teaching assistants, full-time equivalent"]
        == f"{of(results, 'teaching_assistants_fte').whole.value:.2f}"
    )
    assert said["Teachers' mean base pay, as if full time"] == f"£{of(results, 'teacher_pay').whole.value:,}"


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [(1, 8, "12.5"), (0.05, 100, "0.1"), (2, 3, "66.7"), (-1, 8, "-12.5"), (0, 3, "0.0")],
)
def test_a_figure_is_rounded_half_up(above: float, below: float, shown: str) -> None:
    about = Indicator("x", "X", "", "%", "neither", "members", "count(*)", "count(*)", decimals=1)
    assert str(about.value(above, below)) == shown


# -- CSV -----------------------------------------------------------------------------------------------


def test_the_csv_has_every_return_with_its_sums(results, tmp_path: Path) -> None:
    write_indicators_csv(results, tmp_path / "indicators.csv")
    with (tmp_path / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == "teachers_permanent"]
    assert [row["return"] for row in rows] == ["all", "999", "999/2001", "999/4001"]
    primary = rows[2]
    assert primary["name"] == "'=Invented <Primary>"
    sums: Mapping[str, str] = {
        "numerator": "2",
        "denominator": "3",
        "value": "66.7",
        "last_year_value": "100.0",
    }
    assert {key: primary[key] for key in sums} == sums


def test_the_same_returns_give_the_same_bytes(results, tmp_path: Path) -> None:
    written = []
    for name in ("a", "b"):
        write_indicators_csv(results, tmp_path / f"{name}.csv")
        write_indicators_html(results, tmp_path / f"{name}.html", authority="Anyshire")
        written.append([(tmp_path / f"{name}.{kind}").read_bytes() for kind in ("csv", "html")])
    assert written[0] == written[1]


def test_the_order_in_which_returns_come_makes_no_difference(collection: Collection, a_school: Make) -> None:
    one, other = a_school(estab="2001"), a_school(estab="4001", **teachers(3, 3))
    results = [
        indicator_results(collection, 2025, returns, last_year={}, names=NAMES)
        for returns in ({"999/2001": one, "999/4001": other}, {"999/4001": other, "999/2001": one})
    ]
    assert results[0] == results[1]


# -- the page ------------------------------------------------------------------------------------------


@pytest.fixture
def page(results, tmp_path: Path) -> html.HtmlElement:
    """The written page, parsed."""
    write_indicators_html(results, tmp_path / "indicators.html", authority="Any <shire>")
    return html.document_fromstring((tmp_path / "indicators.html").read_bytes())


def rows(page: html.HtmlElement, section: str) -> dict[str, list[str]]:
    """The rows of a table of the page by their first words."""
    found = page.findall(f".//section[@id='{section}']//tbody/tr")
    return {
        cells[0]: cells[1:] for cells in ([" ".join(c.text_content().split()) for c in row] for row in found)
    }


def test_a_ratio_over_fewer_than_five_is_not_shown_for_a_school(page) -> None:
    shown = rows(page, "teachers_permanent")
    assert shown["=Invented <Primary> 999/2001"] == ["too few", "100.0%", "", ""]
    assert shown["The authority's own return 999"] == ["too few", "–", "", ""]
    assert shown["Invented High 999/4001"] == ["100.0%", "–", "", "10 ÷ 10"]
    assert shown["All returns"] == ["85.7%", "100.0%", "−14.3 points", "12 ÷ 14"]


def test_a_plain_count_is_shown_however_small(page) -> None:
    assert rows(page, "teachers")["=Invented <Primary> 999/2001"] == ["3", "6", "−3"]


def test_all_returns_come_first_and_say_whether_a_change_is_for_the_better(page) -> None:
    together = rows(page, "all")
    assert len(together) == len(page.findall(".//section")) - 1
    assert together["Teachers on permanent contracts"][2] == "−14.3 points"
    assert together["Staff whose ethnicity is known"] == ["0.0%", "0.0%", "no change", "0 ÷ 14"]
    assert together["Teachers without a teacher number"][2] == "no change"


def test_a_change_for_the_worse_is_called_so(collection: Collection, a_school: Make, tmp_path: Path) -> None:
    now, before = {"999/2001": a_school(**teachers(5, 0))}, {"999/2001": a_school(2024)}
    results = indicator_results(collection, 2025, now, last_year=before, names=NAMES)
    write_indicators_html(results, tmp_path / "page.html", authority="Anyshire")
    together = rows(html.document_fromstring((tmp_path / "page.html").read_bytes()), "all")
    assert together["Staff whose ethnicity is known"][2] == "−50.0 points worse"
    assert together["Teachers without a teacher number"][2] == "+66.7 points worse"


def test_the_page_is_accessible_and_needs_nothing_from_elsewhere(page) -> None:
    assert page.get("lang") == "en-GB" and [h.text_content() for h in page.iter("h1")] == ["Any <shire>"]
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(cell.get("scope") for cell in page.iter("th"))
    assert not list(page.iter("link", "script", "img"))
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    assert {a.get("href")[1:] for a in page.iter("a")} <= ids


def test_without_last_year_there_is_nothing_to_compare(
    collection: Collection, a_school: Make, tmp_path: Path
) -> None:
    results = indicator_results(collection, 2025, {"999/4001": a_school()}, last_year={}, names=NAMES)
    write_indicators_html(results, tmp_path / "page.html", authority="Anyshire")
    text = (tmp_path / "page.html").read_text("utf-8")
    assert "2024" not in text and "Change" not in text and "1 return<" in text


def test_a_collection_without_indicators_has_a_page_too(tmp_path: Path) -> None:
    write_indicators_html((), tmp_path / "page.html", authority="Anyshire")
    assert "0 returns" in (tmp_path / "page.html").read_text("utf-8")
