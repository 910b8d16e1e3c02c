"""Sensitive items of a record are hidden on its page until a reason is given, but for what a finding is about."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.audit.models import AuditEvent
from muster_web.privacy.models import Agreement
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(loaded, error):
    """The page of the person whose ethnicity is wrong, as somebody sees it."""
    address = reverse("record", args=[loaded.pk, error.person_mark])
    return lambda client: client.get(address).content.decode()


def test_pay_is_hidden_and_the_wrong_value_is_shown(sign_in, page) -> None:
    seen = page(sign_in("ashcombe.preparer"))
    assert "Sensitive items are hidden" in seen and ">hidden<" in seen
    assert "WRONG" in seen and "Allright" in seen


def test_a_reason_shows_them(sign_in, page, loaded, error) -> None:
    client = sign_in("ashcombe.preparer")
    hidden = page(client).count(">hidden<")
    client.post(
        reverse("unmask", args=[loaded.pk]),
        {"reason": "Checking pay with payroll", "record": error.person_mark},
    )
    assert hidden > 1 and ">hidden<" not in page(client)


def test_looking_is_noted_with_marks_and_no_names(sign_in, page, error) -> None:
    page(sign_in("ashcombe.head"))
    event = AuditEvent.objects.get(name="records_read")
    assert error.person_mark in event.data["records"] and "Allright" not in str(event.data)


def test_changing_a_hidden_item_asks_for_the_reason_first(sign_in, loaded, error) -> None:
    client = sign_in("ashcombe.preparer")
    url = reverse("edit_item", args=[loaded.pk, error.record_mark, "disability"])
    answer = client.get(url)
    assert answer.status_code == 302 and "/unmask/?record=" in answer["Location"]
    assert (
        client.get(reverse("edit_item", args=[loaded.pk, error.record_mark, "ethnicity"])).status_code == 200
    )


def test_the_list_of_changes_hides_what_the_record_hides(sign_in, loaded, error) -> None:
    client = sign_in("ashcombe.preparer")
    client.post(reverse("edit_item", args=[loaded.pk, error.record_mark, "ethnicity"]), {"value": "WBRI"})
    address = reverse("changes", args=[loaded.pk])
    seen = client.get(address).content.decode()
    assert "WBRI" not in seen and "Show them, with a reason" in seen
    client.post(
        reverse("unmask", args=[loaded.pk]), {"reason": "Putting right what was changed", "record": ""}
    )
    assert "WBRI" in client.get(address).content.decode()


def test_another_organisations_return_is_taken_away_only_under_an_agreement(
    sign_in, viewers, returns, organisations
) -> None:
    from datetime import date

    from muster_web.accounts.models import Access

    subject = returns["coldbrook"]
    world.load(viewers["coldbrook.preparer"], subject, return_of(estab="4002"))
    parties = {"giver": organisations["coldbrook"], "receiver": organisations["anyshire"]}
    Access.objects.create(**parties, level=Access.Level.HELP)
    client, url = sign_in("anyshire.la_officer"), reverse("download", args=[subject.pk, "original"])
    answer = client.get(url)
    assert answer.status_code == 403 and "information-sharing agreement" in answer.content.decode()
    Agreement.objects.create(
        **parties, title="x", items="x", purpose="x", starts=date(2020, 1, 1), review_by=date(2199, 1, 1)
    )
    assert client.get(url).status_code == 200
