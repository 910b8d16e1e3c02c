"""The pages of cases across schools: closed to strangers, absent for others, settled by the parties."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.returns.actions import comparing
from muster_web.returns.models import Case
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(viewers, returns, rounds) -> Case:
    """Two schools return one teacher number with two dates of birth."""
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of())
    other = return_of(("1975-02-03", "1976-02-03"), estab="2001")
    world.load(viewers["birchfield.preparer"], returns["birchfield"], other)
    comparing.ask_to_compare(viewer=viewers["anyshire.la_officer"], round=rounds["statutory"])
    return Case.objects.get()


def test_nobody_comes_in_without_signing_in(client, case) -> None:
    urls = (reverse("cases", args=[case.round_id]), reverse("case", args=[case.pk]))
    assert {client.get(url).status_code for url in urls} == {302}


@pytest.mark.parametrize("who", ["otherby.la_officer", "dunmere.preparer", "coldbrook.preparer"])
def test_another_authority_and_its_schools_find_no_case(sign_in, case, who) -> None:
    client = sign_in(who)
    assert client.get(reverse("case", args=[case.pk])).status_code == 404
    assert client.post(reverse("answer_case", args=[case.pk]), {"agrees": "yes"}).status_code == 404


def test_who_gives_access_only_does_not_come_in(sign_in, case) -> None:
    assert sign_in("ashcombe.approver").get(reverse("case", args=[case.pk])).status_code == 403


def test_a_school_reads_its_own_values_only(sign_in, case) -> None:
    page = sign_in("ashcombe.preparer").get(reverse("case", args=[case.pk])).content.decode()
    assert "3 February 1975" in page and "something else" in page
    assert "3 February 1976" not in page and "1976" not in page


def test_the_schools_settle_it_between_them(sign_in, case) -> None:
    url = reverse("case", args=[case.pk])
    said = {"outcome": "all_right", "reason": "Two people with one mistyped number."}
    assert sign_in("birchfield.preparer").post(url, said).status_code == 302
    ashcombe = sign_in("ashcombe.preparer")
    assert "We agree" in ashcombe.get(url).content.decode()
    ashcombe.post(reverse("answer_case", args=[case.pk]), {"agrees": "yes"})
    assert Case.objects.get().state == Case.State.AGREED


def test_the_authority_decides_and_sets_another_day(sign_in, case) -> None:
    client, url = sign_in("anyshire.la_officer"), reverse("case", args=[case.pk])
    day = {"due_day": "1", "due_month": "1", "due_year": "2090"}
    client.post(reverse("case_due", args=[case.pk]), day)
    assert "1 January 2090" in client.get(url).content.decode()
    wrong = str(case.sides.first().subject_id)
    client.post(url, {"outcome": wrong, "reason": "Passport seen."})
    assert "has to correct its return" in client.get(url).content.decode()
    assert Case.objects.get().state == Case.State.DECIDED


def test_what_is_left_out_or_over_is_said(sign_in, case) -> None:
    client, url = sign_in("anyshire.la_officer"), reverse("case", args=[case.pk])
    answer = client.post(url, {"reason": ""})
    assert answer.status_code == 400 and "Choose what is right" in answer.content.decode()
    over = {"due_day": "1", "due_month": "1", "due_year": "2020"}
    assert client.post(reverse("case_due", args=[case.pk]), over).status_code == 403
    assert sign_in("ashcombe.preparer").post(reverse("answer_case", args=[case.pk])).status_code == 403


def test_the_list_asks_for_a_comparison_and_shows_each_case(sign_in, case) -> None:
    client = sign_in("anyshire.la_officer")
    page = client.post(reverse("compare_now", args=[case.round_id]), follow=True).content.decode()
    assert "2 returns compared" in page and f"Case {case.pk}" in page and "Open (1)" in page
    settled = client.get(reverse("cases", args=[case.round_id]), {"show": "settled"}).content.decode()
    assert "No case is here." in settled
