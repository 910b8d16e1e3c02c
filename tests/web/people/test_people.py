"""The approver's grid and one member's page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster_web.accounts.models import Grant, Membership, User
from muster_web.accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_the_grid_shows_everybody_with_their_roles(sign_in, people) -> None:
    page = sign_in("ashcombe.approver").get(reverse("people")).content.decode()
    for role in (Role.PREPARER, Role.HEAD, Role.APPROVER, Role.AUDITOR):
        assert role.in_words in page
    assert "Birchfield" not in page


def test_the_only_approver_is_told_that_a_second_is_needed(sign_in, people) -> None:
    page = sign_in("ashcombe.approver").get(reverse("people")).content.decode()
    assert "You are the only approver" in page
    Grant.objects.create(membership=people["ashcombe.head"].memberships.get(), role=Role.APPROVER)
    page = sign_in("ashcombe.approver").get(reverse("people")).content.decode()
    assert "You are the only approver" not in page


def test_people_not_here_for_90_days_are_named(sign_in, people) -> None:
    long_ago = timezone.now() - timedelta(days=91)
    User.objects.filter(pk=people["ashcombe.head"].pk).update(last_seen=long_ago)
    page = sign_in("ashcombe.approver").get(reverse("people")).content.decode()
    assert "1 person not here for 90 days" in page


def test_the_number_of_questions_does_not_grow_with_the_people(
    sign_in, people, organisations, django_assert_max_num_queries
) -> None:
    for n in range(30):
        user = User.objects.create_user(f"p{n}@ashcombe.example", name=f"Person {n}")
        member = Membership.objects.create(user=user, organisation=organisations["ashcombe"])
        Grant.objects.create(membership=member, role=Role.PREPARER)
    client = sign_in("ashcombe.approver")
    client.get(reverse("people"))
    with django_assert_max_num_queries(25):
        client.get(reverse("people"))


def test_the_page_of_a_member_says_what_a_role_means_and_gives_it(sign_in, people) -> None:
    who = people["ashcombe.head"]
    client = sign_in("ashcombe.approver")
    page = client.get(reverse("person", args=[who.pk])).content.decode()
    assert "will see every person in it, with pay and absence" in page
    sent = {"role": "preparer", "collection": "school_workforce", "reason": "Census", "ends_day": "", "ends_month": "",
            "ends_year": ""}  # fmt: skip
    answer = client.post(reverse("person", args=[who.pk]), sent)
    assert answer.status_code == 302
    assert who.memberships.get().grants.filter(role="preparer", collection="school_workforce").exists()


def test_a_role_without_a_reason_is_not_given(sign_in, people) -> None:
    who = people["ashcombe.head"]
    answer = sign_in("ashcombe.approver").post(
        reverse("person", args=[who.pk]), {"role": "preparer", "reason": ""}
    )
    assert answer.status_code == 200 and "Why is missing" in answer.content.decode()
    assert who.memberships.get().grants.count() == 1


def test_a_role_of_another_kind_of_organisation_is_not_offered(sign_in, people) -> None:
    who = people["ashcombe.head"]
    answer = sign_in("ashcombe.approver").post(
        reverse("person", args=[who.pk]), {"role": "collector", "reason": "x"}
    )
    assert answer.status_code == 200 and who.memberships.get().grants.count() == 1


def test_somebody_of_another_organisation_is_not_there(sign_in, people) -> None:
    client = sign_in("ashcombe.approver")
    stranger = people["birchfield.preparer"].pk
    assert client.get(reverse("person", args=[stranger])).status_code == 404
    assert client.post(reverse("remove_person", args=[stranger])).status_code == 404
    assert client.post(reverse("change_account", args=[stranger, "suspend"])).status_code == 404


def test_ones_own_page_offers_no_change(sign_in, people) -> None:
    page = sign_in("ashcombe.approver").get(reverse("person", args=[people["ashcombe.approver"].pk]))
    assert b"Nobody gives or takes their own access" in page.content
    assert b"Give the role" not in page.content


def test_a_member_is_removed_and_the_page_says_so(sign_in, people) -> None:
    who = people["ashcombe.preparer"]
    answer = sign_in("ashcombe.approver").post(reverse("remove_person", args=[who.pk]), follow=True)
    assert "was removed, and signed out everywhere" in answer.content.decode()
    assert not who.memberships.filter(ended=None).exists()


@pytest.mark.parametrize(("change", "status"), [("suspend", "suspended"), ("archive", "archived")])
def test_an_account_is_closed(sign_in, people, change, status) -> None:
    who = people["ashcombe.preparer"]
    sign_in("ashcombe.approver").post(reverse("change_account", args=[who.pk, change]))
    who.refresh_from_db()
    assert who.status == status


def test_an_unknown_change_is_not_there(sign_in, people) -> None:
    answer = sign_in("ashcombe.approver").post(
        reverse("change_account", args=[people["ashcombe.head"].pk, "promote"])
    )
    assert answer.status_code == 404


def test_a_role_is_taken_from_its_line(sign_in, people) -> None:
    held = people["ashcombe.head"].memberships.get().grants.get()
    sign_in("ashcombe.approver").post(reverse("end_role", args=[held.pk]))
    held.refresh_from_db()
    assert held.ended
    other = people["birchfield.head"].memberships.get().grants.get()
    assert sign_in("ashcombe.approver").post(reverse("end_role", args=[other.pk])).status_code == 404


def test_a_role_is_lent_on_the_page(sign_in, people) -> None:
    day = timezone.localdate() + timedelta(days=3)
    date = {"day": day.day, "month": day.month, "year": day.year}
    held = people["ashcombe.head"].memberships.get().grants.get()
    sent = {"grant": held.pk, "to": people["ashcombe.preparer"].memberships.get().pk}
    sent |= {f"{name}_{part}": value for name in ("starts", "ends") for part, value in date.items()}
    answer = sign_in("ashcombe.approver").post(reverse("delegate"), sent)
    assert answer.status_code == 302 and Grant.objects.filter(delegated_from=held, ends=day).exists()


def test_a_role_is_not_lent_backwards(sign_in, people) -> None:
    held = people["ashcombe.head"].memberships.get().grants.get()
    sent = {"grant": held.pk, "to": people["ashcombe.preparer"].memberships.get().pk,
            "starts_day": 2, "starts_month": 1, "starts_year": 2030,
            "ends_day": 1, "ends_month": 1, "ends_year": 2030}  # fmt: skip
    answer = sign_in("ashcombe.approver").post(reverse("delegate"), sent)
    assert answer.status_code == 200 and "the last day is not before it" in answer.content.decode()
    assert not Grant.objects.filter(delegated_from=held).exists()
