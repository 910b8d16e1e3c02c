"""Does this child already have a UPN?  A school asks of its own roll, an authority of the rolls of its schools."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from muster_web.audit.models import AuditEvent
from muster_web.transfers.models import Search
from tests.web.transfers.files import upn_of
from tests.web.transfers.world import on_roll

pytestmark = pytest.mark.django_db(transaction=True)
WHERE = "find_child"
WHY = "A child joins us without a number"
BORN = {"born_day": 17, "born_month": 5, "born_year": 2002}


def test_strangers_sign_in_and_others_are_refused(client, sign_in) -> None:
    assert client.get(reverse(WHERE)).status_code == 302
    assert sign_in("ashcombe.head").get(reverse(WHERE)).status_code == 403
    assert reverse(WHERE) not in sign_in("ashcombe.head").get(reverse("identifiers")).text


def test_the_identifiers_lead_there(sign_in) -> None:
    assert reverse(WHERE) in sign_in("ashcombe.preparer").get(reverse("identifiers")).text


def test_a_school_finds_who_left_it_and_nobody_of_another(sign_in, organisations) -> None:
    left = on_roll(organisations["ashcombe"], left=timezone.localdate())
    on_roll(organisations["birchfield"], 2)
    page = sign_in("ashcombe.preparer").post(reverse(WHERE), {"surname": "Larch", "reason": WHY, **BORN}).text
    assert "1 child found" in page and upn_of(1) in page and upn_of(2) not in page
    [search] = Search.objects.all()
    assert (search.kind, search.found) == ("child", 1)
    assert AuditEvent.objects.filter(name="records_read", subject=f"search:{search.pk}").exists()
    assert left.surname not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_an_authority_finds_a_child_of_any_of_its_schools(sign_in, organisations) -> None:
    on_roll(organisations["birchfield"], 2)
    client = sign_in("anyshire.la_officer")
    page = client.post(reverse(WHERE), {"upn": upn_of(2).lower(), "reason": WHY}).text
    assert "Pupil2 Larch" in page and "Birchfield" in page
    assert "Nobody found" in client.post(reverse(WHERE), {"upn": upn_of(7), "reason": WHY}).text


@pytest.mark.parametrize("said", [{"upn": upn_of(1)}, {"reason": WHY}, {"surname": "Larch", "reason": WHY}])
def test_a_question_without_a_reason_or_of_nobody_is_refused(sign_in, said: dict[str, str]) -> None:
    assert sign_in("ashcombe.preparer").post(reverse(WHERE), said).status_code == 400
    assert not Search.objects.exists()
