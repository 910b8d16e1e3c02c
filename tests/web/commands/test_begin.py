"""A new service is begun with one person, who comes in by a link and can then invite everybody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.accounts.actions.inviting import accept
from muster_web.accounts.models import Organisation, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import viewer_for
from tests.command import muster, refused

pytestmark = pytest.mark.django_db


def link_of(*words: str) -> str:
    """The link that the command prints."""
    said = muster("begin", "first@department.example", "--name", "Sam Whitfield", *words)
    assert said.code == 0, said.err
    return said.first_line


def test_the_first_person_comes_in_as_approver_and_collector(client) -> None:
    link = link_of()
    secret = link.rstrip("/").rpartition("/")[2]
    assert link.endswith(reverse("accept_invitation", args=[secret]))
    assert client.get(reverse("accept_invitation", args=[secret])).status_code == 200
    user = accept(secret=secret, password="an invented long phrase of words")
    viewer = viewer_for(user, None)
    assert viewer.roles == {Role.APPROVER, Role.COLLECTOR}
    assert viewer.organisation.kind == "department" and Organisation.objects.count() == 1


def test_a_lost_link_can_be_made_again_and_the_one_before_stops(client) -> None:
    first, second = link_of(), link_of()
    assert first != second and User.objects.count() == 1
    assert client.get(first.partition("8000")[2]).status_code != 200
    assert client.get(second.partition("8000")[2]).status_code == 200


def test_with_an_approver_there_nobody_else_comes_in_this_way(people) -> None:
    assert "has an approver already" in refused("begin", "other@department.example")


def test_what_is_no_address_is_refused() -> None:
    assert "'nobody' is no e-mail address" in refused("begin", "nobody")
    assert not User.objects.exists()
