"""Every operation of the OpenAPI document: without a token, out of scope, as another organisation, sent wrong."""

from __future__ import annotations

import re

import pytest

from muster_web.accounts.access import access_of
from muster_web.api.service import api
from muster_web.api.urls import _patterns, urlpatterns
from muster_web.machines.scopes import MEANS
from tests.web.files import WRONG, return_of

pytestmark = pytest.mark.django_db(transaction=True)
NOWHERE = {"int": "987654321", "uuid": "00000000-0000-0000-0000-000000000007", "": "nowhere"}


def operations() -> list[tuple[str, str, str]]:
    """Method, path and scope ('' for a public one) of every operation but that of the token."""
    return [
        (method.upper(), path, said["security"][0]["client_credentials"][0] if said["security"] else "")
        for path, found in api.get_openapi_schema()["paths"].items()
        for method, said in found.items()
        if path != "/api/token"
    ]


OPERATIONS = operations()
CLOSED = [one for one in OPERATIONS if one[2]]


def filled(path: str, **known: object) -> str:
    """A path with what is known in the place of its names, and numbers that lead nowhere for the rest."""
    numbers = ("pk", "round", "edit", "year", "plan", "quarter", "line", "figure", "school")
    kinds = {"version": "uuid", **dict.fromkeys(numbers, "int")}
    uuids = re.compile(r"/(uploads|receipts|webhooks)/\{pk\}")
    path = uuids.sub(lambda found: f"/{found[1]}/{NOWHERE['uuid']}", path)
    return re.sub(r"\{(\w+)\}", lambda name: str(known.get(name[1], NOWHERE[kinds.get(name[1], "")])), path)


def problem(answer) -> dict:
    """The problem an answer tells."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    said = answer.json()
    assert said["status"] == answer.status_code and said["title"] and said["detail"]
    return said


def test_every_address_declares_who_may_come_in_and_every_scope_exists() -> None:
    assert all(access_of(one.callback) for one in _patterns(urlpatterns))
    assert len(CLOSED) > 25 and {scope for _, _, scope in CLOSED} <= set(MEANS)


@pytest.mark.parametrize(("method", "path", "scope"), CLOSED, ids=lambda one: str(one))
def test_without_a_token_nobody_comes_in(call, method, path, scope) -> None:
    answer = call()(method, filled(path))
    assert answer.status_code == 401 and "WWW-Authenticate" in answer
    assert "POST /api/token" in problem(answer)["what_to_do"]


def test_no_token_does_more_than_its_scope(services) -> None:
    from tests.web.api.conftest import Caller

    callers = {scope: Caller(services["anyshire"], scope) for scope in ("returns:read", "returns:note")}
    for method, path, scope in CLOSED:
        other = callers["returns:note" if scope == "returns:read" else "returns:read"]
        answer = other(method, filled(path))
        assert answer.status_code == 403, (method, path)
        assert problem(answer)["value"] == scope


BODIES = {
    "put_note": {"text": "It is right."}, "write_message": {"text": "Hello."}, "change_item": {"value": "WBRI"},
    "confirm_explanations": {"notes": []}, "answer_edit": {"accepted": True}, "approve_return": {},
    "send_return_back": {"reason": "r"}, "reopen_return": {"reason": "r", "until": "2999-01-01"},
    "approve_returns": {"returns": [1]}, "say_of_line": {"seen": 0},
    "record_visit": {"title": "t", "text": "x", "on": "2026-01-05"},
}  # fmt: skip


def names() -> dict[tuple[str, str], str]:
    """The name of each operation."""
    paths = api.get_openapi_schema()["paths"]
    return {
        (method.upper(), path): said["operationId"]
        for path, found in paths.items()
        for method, said in found.items()
    }


OF_AUTHORITIES = ("returns:decide", "plans:read", "plans:write", "schools:write")
PLACES = {
    "round": 987654321, "what": "original", "kind": "pdf", "mark": "x", "item": "sex", "fingerprint": "f", "edit": 1,
}  # fmt: skip


def test_what_is_anothers_is_not_found(call, rounds, returns) -> None:
    ashcombe = call("ashcombe")
    assert ashcombe.send(rounds["statutory"].pk, return_of(WRONG)).status_code == 202
    pk, named, asked = returns["ashcombe"].pk, names(), 0
    another = dict.fromkeys(OF_AUTHORITIES, call("otherby"))
    school = call("dunmere")
    for method, path, scope in CLOSED:
        if "{" not in path or scope == "webhooks":
            continue
        caller = another.get(scope, school)
        body = BODIES.get(named[method, path])
        more = {"X_File_Name": "a.xml"} if path.endswith("/uploads") else {}
        answer = caller(method, filled(path, pk=pk, **PLACES), body, **more)
        assert answer.status_code == 404, (method, path, answer.content)
        assert "Ashcombe" not in str(problem(answer))
        asked += 1
    assert asked > 20


@pytest.mark.parametrize(
    ("method", "path", "body", "where"),
    [
        ("PUT", "/returns/{pk}/notes/abc", {"text": ""}, "text"),
        ("PUT", "/returns/{pk}/notes/abc", {"text": "x" * 2_001}, "text"),
        ("POST", "/returns/{pk}/messages", {}, "text"),
        ("POST", "/returns/{pk}/edits/1/answer", {"accepted": "perhaps"}, "accepted"),
        ("POST", "/returns/{pk}/confirmed-notes", {"notes": ["x"]}, "notes"),
        ("GET", "/returns/{pk}/findings?per_page=501", None, "per_page"),
        ("GET", "/returns/{pk}/findings?show=some", None, "show"),
        ("GET", "/returns?page=0", None, "page"),
        ("POST", "/rounds/1/uploads", b"<Message/>", "X-File-Name"),
    ],
)
def test_what_is_not_as_it_should_be_is_told_with_where_and_what_to_do(
    call, returns, method, path, body, where
) -> None:
    answer = call("ashcombe")(method, path.format(pk=returns["ashcombe"].pk), body)
    said = problem(answer)
    assert answer.status_code == 422 and where in said["where"] and said["what_to_do"]


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b'{"text": "a"} trailing', 400), (b"\xff", 400), (b"[]", 422)]
)
def test_a_body_that_is_no_json_is_told(call, returns, body, status) -> None:
    answer = call("ashcombe")("POST", f"/returns/{returns['ashcombe'].pk}/messages", body)
    assert answer.status_code == status and problem(answer)


def test_an_unknown_address_and_method_are_problems_too(call) -> None:
    assert problem(call("ashcombe").get("/nothing-here"))["status"] == 404
    answer = call("ashcombe")("PATCH", "/rounds")
    assert answer.status_code == 405 and answer["Allow"] == "GET" and problem(answer)


def test_too_many_requests_are_told_with_when_to_come_again(call, settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    caller = call("ashcombe")
    answers = [caller.get("/rounds") for _ in range(5)]
    late = next(one for one in answers if one.status_code == 429)
    assert 1 <= int(late["Retry-After"]) <= 60 and problem(late)


def test_a_file_that_says_it_is_too_large_is_not_read(call, rounds, settings) -> None:
    settings.UPLOAD_LIMIT = 1 << 10
    answer = call("ashcombe").send(rounds["statutory"].pk, b"x" * 2_000)
    assert answer.status_code == 413 and problem(answer)["where"] == "header Content-Length"
