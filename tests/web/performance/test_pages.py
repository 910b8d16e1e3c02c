"""The pages of plans: who sees what, what is kept, and what is said of what cannot be."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from muster_web.audit.models import AuditEvent
from muster_web.performance.actions import planning, publishing
from muster_web.performance.models import Figure, Holder, Indicator, Line, Plan, Quarter
from tests.web.performance.test_quarters import published

OFFICER, OWNER, APPROVER = "anyshire.la_officer", "anyshire.plan_owner", "anyshire.la_approver"
OF_QUARTER = ("quarter", "quarter_texts", "publish_quarter", "quarterly_report", "my_lines")


@pytest.fixture
def addresses(quarter) -> dict[str, str]:
    """The address of every page by its name."""
    plan, figure = quarter.plan, Figure.objects.get(name="school_workforce.teachers_qualified")
    part = figure.parts[0]["return"]
    return {
        "plans": reverse("plans"),
        **{
            name: reverse(name, args=[plan.pk])
            for name in ("plan", "plan_indicators", "offices", "treatments")
        },
        "indicator": reverse("indicator", args=[plan.pk, plan.indicators.first().pk]),
        **{name: reverse(name, args=[quarter.pk]) for name in (*OF_QUARTER, "sign_quarter")},
        "report_file": reverse("report_file", args=[quarter.pk, "docx"]),
        "figure": reverse("figure", args=[figure.pk]),
        "figure_records": reverse("figure_records", args=[figure.pk, part]),
    }


def test_an_officer_comes_into_every_page_but_the_signature(sign_in, addresses) -> None:
    client = sign_in(OFFICER)
    answers = {name: client.get(url).status_code for name, url in addresses.items()}
    assert {name for name, status in answers.items() if status != 200} == {"sign_quarter"}
    assert sign_in(APPROVER).get(addresses["sign_quarter"]).status_code == 200


def test_nobody_comes_in_without_signing_in_no_school_and_no_other_authority(
    client, sign_in, addresses
) -> None:
    assert {client.get(url).status_code for url in addresses.values()} == {302}
    school = sign_in("ashcombe.head")
    assert {school.get(url).status_code for url in addresses.values()} == {403, 404}
    other = sign_in("otherby.la_approver")
    assert {other.get(url).status_code for name, url in addresses.items() if name != "plans"} == {404}
    assert "School workforce" not in other.get(addresses["plans"]).text


def test_an_owner_sees_their_lines_and_not_the_plan(sign_in, addresses, line_of) -> None:
    Line.objects.filter(pk=line_of("LI 4").pk).update(owner="Head of buildings")
    client = sign_in(OWNER)
    said = client.get(addresses["my_lines"]).text
    assert "LI 15" in said and "LI 4" not in said and "What it is made of" in said
    answers = {name: client.get(url).status_code for name, url in addresses.items()}
    assert [answers[name] for name in ("plans", "my_lines", "figure")] == [200, 200, 200]
    assert [answers[name] for name in ("plan", "quarter", "figure_records")] == [403, 403, 403]
    assert answers["quarterly_report"] == 404


# -- plans -------------------------------------------------------------------------------------------------


def test_a_plan_is_begun_once(sign_in, addresses) -> None:
    said = {"service": "Admissions", "directorate": "Children", "year": "2026", "tolerance": "5"}
    answers = [sign_in(OFFICER).post(addresses["plans"], said).status_code for _ in range(2)]
    assert answers == [302, 400] and Plan.objects.filter(service="Admissions").count() == 1
    assert sign_in(OWNER).post(addresses["plans"], said).status_code == 403


def test_a_file_is_loaded_and_what_is_odd_in_it_is_named_with_line_and_column(sign_in, addresses) -> None:
    text = b"ref,title,due\n2,Buildings,soon\n2.1.1,Lost action,\n2,Again,\n3,<script>alert(1)</script>,\n"
    sent = {"load-file": SimpleUploadedFile("more.csv", text)}
    said = sign_in(OFFICER).post(addresses["plan"], sent, follow=True).text
    assert "Buildings" in said and "more.csv" in said
    assert "<script>alert" not in said and "&lt;script&gt;alert(1)" in said
    for odd in ("stands before 2.1", "is on line 2 already", "&#x27;soon&#x27; names no day"):
        assert odd in said


def test_more_lines_cost_no_more_questions(sign_in, addresses, quarter, officer) -> None:
    client = sign_in(OFFICER)

    def asked() -> list[int]:
        counts = []
        for name in ("plan", "plan_indicators", "quarter", "my_lines", "publish_quarter", "figure"):
            with CaptureQueriesContext(connection) as queries:
                client.get(addresses[name])
            counts.append(len(queries))
        return counts

    asked()
    before = asked()
    plan = quarter.plan
    rows = "".join(f"1.1.{number},Another action,,2030-01-01\n" for number in range(3, 30))
    content = f"ref,title,owner,due\n9,More,,\n9.1,Much more,,\n{rows.replace('1.1.', '9.1.')}".encode()
    planning.import_file(viewer=officer, plan=plan, chunks=[content], name="more.csv")
    assert asked() == before and max(before) <= 30


def test_a_file_that_holds_no_plan_is_refused_and_an_open_quarter_too(sign_in, addresses, quarter) -> None:
    client = sign_in(OFFICER)
    sent = {"load-file": SimpleUploadedFile("holiday.txt", b"We were at the sea.")}
    answer = client.post(addresses["plan"], sent)
    assert answer.status_code == 400 and "holds no plan" in answer.text
    again = {"open": "yes", "open-part": str(quarter.part)}
    answer = client.post(addresses["plan"], again)
    assert answer.status_code == 400 and "opened already" in answer.text
    other = {"open": "yes", "open-part": str(quarter.part % 4 + 1)}
    assert client.post(addresses["plan"], other).status_code == 302


def test_the_indicators_show_values_aim_light_and_what_is_odd(sign_in, addresses) -> None:
    said = sign_in(OFFICER).get(addresses["plan_indicators"]).text
    assert "is easier than the last actual, 99" in said.replace("&#x27;", "'")
    assert "higher" in said and "Computed from returns" in said


def test_an_indicator_is_described_and_given_a_value_with_a_reason_where_there_is_none(
    sign_in, addresses
) -> None:
    client = sign_in(OFFICER)
    about = {"about-better": "lower", "about-adding": "sum", "about-owner": "Director", "about-figure": ""}
    assert client.post(addresses["indicator"], about).status_code == 302
    assert Indicator.objects.filter(better="lower", adding="sum", owner="Director").count() == 1
    value = {"value": "yes", "value-kind": "forecast", "value-year": "2026/27", "value-text": "n/a"}
    assert client.post(addresses["indicator"], value).status_code == 400
    assert client.post(addresses["indicator"], {**value, "value-note": "No survey."}).status_code == 302
    assert "No survey." in client.get(addresses["indicator"]).text
    for wrong in ({"value-text": "many"}, {"value-year": "2026"}):
        assert client.post(addresses["indicator"], {**value, "value-note": "x", **wrong}).status_code == 400


def test_a_risk_is_put_into_the_plan_with_its_office(sign_in, addresses, quarter) -> None:
    client = sign_in(OFFICER)
    said = {"kind": "risk", "ref": "R7", "title": "Files come late", "owner": "Director", "due": "March"}
    assert client.post(addresses["treatments"], {**said, "title": ""}).status_code == 400
    assert client.post(addresses["treatments"], said).status_code == 302
    assert "Files come late" in client.get(addresses["treatments"]).text
    assert quarter.plan.treatments.filter(ref="R7", owner="Director").count() == 1


def test_an_office_is_given_to_somebody_of_the_authority_alone(sign_in, addresses, people) -> None:
    client = sign_in(OFFICER)
    for who, status in (("anyshire.la_approver", 302), ("ashcombe.head", 400), ("anyshire.auditor", 400)):
        said = {"office": "Director", "user": str(people[who].pk)}
        assert client.post(addresses["offices"], said).status_code == status
    assert Holder.objects.get(office="Director").user == people["anyshire.la_approver"]


# -- a quarter ---------------------------------------------------------------------------------------------


def test_a_line_is_written_and_a_light_without_reason_refused(sign_in, addresses, line_of) -> None:
    line, client = line_of("LI 15"), sign_in(OWNER)
    said = {
        "line": str(line.pk),
        f"line{line.pk}-comment": "All are.",
        f"line{line.pk}-checked_by": "Data officer",
        "seen": "0",
    }
    assert client.post(addresses["my_lines"], said).status_code == 302
    line.refresh_from_db()
    assert (line.comment, line.checked_by, line.by.email) == (
        "All are.",
        "Data officer",
        "owner@anyshire.example",
    )
    wrong = {**said, "seen": "1", f"line{line.pk}-set_light": "red"}
    assert client.post(addresses["my_lines"], wrong).status_code == 400
    assert client.post(addresses["my_lines"], {"line": "987654321"}).status_code == 404


def test_a_line_that_another_wrote_meanwhile_is_not_written_over_unseen(sign_in, addresses, line_of) -> None:
    line, client = line_of("LI 15"), sign_in(OWNER)
    said = {"line": str(line.pk), "seen": "0", f"line{line.pk}-comment": "Mine."}
    assert (
        client.post(addresses["my_lines"], {**said, f"line{line.pk}-comment": "Theirs."}).status_code == 302
    )
    answer = client.post(addresses["my_lines"], said)
    assert answer.status_code == 409 and line_of("LI 15").comment == "Theirs."
    page = answer.content.decode()
    assert "wrote since you opened this page" in page and "Theirs." in page and "Mine." in page
    assert '<input type="hidden" name="seen" value="1">' in page
    assert client.post(addresses["my_lines"], {**said, "seen": "x"}).status_code == 409
    assert client.post(addresses["my_lines"], {**said, "seen": "1"}).status_code == 302
    assert line_of("LI 15").comment == "Mine."


def test_texts_are_put_in_and_taken_out(sign_in, addresses, quarter) -> None:
    client = sign_in(OFFICER)
    said = {"kind": "withheld", "title": "The accounts", "text": "They are not closed"}
    assert client.post(addresses["quarter_texts"], said).status_code == 400
    assert client.post(addresses["quarter_texts"], {**said, "expected": "in July"}).status_code == 302
    assert "The accounts is not in this report" in client.get(addresses["quarterly_report"]).text
    gone = {"remove": str(quarter.narratives.get().pk)}
    assert client.post(addresses["quarter_texts"], gone).status_code == 302
    assert not quarter.narratives.exists()


def test_figures_are_computed_again_at_a_press_and_a_draft_with_gaps_is_not_published(
    sign_in, addresses, quarter
) -> None:
    before = Figure.objects.count()
    assert sign_in(OFFICER).post(reverse("compute_again", args=[quarter.pk])).status_code == 302
    assert Figure.objects.count() == 2 * before
    said = sign_in(OFFICER).post(addresses["figure"], follow=True).text
    assert "Computed again: the same." in said
    answer = sign_in(OFFICER).post(addresses["publish_quarter"], {})
    assert answer.status_code == 400 and "before it is published" in answer.text
    assert not Quarter.objects.exclude(published=None).exists()


def test_a_draft_is_signed_published_and_read_by_the_people_of_the_authority(
    sign_in, addresses, written, viewers
) -> None:
    client = sign_in(APPROVER)
    state = client.get(addresses["sign_quarter"]).context["form"]["state"].value()
    wrong = client.post(addresses["sign_quarter"], {"office": "Head of performance", "state": "another"})
    assert wrong.status_code == 400 and "since this was shown" in wrong.text
    assert client.post(addresses["sign_quarter"], {"office": "Head", "state": state}).status_code == 302
    assert "signed by the Head" in sign_in(OFFICER).get(addresses["quarter"]).text
    client = sign_in(OFFICER)
    seen = [
        value
        for value, _ in client.get(addresses["publish_quarter"]).context["form"]["confirmed"].field.choices
    ]
    assert client.post(addresses["publish_quarter"], {"confirmed": seen}).status_code == 302
    said = sign_in(OWNER).get(addresses["quarterly_report"])
    assert said.status_code == 200 and "At a glance" in said.text and "Draft" not in said.text
    assert addresses["figure"] not in said.text
    assert addresses["figure"] in sign_in(OFFICER).get(addresses["quarterly_report"]).text


def test_the_report_is_taken_away_as_a_file(sign_in, officer, viewers, written) -> None:
    done = published(viewers, officer, written)
    client = sign_in("anyshire.auditor")
    for kind, begins in (("html", b"<!DOCTYPE"), ("docx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")):
        answer = client.get(reverse("report_file", args=[done.pk, kind]))
        assert answer.content.startswith(begins) and kind in answer["Content-Disposition"]
    assert client.get(reverse("report_file", args=[done.pk, "exe"])).status_code == 404


def test_records_behind_a_figure_are_noted_in_the_audit_and_lead_to_their_page(
    sign_in, addresses, returns
) -> None:
    said = sign_in(OFFICER).get(addresses["figure_records"])
    assert "1 record behind" in said.text and "/records/" in said.text
    assert AuditEvent.objects.filter(name="records_read", data__page="figure").exists()
    other = addresses["figure_records"].rstrip("/").rpartition("/")[0]
    assert sign_in(OFFICER).get(f"{other}/{returns['dunmere'].pk}/").status_code == 404


def test_a_report_is_corrected_and_read_as_it_was_meanwhile(
    sign_in, addresses, viewers, officer, written
) -> None:
    done = published(viewers, officer, written)
    issues, reader = reverse("quarter_issues", args=[done.pk]), sign_in("anyshire.auditor")
    assert "1 issue of the report" in reader.get(issues).text
    assert reader.post(issues, {"reason": "Mine"}).status_code == 403
    client = sign_in(OFFICER)
    assert client.post(issues, {"reason": ""}).status_code == 400
    assert client.post(issues, {"reason": "A comment was wrong."}).status_code == 302
    assert "Being corrected" in client.get(addresses["quarter"]).text
    Line.objects.filter(quarter=done).update(comment="Both were on time.")
    assert "Draft" in client.get(addresses["quarterly_report"]).text
    meanwhile = sign_in("anyshire.auditor").get(addresses["quarterly_report"]).text
    assert "Draft" not in meanwhile and "Both were on time." not in meanwhile
    assert sign_in(OFFICER).post(issues).status_code == 302
    assert "As planned." in sign_in(OFFICER).get(addresses["quarterly_report"]).text


def test_readers_find_every_issue_and_what_it_changed(sign_in, addresses, viewers, officer, written) -> None:
    done = published(viewers, officer, written)
    publishing.correct(viewer=officer, quarter=done, reason="A comment was wrong.")
    Line.objects.filter(quarter=done).update(comment="Both were on time.")
    published(viewers, officer, done)
    issues, reader = reverse("quarter_issues", args=[done.pk]), sign_in("anyshire.auditor")
    assert "Both were on time." in reader.get(addresses["quarterly_report"]).text
    told = reader.get(issues).text
    assert "2 issues" in told and "A comment was wrong." in told and "Both were on time." in told
    first = reader.get(reverse("report_issue", args=[done.pk, 1])).text
    assert "A later issue takes the place" in first and "Both were on time." not in first
    assert reader.get(reverse("issue_file", args=[done.pk, 1, "docx"])).content.startswith(b"PK")
    assert reader.get(reverse("report_issue", args=[done.pk, 3])).status_code == 404
    assert sign_in("otherby.la_approver").get(issues).status_code == 404
