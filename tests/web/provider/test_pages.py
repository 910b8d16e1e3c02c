"""Every page of a school's return: closed to strangers, absent for other organisations, right for its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.returns.models import Edit, Note
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
OF_RETURN = ("return_page", "upload", "findings", "changes", "compare", "summary")


@pytest.fixture
def address(loaded):
    """The address of a page of the loaded return."""
    return lambda name, *more: reverse(name, args=[loaded.pk, *more])


def addresses(address, error) -> dict[str, str]:
    """Every page of the return by name."""
    found = {name: address(name) for name in OF_RETURN}
    found["explain"] = address("explain", "rule", error.rule)
    found["record"] = address("record", error.record_mark)
    found["edit_item"] = address("edit_item", error.record_mark, "ethnicity")
    found["download"] = address("download", "original")
    return found


def test_nobody_comes_in_without_signing_in(client, address, error) -> None:
    for name, url in addresses(address, error).items():
        answer = client.get(url)
        assert answer.status_code == 302 and "login" in answer["Location"], name


@pytest.mark.parametrize("who", ["birchfield.preparer", "otherby.la_officer"])
def test_a_return_of_another_organisation_is_not_there(sign_in, who, address, error) -> None:
    client = sign_in(who)
    for name, url in addresses(address, error).items():
        assert client.get(url).status_code == 404, name


def test_a_role_that_reads_no_returns_is_refused(sign_in, address, error) -> None:
    client = sign_in("ashcombe.auditor")
    for name, url in addresses(address, error).items():
        assert client.get(url).status_code == 403, name


def test_its_data_manager_sees_every_page(sign_in, address, error) -> None:
    client = sign_in("ashcombe.preparer")
    for name, url in addresses(address, error).items():
        assert client.get(url).status_code == 200, name


def test_the_first_page_says_what_comes_next(sign_in, address) -> None:
    page = sign_in("ashcombe.preparer").get(address("return_page")).content.decode()
    assert "See what to fix" in page and "1 error has to be fixed" in page


def test_a_file_is_loaded_through_the_page(sign_in, address, loaded) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("swc.xml", return_of(), content_type="text/xml")
    answer = sign_in("ashcombe.preparer").post(address("upload"), {"file": file})
    assert answer.status_code == 302 and world.now(loaded).to_fix == 0


def test_no_file_and_a_wrong_file_are_told_on_the_page(sign_in, address) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = sign_in("ashcombe.preparer")
    assert "Choose a file" in client.post(address("upload"), {}).content.decode()
    other = SimpleUploadedFile("other.xml", return_of(estab="2001"))
    answer = client.post(address("upload"), {"file": other})
    assert answer.status_code == 400 and "999/2001" in answer.content.decode()


def test_a_query_is_explained_through_the_page(sign_in, address, loaded) -> None:
    query = loaded.findings.filter(severity="query").first()
    told = {"finding": [query.fingerprint], "text": "Right as it is.", "reason": "correct"}
    answer = sign_in("ashcombe.preparer").post(address("explain", "rule", query.rule), told)
    assert answer.status_code == 302 and Note.objects.get().text == "Right as it is."
    assert world.now(loaded).explained == 1


def test_an_explanation_without_words_or_findings_is_told(sign_in, address, loaded) -> None:
    query = loaded.findings.filter(severity="query").first()
    client, url = sign_in("ashcombe.preparer"), address("explain", "rule", query.rule)
    assert "Write why" in client.post(url, {"finding": [query.fingerprint], "text": " "}).content.decode()
    assert "Choose at least one" in client.post(url, {"text": "Right."}).content.decode()


def test_a_value_is_changed_through_the_page_and_listed(sign_in, address, error, loaded) -> None:
    client = sign_in("ashcombe.preparer")
    url = address("edit_item", error.record_mark, "ethnicity")
    assert client.post(url, {"value": "WBRI"}).status_code == 302
    assert world.now(loaded).to_fix == 0
    assert "To put right in your system" in client.get(address("changes")).content.decode()
    client.post(reverse("answer_change", args=[loaded.pk, Edit.objects.get().pk]), {"answer": "take_back"})
    assert world.now(loaded).to_fix == 1


def test_the_authority_says_why_it_changes_a_value_and_the_school_answers(sign_in, returns, viewers) -> None:
    subject = world.send(viewers, returns["ashcombe"], return_of())
    person = subject.findings.model.objects.none()
    assert not person.exists()
    from muster_web.returns.actions.checking import inspect

    mark = inspect(subject.current).records.people()[0].identity
    url = reverse("edit_item", args=[subject.pk, mark, "ethnicity"])
    client = sign_in("anyshire.la_officer")
    assert client.post(url, {"value": "WIRI"}).status_code == 400
    assert client.post(url, {"value": "WIRI", "reason": "The school told us by phone."}).status_code == 302
    school = sign_in("ashcombe.preparer")
    edit = Edit.objects.get()
    school.post(reverse("answer_change", args=[subject.pk, edit.pk]), {"answer": "dispute"})
    edit.refresh_from_db()
    assert edit.answer == "disputed" and edit.for_provider


def test_the_head_signs_and_the_data_manager_submits(sign_in, address, returns, viewers) -> None:
    subject = returns["ashcombe"]
    world.load(viewers["ashcombe.preparer"], subject, return_of())
    world.explain_all(viewers["ashcombe.preparer"], subject)
    page = reverse("summary", args=[subject.pk])
    assert sign_in("ashcombe.preparer").post(page, {"revision": 1}).status_code == 403
    sign_in("ashcombe.head").post(page, {"revision": world.now(subject).revision})
    client = sign_in("ashcombe.preparer")
    assert client.get(reverse("submit", args=[subject.pk])).status_code == 200
    answer = client.post(reverse("submit", args=[subject.pk]), follow=True)
    assert "Return submitted" in answer.content.decode()
    assert client.get(reverse("submit", args=[subject.pk])).status_code == 403


def test_anybody_can_verify_a_receipt_with_the_file(client, returns, viewers) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    subject = world.send(viewers, returns["ashcombe"], return_of())
    url = reverse("receipt", args=[subject.current.receipts.get().pk])
    held = client.post(url, {"file": SimpleUploadedFile("swc.xml", return_of())})
    assert "Yes: the file you hold" in held.content.decode()
    other = client.post(url, {"file": SimpleUploadedFile("swc.xml", return_of() + b" ")})
    assert "No: the file you hold" in other.content.decode()


def test_what_is_taken_away_is_what_came_and_what_was_changed(sign_in, address) -> None:
    client = sign_in("ashcombe.preparer")
    from tests.web.files import WRONG

    assert client.get(address("download", "original")).content == return_of(WRONG)
    assert client.get(address("download", "corrected")).content.startswith(b"<?xml")
    assert client.get(address("download", "tables")).content.startswith(b"PK")
    assert client.get(address("download", "findings")).content.startswith(b"PK")
    assert client.get(address("download", "anything")).status_code == 404


def test_explanations_of_an_earlier_version_are_confirmed_with_one_press(
    sign_in, loaded, viewers, address
) -> None:
    school = viewers["ashcombe.preparer"]
    world.explain_all(school, loaded)
    world.load(school, loaded, return_of())
    client = sign_in("ashcombe.preparer")
    assert "2 explanations came with you from an earlier version" in client.get(address("findings")).text
    page = client.post(address("confirm_carried"), follow=True).text
    assert "2 explanations confirmed" in page and "came with you" not in page
    assert set(Note.objects.values_list("confirmed__number", flat=True)) == {2}


@pytest.mark.parametrize(("who", "status"), [("birchfield.preparer", 404), ("ashcombe.auditor", 403)])
def test_nobody_else_confirms_them(sign_in, address, who, status) -> None:
    assert sign_in(who).post(address("confirm_carried")).status_code == status
