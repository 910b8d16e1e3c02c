"""Pupils who left, with the day their file is due; and a pupil on roll looked up with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster_web.audit.models import AuditEvent
from muster_web.transfers.actions.sending import send
from muster_web.transfers.models import Search
from tests.web.transfers.files import ctf_of, name_of, pupil_of, upn_of
from tests.web.transfers.world import on_roll

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Setting groups for mathematics."
RESULT = (
    "<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment><Locale>ENG</Locale><Year>2013</Year>"
    "<Subject>MAT</Subject><Method>TT</Method><Component>SUB</Component><ResultStatus>R</ResultStatus>"
    "<ResultQualifier>NL</ResultQualifier><Result>4B</Result></StageAssessment></KeyStage></StageAssessments></Pupil>"
)


def page_of(answer) -> str:
    """The text of a page that was answered."""
    return answer.content.decode()


def day(days_ago: int) -> dict[str, int]:
    """A day in three boxes."""
    on = timezone.localdate() - timedelta(days=days_ago)
    return {"left_day": on.day, "left_month": on.month, "left_year": on.year}


@pytest.mark.parametrize("name", ["leavers", "look_up"])
def test_strangers_sign_in_and_others_are_refused(client, sign_in, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    assert sign_in("anyshire.la_officer").get(reverse(name)).status_code == 403


def test_a_leaver_is_noted_with_the_day_the_file_is_due(sign_in, organisations) -> None:
    on_roll(organisations["ashcombe"])
    client = sign_in("ashcombe.preparer")
    assert client.post(reverse("leavers"), {"upn": upn_of(1).lower(), **day(60)}).status_code == 302
    assert "Overdue" in page_of(client.get(reverse("leavers")))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"upn": upn_of(2), **day(1)}, "Nobody on your roll"),
        ({"upn": upn_of(1), **day(-3)}, "once it has come"),
        ({}, "Enter the pupil"),
    ],
)
def test_a_leaver_who_cannot_be_noted_is_told_why(sign_in, organisations, said, why: str) -> None:
    on_roll(organisations["ashcombe"])
    answer = sign_in("ashcombe.preparer").post(reverse("leavers"), said)
    assert answer.status_code == 400 and why in page_of(answer)


def test_prior_attainment_comes_from_a_file_received_and_each_look_is_kept(
    sign_in, viewers, organisations
) -> None:
    content = ctf_of(pupils=pupil_of(1).replace("</Pupil>", RESULT))
    send(viewer=viewers["ashcombe.preparer"], chunks=[content], name=name_of())
    on_roll(organisations["birchfield"])
    client = sign_in("birchfield.preparer")
    found = page_of(client.post(reverse("look_up"), {"upn": upn_of(1), "reason": WHY}))
    assert "4B" in found and "KS2" in found and name_of() in found
    [search] = Search.objects.all()
    assert (search.kind, search.found, search.reason) == ("look_up", 1, WHY)
    assert AuditEvent.objects.filter(name="records_read", subject=f"search:{search.pk}").exists()


def test_a_pupil_of_another_school_is_not_found(sign_in, organisations) -> None:
    on_roll(organisations["ashcombe"])
    client = sign_in("birchfield.preparer")
    assert "Nobody on your roll" in page_of(
        client.post(reverse("look_up"), {"upn": upn_of(1), "reason": WHY})
    )


def test_a_look_without_a_reason_or_of_nobody_is_refused(sign_in) -> None:
    client = sign_in("birchfield.preparer")
    for said in ({"upn": upn_of(1)}, {"upn": upn_of(1), "reason": "x"}, {"surname": "Larch", "reason": WHY}):
        assert client.post(reverse("look_up"), said).status_code == 400
    assert not Search.objects.exists()
