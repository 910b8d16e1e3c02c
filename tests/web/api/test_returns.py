"""The journey of a return by machines: the same states, counts, refusals and receipts as on the pages."""

from __future__ import annotations

import hashlib
import json

import pytest

from muster.cli import main
from muster_web.audit.models import AuditEvent
from muster_web.audit.verify import verify
from muster_web.returns.actions import deciding
from muster_web.returns.models import Return, Upload, Version
from tests.web.files import WRONG, return_of, zipped
from tests.web.returns.world import now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ashcombe(returns):
    """The number of Ashcombe's return."""
    return returns["ashcombe"].pk


@pytest.fixture
def round(rounds):
    """The number of the statutory round."""
    return rounds["statutory"].pk


@pytest.fixture
def school(call):
    """Ashcombe's system."""
    return call("ashcombe")


def explain_all(school, pk: int) -> None:
    """Explain every query of a return by its fingerprint."""
    for one in school.get(f"/returns/{pk}/findings?show=explain").json()["findings"]:
        answer = school.put(f"/returns/{pk}/notes/{one['fingerprint']}", {"text": "Counted on the day."})
        assert answer.status_code == 200, answer.content


def test_a_sent_file_is_answered_with_a_receipt_and_then_with_what_was_found(school, round, ashcombe) -> None:
    content = return_of(WRONG)
    answer = school.send(round, content, query="?x_batch=7%2F9&x_by=night+run&page=1")
    assert answer.status_code == 202 and answer["Retry-After"]
    sent = school.get(answer["Location"]).json()
    assert sent["sha256"] == hashlib.sha256(content).hexdigest() and sent["done"] is True
    assert sent["passed"] == {"x_batch": "7/9", "x_by": "night run"}
    assert [one["organisation"]["number"] for one in sent["loaded"]] == ["999/4001"]
    shown = school.get(f"/returns/{ashcombe}").json()
    assert shown["state"] == "loaded" and shown["counts"] == {"to_fix": 1, "to_explain": 2, "explained": 0}
    assert shown["may"]["submit"] == {
        "allowed": False,
        "reason": "1 error has to be fixed. 2 queries need an explanation. "
        "The head has not signed this version of the summary.",
        "who": "",
    }


def test_the_findings_are_those_of_the_command_line_to_the_letter(
    school, round, ashcombe, tmp_path, capsys
) -> None:
    path = tmp_path / "swc.xml"
    path.write_bytes(return_of(WRONG, ("<SLT>true</SLT>", "<SLT>false</SLT>")))
    assert main(["check", str(path), "--json"]) == 1
    by_command = json.loads(capsys.readouterr().out)
    school.send(round, path.read_bytes())
    by_api = school.get(f"/returns/{ashcombe}/findings?per_page=500").json()
    assert by_command.pop("refused") == [] and by_command["findings"]
    assert {name: by_api[name] for name in by_command} == by_command


def test_findings_are_filtered_paged_and_not_sent_again_while_nothing_changes(
    school, round, ashcombe
) -> None:
    school.send(round, return_of(WRONG))
    first = school.get(f"/returns/{ashcombe}/findings?per_page=2")
    page = first.json()
    assert (page["count"], page["pages"], len(page["findings"])) == (3, 2, 2)
    last = school.get(page["next"]).json()
    assert len(last["findings"]) == 1 and last["next"] is None
    errors = school.get(f"/returns/{ashcombe}/findings?show=fix").json()
    assert [one["severity"] for one in errors["findings"]] == ["error"] and errors["verdict"][
        "to_explain"
    ] == 2
    rule = errors["findings"][0]["rule"]
    assert school.get(f"/returns/{ashcombe}/findings?rule={rule}").json()["count"] == 1
    again = school.get(f"/returns/{ashcombe}/findings?per_page=2", If_None_Match=first["ETag"])
    assert again.status_code == 304 and again["ETag"] == first["ETag"]
    explain_all(school, ashcombe)
    assert (
        school.get(f"/returns/{ashcombe}/findings?per_page=2", If_None_Match=first["ETag"]).status_code == 200
    )


def test_the_same_key_gives_the_same_receipt_and_the_same_bytes_are_recognised(school, round) -> None:
    first = school.send(round, return_of(), Idempotency_Key="night-1").json()
    again = school.send(round, return_of(WRONG), Idempotency_Key="night-1").json()
    assert first == again and Upload.objects.count() == 1 and Version.objects.count() == 1
    same = school.send(round, return_of(), Idempotency_Key="night-2").json()
    assert "nothing has changed" in same["refused"][0]["reason"] and Version.objects.count() == 1


def test_an_explanation_by_a_machine_is_marked_and_still_there_after_the_next_file(
    school, round, ashcombe, services
) -> None:
    school.send(round, return_of(WRONG))
    explain_all(school, ashcombe)
    school.send(round, return_of())
    notes = school.get(f"/returns/{ashcombe}/notes").json()["items"]
    assert len(notes) == 2 and all(one["by_machine"] for one in notes)
    assert {(one["version"], one["confirmed"]) for one in notes} == {(1, 1)}
    assert school.get(f"/returns/{ashcombe}").json()["counts"]["explained"] == 2
    chosen = {"notes": [one["id"] for one in notes]}
    assert school.post(f"/returns/{ashcombe}/confirmed-notes", chosen).json() == {"confirmed": 2}


def test_a_value_is_changed_by_the_mark_of_its_record_and_can_be_taken_back(school, round, ashcombe) -> None:
    school.send(round, return_of(WRONG))
    people = school.get(f"/returns/{ashcombe}/records").json()
    mark = people["items"][0]["mark"]
    record = school.get(f"/returns/{ashcombe}/records/{mark}").json()
    item = next(one for one in record["items"] if one["item"] == "ethnicity")
    assert item["value"] == "WRONG" and item["findings"] and not item["hidden"]
    edit = school.put(f"/returns/{ashcombe}/records/{mark}/items/ethnicity", {"value": "WBRI"}).json()
    assert (edit["was"], edit["value"]) == ("WRONG", "WBRI")
    assert school.get(f"/returns/{ashcombe}").json()["counts"]["to_fix"] == 0
    assert school.get(f"/returns/{ashcombe}/edits").json()["count"] == 1
    taken = school("DELETE", f"/returns/{ashcombe}/edits/{edit['id']}").json()
    assert taken["state"] == "undone"
    assert school.get(f"/returns/{ashcombe}").json()["counts"]["to_fix"] == 1


@pytest.fixture
def submit(school, round, ashcombe, viewers, returns):
    """Load, explain, have the head sign, and submit; answers the receipt."""

    def submitted() -> dict:
        school.send(round, return_of())
        explain_all(school, ashcombe)
        subject = now(returns["ashcombe"])
        deciding.sign(viewer=viewers["ashcombe.head"], subject=subject, revision=subject.revision)
        return school.post(f"/returns/{ashcombe}/submit").json()

    return submitted


DIGEST = hashlib.sha256(return_of()).hexdigest()


def test_no_machine_signs_and_nothing_goes_out_unsigned(school, round, ashcombe) -> None:
    school.send(round, return_of())
    explain_all(school, ashcombe)
    refused = school.post(f"/returns/{ashcombe}/submit")
    assert refused.status_code == 409 and "head has not signed" in refused.json()["detail"]
    assert school.post(f"/returns/{ashcombe}/sign").status_code == 404


def test_a_receipt_can_be_verified_by_anybody_who_holds_the_file(call, submit, ashcombe) -> None:
    receipt = submit()
    answer = call().post(f"/receipts/{receipt['id']}/verify", {"sha256": DIGEST, "of": ashcombe})
    assert answer.json() == {"genuine": True, "same_file": True, "verified": True, "why": ""}


def test_a_return_is_approved_in_a_batch_authorised_and_not_reopened_for_yesterday(
    call, submit, school, round, ashcombe, returns
) -> None:
    submit()
    authority, department = call("anyshire"), call("department")
    many = {"returns": [ashcombe, 999_999]}
    tried = authority.post(f"/rounds/{round}/approve", {**many, "dry_run": True}).json()
    assert [(one["done"], one["why"]) for one in tried] == [(True, ""), (False, "Not found.")]
    assert authority.post(f"/rounds/{round}/approve", many).json()[0]["done"]
    assert department.post(f"/returns/{ashcombe}/authorise").json()["kind"] == "authorised"
    assert now(returns["ashcombe"]).state == "authorised" and verify().fault == ""
    late = {"reason": "The pay is wrong.", "until": "2000-01-01"}
    said = department.post(f"/returns/{ashcombe}/reopen", late)
    assert said.status_code == 409 and "today or later" in said.json()["detail"]
    assert school.get(f"/returns/{ashcombe}/receipts").json()["count"] == 2


def test_a_receipt_shown_for_another_return_or_file_is_found_out(call, submit, returns) -> None:
    path = f"/receipts/{submit()['id']}/verify"
    replayed = call().post(path, {"sha256": DIGEST, "of": returns["birchfield"].pk}).json()
    assert not replayed["verified"] and "another return" in replayed["why"]
    changed = call().post(path, {"sha256": "0" * 64}).json()
    assert not changed["verified"] and not changed["same_file"]


def test_submissions_are_withdrawn_and_sent_back(call, school, submit, ashcombe) -> None:
    submit()
    assert school.post(f"/returns/{ashcombe}/withdraw").json()["state"] == "amended_by_source"
    assert school.post(f"/returns/{ashcombe}/submit").status_code == 200
    authority = call("anyshire")
    assert authority.post(f"/returns/{ashcombe}/send-back", {"reason": " "}).status_code == 409
    sent = authority.post(f"/returns/{ashcombe}/send-back", {"reason": "Look at the hours."}).json()
    assert sent["state"] == "returned_by_agent"


def test_an_authority_sends_a_zip_of_its_schools_and_each_file_is_told(call, round) -> None:
    authority = call("anyshire")
    content = zipped(
        a__xml=return_of(), b__xml=return_of(estab="2001"), c__xml=return_of(estab="4003", lea="998")
    )
    answer = authority.send(round, content, name="all.zip")
    sent = authority.get(answer["Location"]).json()
    assert sorted(one["organisation"]["number"] for one in sent["loaded"]) == ["999/2001", "999/4001"]
    assert [one["file"] for one in sent["refused"]] == ["all.zip/c.xml"]


def test_a_supplier_sends_only_for_the_schools_that_let_it_in(call, round, let_in, returns) -> None:
    supplier = call("supplier")
    assert supplier.get("/rounds").json() == []
    assert supplier.send(round, return_of()).status_code == 404
    let_in("ashcombe", "supplier")
    sent = supplier.send(
        round, zipped(a__xml=return_of(), b__xml=return_of(estab="2001")), name="all.zip"
    ).json()
    assert [one["organisation"]["number"] for one in sent["loaded"]] == ["999/4001"]
    assert [one["id"] for one in supplier.get(f"/returns?round={round}").json()["items"]] == [
        returns["ashcombe"].pk
    ]
    other = returns["birchfield"].pk
    for path in ("", "/findings", "/records", "/versions", "/notes"):
        assert supplier.get(f"/returns/{other}{path}").status_code == 404


def test_a_supplier_sees_everything_of_what_it_sent_and_the_sensitive_hidden_of_the_rest(
    call, school, round, let_in, ashcombe
) -> None:
    let_in("ashcombe", "supplier")
    supplier = call("supplier")
    school.send(round, return_of(WRONG))
    found = supplier.get(f"/returns/{ashcombe}/findings?show=fix").json()["findings"][0]
    assert "WRONG" not in json.dumps(found)
    supplier.send(round, return_of(("<Ethnicity>WBRI</Ethnicity>", "<Ethnicity>WORSE</Ethnicity>")))
    found = supplier.get(f"/returns/{ashcombe}/findings?show=fix").json()["findings"][0]
    assert "WORSE" in json.dumps(found)


def test_messages_are_written_and_the_machine_is_named(school, ashcombe, services) -> None:
    answer = school.post(f"/returns/{ashcombe}/messages", {"text": "The file comes tonight."})
    assert answer.status_code == 201 and answer.json()["by_machine"]
    thread = school.get(f"/returns/{ashcombe}/messages").json()["items"]
    assert [one["by"] for one in thread] == [services["ashcombe"].account.client_id]


@pytest.mark.parametrize("what", ["original", "corrected", "tables", "findings"])
def test_files_are_taken_away_and_that_is_in_the_audit(school, round, ashcombe, what) -> None:
    school.send(round, return_of())
    answer = school.get(f"/returns/{ashcombe}/files/{what}")
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    if what == "original":
        assert answer.content == return_of()
    taken = AuditEvent.objects.get(name="return_exported")
    assert taken.actor.startswith("service:muster-") and taken.data["what"] == what


def test_reading_records_and_findings_is_in_the_audit(school, round, ashcombe) -> None:
    school.send(round, return_of(WRONG))
    school.get(f"/returns/{ashcombe}/findings")
    school.get(f"/returns/{ashcombe}/records")
    pages = AuditEvent.objects.filter(name="records_read").values_list("data__page", flat=True)
    assert sorted(pages) == ["api findings", "api records"]


def test_of_two_machines_that_must_be_two_one_does_not_approve_what_it_changed(
    call, school, round, returns
) -> None:
    Return.objects.get(pk=returns["ashcombe"].pk).round.__class__.objects.update(
        two_people=True, sign_off=False
    )
    authority, pk = call("anyshire"), returns["ashcombe"].pk
    authority.send(round, return_of())
    explain_all(authority, pk)
    assert authority.post(f"/returns/{pk}/submit").status_code == 200
    refused = authority.post(f"/returns/{pk}/approve", {})
    assert refused.status_code == 409 and "another approver" in refused.json()["detail"]


def test_the_same_change_sent_again_answers_the_same_until_the_file_itself_holds_it(
    school, round, ashcombe
) -> None:
    school.send(round, return_of(WRONG))
    mark = school.get(f"/returns/{ashcombe}/records").json()["items"][0]["mark"]
    path = f"/returns/{ashcombe}/records/{mark}/items/ethnicity"
    first, again = (school.put(path, {"value": "WBRI"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200) and first.json() == again.json()
    school.send(round, return_of(WRONG).replace(b">WRONG<", b">WBRI<"))
    late = school.put(path, {"value": "WBRI"})
    assert late.status_code == 422 and late.json()["detail"].endswith("already has this value.")
