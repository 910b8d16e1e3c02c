"""The two doors a file comes in by, for one school: its page, and its machine's API."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from muster.submit.states import State
from muster_web.returns.models import Return
from tests.web.api.conftest import call, fresh_counts, let_in, services
from tests.web.api.test_webhooks import receiver
from tests.web.returns import world

__all__ = ["call", "fresh_counts", "let_in", "receiver", "services"]
Send = Callable[..., str]


@pytest.fixture
def by_page(sign_in, ashcombe: Return) -> Send:
    """Send a file on the page for it; answers everything the school reads of it."""

    def send(content: bytes, name: str = "swc.xml") -> str:
        file = SimpleUploadedFile("x", content)
        file._name = name  # as it is sent, not as a browser would clean it
        client = sign_in("ashcombe.preparer")
        answer = client.post(f"/returns/{ashcombe.pk}/upload/", {"file": file}, follow=True)
        assert answer.status_code in (200, 400)
        return html.unescape(answer.text)

    return send


@pytest.fixture
def by_api(call, ashcombe: Return) -> Send:
    """Send a file by the API; answers everything the machine reads of it."""

    def send(content: bytes, name: str = "swc.xml") -> str:
        machine = call("ashcombe")
        answer = machine.send(ashcombe.round_id, content, name=name)
        if answer.status_code != 202:
            assert answer.status_code == 422, answer.content
            return answer.json()["detail"]
        said = machine.get(f"/uploads/{answer.json()['id']}").json()
        refusals = [one["version"]["refusal"] for one in said["loaded"]]
        return " ".join([*refusals, *(one["reason"] for one in said["refused"])])

    return send


@pytest.fixture(params=["page", "API"])
def send(request, by_page, by_api) -> Send:
    """Send a file by one of the two doors; the words that come back."""
    return by_page if request.param == "page" else by_api


@pytest.fixture
def ashcombe(returns) -> Return:
    """The return that is attacked."""
    return returns["ashcombe"]


@pytest.fixture
def nothing_came_of_it(ashcombe) -> Callable[[], bool]:
    """Whether the return stands where it stood, without a version."""

    def untouched() -> bool:
        subject = world.now(ashcombe)
        return subject.state == State.EXPECTED and subject.current is None

    return untouched
