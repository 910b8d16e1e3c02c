"""Plans, figures and reports over the API: what a machine of the authority reads and writes, and nobody else does."""

from __future__ import annotations

import pytest

from muster_web.audit.models import AuditEvent
from muster_web.performance.models import Issue, Line

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_plan_is_read_with_its_pieces_lights_and_quarters(call, reported) -> None:
    machine = call("anyshire")
    [line] = machine.get("/plans").json()["items"]
    assert [one["state"] for one in line["quarters"]] == ["open", "published"]
    plan = machine.get(f"/plans/{reported['plan']}").json()
    pieces = {one["ref"]: one for one in plan["pieces"]}
    assert list(pieces) == ["1", "1.1", "1.1.1", "1.1.2"]
    assert pieces["1.1.1"]["owner"] == "Head of people" and pieces["1.1.1"]["light"]["light"] == "red"
    assert pieces["1.1.2"]["links"] == [{"relation": "depends on", "to": "1.1.1"}]
    assert pieces["1.1.2"]["parent"] == pieces["1.1"]["id"]
    [indicator] = machine.get(f"/plans/{reported['plan']}/indicators").json()["items"]
    assert indicator["figure"] == "service.on_time"


def test_a_figure_is_read_with_what_each_return_adds(call, reported, returns) -> None:
    lines = call("anyshire").get(f"/quarters/{reported['quarter']}/lines").json()["items"]
    assert {one["ref"]: one["figure"] for one in lines}["LI 4"] == reported["figure"]
    figure = call("anyshire").get(f"/figures/{reported['figure']}").json()
    assert (figure["value"], figure["numerator"], figure["denominator"]) == ("50.0", "1", "2")
    [part] = figure["parts"]
    assert (part["return_id"], part["may_follow"]) == (returns["ashcombe"].pk, True)


def test_a_machine_writes_a_line_and_it_is_marked_as_such(call, reported) -> None:
    machine, path = call("anyshire"), f"/quarters/{reported['quarter']}/lines/{reported['line']}"
    answer = machine.patch(path, {"seen": 0, "comment": "Letters went out.", "done_on": "2020-06-30"})
    assert answer.status_code == 200 and answer.json()["by_machine"] is True
    assert answer.json()["light"]["light"] == "green"
    line = Line.objects.get(pk=reported["line"])
    assert (line.comment, line.by, bool(line.service)) == ("Letters went out.", None, True)
    assert AuditEvent.objects.get(name="line_written").actor.startswith("service:")
    assert machine.patch(path, {"seen": 1, "comment": "Again."}).json()["done_on"] == "2020-06-30"


def test_a_machine_says_which_edition_of_a_line_it_read(call, reported) -> None:
    machine, path = call("anyshire"), f"/quarters/{reported['quarter']}/lines/{reported['line']}"
    assert machine.patch(path, {"comment": "Unread."}).status_code == 422
    assert machine.patch(path, {"seen": 0, "comment": "First."}).json()["edition"] == 1
    overtaken = machine.patch(path, {"seen": 0, "comment": "Unseen."})
    assert overtaken.status_code == 409 and "Somebody changed this line" in overtaken.json()["detail"]
    assert machine.patch(path, {"seen": 1, "comment": "Second."}).json()["edition"] == 2


def test_a_light_without_reason_a_published_line_and_one_of_another_quarter_are_refused(
    call, reported
) -> None:
    machine, line = call("anyshire"), reported["line"]
    path = f"/quarters/{reported['quarter']}/lines/{line}"
    assert machine.patch(path, {"seen": 0, "set_light": "green"}).status_code == 422
    assert machine.patch(path, {"seen": 0, "set_light": "blue"}).status_code == 422
    done = Line.objects.filter(quarter=reported["done"]).first()
    late = {"seen": done.edition, "comment": "x"}
    assert machine.patch(f"/quarters/{reported['done']}/lines/{done.pk}", late).status_code == 409
    assert machine.patch(f"/quarters/{reported['done']}/lines/{line}", {"seen": 0}).status_code == 404


def test_a_report_is_read_as_data_and_as_files_that_stay_the_same(call, reported) -> None:
    machine, done = call("anyshire"), reported["done"]
    [line] = machine.get("/reports").json()["items"]
    assert (line["quarter"], line["issue"]) == (done, 1)
    report = machine.get(f"/reports/{done}").json()
    assert report["facts"]["Directorate"] == "Children" and report["issues"][0]["changes"] == []
    kinds = {one["kind"] for one in report["pieces"]}
    assert kinds == {"heading", "paragraph", "table"}
    for kind, begins in (("html", b"<!DOCTYPE"), ("docx", b"PK"), ("pdf", b"%PDF")):
        first, again = (machine.get(f"/reports/{done}/files/{kind}?issue=1") for _ in range(2))
        assert first.content.startswith(begins) and first.content == again.content
        assert f"q1.{kind}" in first["Content-Disposition"]
    for path in (f"/reports/{done}?issue=2", f"/reports/{reported['quarter']}", f"/reports/{done}/files/exe"):
        assert machine.get(path).status_code in (404, 422), path
    assert machine.get(f"/reports/{done}?issue=0").status_code == 422


def test_a_snapshot_that_was_tampered_with_is_not_given_as_the_report(call, reported) -> None:
    Issue.objects.update(snapshot="{}")
    answer = call("anyshire").get(f"/reports/{reported['done']}")
    assert answer.status_code == 422 and "not the one that was published" in answer.json()["detail"]


def test_no_other_authority_reads_them_and_no_school_can_have_the_scope(call, reported) -> None:
    paths = (
        f"/plans/{reported['plan']}", f"/plans/{reported['plan']}/indicators",
        f"/quarters/{reported['quarter']}/lines", f"/figures/{reported['figure']}", f"/reports/{reported['done']}",
    )  # fmt: skip
    assert {call("otherby").get(path).status_code for path in paths} == {404}
    assert (
        call("otherby").get("/plans").json()["count"] == call("otherby").get("/reports").json()["count"] == 0
    )
    assert {call("ashcombe").get(path).status_code for path in paths} == {403}
    line = f"/quarters/{reported['quarter']}/lines/{reported['line']}"
    assert call("otherby").patch(line, {"seen": 0, "comment": "Mine."}).status_code == 404
