"""Machines are told of what happens to the returns they may see, in notices that cannot be forged or sent again."""

from __future__ import annotations

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.utils import timezone

from muster_web.audit.models import AuditEvent
from muster_web.machines.actions.webhooks import PAUSES, send_due
from muster_web.machines.models import Delivery
from muster_web.machines.signing import verify
from tests.web.files import return_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receiver(settings):
    """A server that keeps what it is told; ``status`` is what it answers."""
    settings.WEBHOOKS_TO_LOOPBACK = True

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.told.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(server.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.told, server.status = [], 204
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def subscribe(caller, receiver, *events: str):
    """Have the receiver told of events."""
    url = f"http://127.0.0.1:{receiver.server_port}/told"
    answer = caller.post("/webhooks", {"url": url, "events": list(events)})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_loaded_return_is_told_with_a_signature_that_holds(call, rounds, returns, receiver) -> None:
    school = call("ashcombe")
    key = subscribe(school, receiver, "return_loaded")["key"]
    school.send(rounds["statutory"].pk, return_of())
    assert send_due() == 1
    headers, body = receiver.told[0]
    verify(key, headers, body)
    said = json.loads(body)
    assert (said["type"], said["data"]["return"]) == ("return_loaded", returns["ashcombe"].pk)
    assert send_due() == 0


def test_nobody_is_told_of_a_return_they_may_not_see(call, rounds, receiver) -> None:
    subscribe(call("birchfield"), receiver, "return_loaded")
    subscribe(call("supplier"), receiver, "return_loaded")
    call("ashcombe").send(rounds["statutory"].pk, return_of())
    assert not Delivery.objects.exists()


def test_who_may_only_send_is_told_that_the_own_upload_was_checked_and_of_no_return(
    call, rounds, returns, let_in, receiver
) -> None:
    let_in("ashcombe", "supplier", "send")
    supplier = call("supplier")
    subscribe(supplier, receiver, "upload_checked", "return_loaded", "return_uploaded")
    subscribe(call("birchfield"), receiver, "upload_checked")
    sent = [supplier.send(rounds["statutory"].pk, content).json()["id"] for content in (return_of(), b"<a/>")]
    told = list(Delivery.objects.order_by("made").values_list("event", "body"))
    assert [(event, body["upload"]) for event, body in told] == [("upload_checked", one) for one in sent]
    assert all(set(body) == {"upload", "round", "at"} for _, body in told)
    assert supplier.get(f"/uploads/{sent[0]}").json()["done"] is True
    call("ashcombe").send(rounds["statutory"].pk, return_of(("1975-02-03", "1976-02-03")))
    assert Delivery.objects.count() == 2, "another's upload is not told of"


def test_what_does_not_arrive_is_tried_again_and_then_the_address_is_told_nothing(
    call, rounds, receiver
) -> None:
    school = call("ashcombe")
    made = subscribe(school, receiver, "return_loaded")
    receiver.status = 500
    school.send(rounds["statutory"].pk, return_of())
    for _ in range(len(PAUSES) + 1):
        Delivery.objects.update(due=timezone.now() - timedelta(seconds=1))
        assert send_due() == 0
        assert send_due() == 0  # not before its pause is over
    delivery = school.get(f"/webhooks/{made['id']}/deliveries").json()["items"][0]
    assert delivery["tries"] == len(receiver.told) == len(PAUSES) + 1
    assert delivery["given_up"] and delivery["answer"] == "500"
    assert "did not arrive" in school.get("/webhooks").json()["items"][0]["disabled"]
    assert AuditEvent.objects.filter(name="webhook_disabled").count() == 1


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/x", "https://10.0.0.1/x", "https://169.254.169.254/latest", "http://192.0.2.1/"],
)
def test_no_address_inside_is_told(call, settings, url) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = False
    answer = call("ashcombe").post("/webhooks", {"url": url, "events": ["return_loaded"]})
    assert answer.status_code == 422 and "private networks" in answer.json()["detail"]


def test_an_address_that_was_ended_is_told_nothing_and_is_its_accounts_alone(call, rounds, receiver) -> None:
    school = call("ashcombe")
    made = subscribe(school, receiver, "return_loaded")
    assert call("birchfield")("DELETE", f"/webhooks/{made['id']}").status_code == 404
    assert school("DELETE", f"/webhooks/{made['id']}").json()["ended"]
    school.send(rounds["statutory"].pk, return_of())
    assert not Delivery.objects.exists()
