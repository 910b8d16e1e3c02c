"""The messages of a return: school, authority and department read the same, and each sees what is new."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.returns.queries.threads import unread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def url(returns) -> str:
    """The messages of Ashcombe's return."""
    return reverse("thread", args=[returns["ashcombe"].pk])


def test_what_one_party_writes_the_others_find_as_new_until_they_read_it(
    sign_in, url, viewers, returns
) -> None:
    sign_in("anyshire.la_officer").post(url, {"text": "When will the pay arrive?"})
    school, subject = viewers["ashcombe.preparer"], returns["ashcombe"]
    assert (unread(school, subject), unread(viewers["anyshire.la_officer"], subject)) == (1, 0)
    client = sign_in("ashcombe.preparer")
    assert "1 new message" in client.get(reverse("return_page", args=[subject.pk])).content.decode()
    assert "When will the pay arrive?" in client.get(url).content.decode()
    assert unread(school, subject) == 0
    assert unread(viewers["department.collector"], subject) == 1


def test_a_stranger_signs_in_first_and_another_school_finds_nothing(client, sign_in, url) -> None:
    assert client.get(url).status_code == 302
    assert sign_in("birchfield.preparer").get(url).status_code == 404


def test_an_empty_message_is_not_sent(sign_in, url, returns) -> None:
    answer = sign_in("ashcombe.preparer").post(url, {"text": " "})
    assert answer.status_code == 400 and "Write something" in answer.content.decode()
    assert not returns["ashcombe"].messages.exists()
