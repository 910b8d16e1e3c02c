"""One's own account, the choice of organisation, and whether everyone can get in."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from muster_web.accounts.models import Grant, Membership
from muster_web.accounts.roles import Role
from muster_web.people.account import device
from muster_web.returns.queries.readiness import readiness_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_the_account_says_what_one_can_do_and_where_one_is_signed_in(sign_in, people) -> None:
    page = sign_in("ashcombe.preparer").get(reverse("account")).content.decode()
    assert "Ashcombe School (999/4001): Data manager" in page and "(here)" in page


def test_another_device_is_signed_out_from_here(sign_in, people) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/1"})
    other.force_login(people["ashcombe.preparer"], backend=BACKEND)
    there = UserSession.objects.get()
    client = sign_in("ashcombe.preparer")
    assert client.get(reverse("account")).content.decode().count("Sign out<span") == 1
    client.post(reverse("end_session", args=[there.pk]))
    assert other.get(reverse("account")).status_code == 302
    assert client.get(reverse("account")).status_code == 200


def test_nobody_ends_somebody_elses_session(sign_in, people) -> None:
    Client().force_login(people["ashcombe.head"], backend=BACKEND)
    there = UserSession.objects.get()
    assert sign_in("ashcombe.preparer").post(reverse("end_session", args=[there.pk])).status_code == 404


@pytest.mark.parametrize(
    ("agent", "said"),
    [("Mozilla/5.0 (Windows NT 10.0) Chrome/1 Safari/1 Edg/1", "Edge on Windows"), ("curl/8", "A browser")],
)
def test_a_device_is_named_in_a_few_words(agent, said) -> None:
    assert device(agent) == said


def test_somebody_of_two_organisations_chooses_and_never_leaves_the_site(
    sign_in, people, organisations
) -> None:
    Membership.objects.create(user=people["ashcombe.preparer"], organisation=organisations["birchfield"])
    client = sign_in("ashcombe.preparer")
    assert "Birchfield" in client.get(reverse("choose_organisation")).content.decode()
    chosen = {"organisation": organisations["birchfield"].pk, "next": "https://evil.example/"}
    assert client.post(reverse("choose_organisation"), chosen)["Location"] == "/"
    assert client.session["organisation"] == organisations["birchfield"].pk
    client.post(reverse("choose_organisation"), {"organisation": organisations["dunmere"].pk})
    assert client.session["organisation"] == organisations["birchfield"].pk


def test_what_was_done_about_people_stands_in_the_organisations_audit_and_in_no_other(
    sign_in, people
) -> None:
    sign_in("ashcombe.approver").post(reverse("remove_person", args=[people["ashcombe.preparer"].pk]))
    mine = sign_in("ashcombe.auditor").get(reverse("audit")).content.decode()
    assert "Member removed" in mine and str(people["ashcombe.preparer"]) in mine
    other = sign_in("birchfield.auditor").get(reverse("audit")).content.decode()
    assert "Member removed" not in other and "Ashcombe" not in other


def test_a_school_where_everyone_can_get_in_is_ready(viewers, rounds, organisations) -> None:
    found = {
        one.organisation: one for one in readiness_of(viewers["anyshire.la_officer"], rounds["statutory"])
    }
    assert set(found) == {organisations["ashcombe"], organisations["birchfield"]}
    ashcombe = found[organisations["ashcombe"]]
    assert ashcombe.ready and len(ashcombe.advised) == 2


def test_a_school_without_a_head_who_can_sign_is_not_ready(viewers, rounds, people, organisations) -> None:
    Grant.objects.filter(membership__user=people["ashcombe.head"]).update(ends=rounds["statutory"].census_day)
    found = readiness_of(viewers["ashcombe.preparer"], rounds["statutory"])
    assert [one.what for one in found[0].missing] == ["The head can sign"]


def test_whoever_has_not_accepted_does_not_count(viewers, rounds, people) -> None:
    people["ashcombe.preparer"].status = "invited"
    people["ashcombe.preparer"].save()
    (mine,) = readiness_of(viewers["ashcombe.approver"], rounds["statutory"])
    assert "the invitation is not accepted" in mine.missing[0].fix


def test_a_missing_second_factor_is_told_before_census_day(viewers, rounds, people, settings) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"approver"})
    (mine,) = readiness_of(viewers["ashcombe.approver"], rounds["statutory"])
    assert "a passkey or an app for codes is missing" in mine.missing[0].fix


def test_readiness_asks_few_questions(viewers, rounds, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(5):
        readiness_of(viewers["anyshire.la_officer"], rounds["statutory"])


def test_a_collection_that_is_not_there_is_not_there(sign_in, rounds) -> None:
    client = sign_in("anyshire.la_officer")
    assert client.get(reverse("readiness_of", args=[99_999])).status_code == 404
    page = client.get(reverse("readiness")).content.decode()
    assert "2 of 2 organisations ready" in page


def test_a_role_for_another_collection_does_not_make_a_school_ready(viewers, rounds, people) -> None:
    Grant.objects.filter(membership__user=people["ashcombe.preparer"], role=Role.PREPARER).update(
        collection="children_in_need"
    )
    (mine,) = readiness_of(viewers["ashcombe.approver"], rounds["statutory"])
    assert "Somebody can load and submit the return" in [one.what for one in mine.missing]
