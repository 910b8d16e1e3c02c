"""Service accounts of the small world, and a client that calls the API as one of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from muster_web.accounts.models import Access
from muster_web.accounts.roles import Role
from muster_web.machines.actions.accounts import Made, make_account
from muster_web.performance.actions import planning
from muster_web.performance.actions.quarters import open_quarter
from muster_web.performance.models import Issue, Plan, Quarter
from muster_web.performance.queries.snapshotting import as_bytes, checksum, snapshot_data

ROLES = {
    "ashcombe": (Role.PREPARER,),
    "birchfield": (Role.PREPARER,),
    "dunmere": (Role.PREPARER,),
    "anyshire": (Role.LA_OFFICER, Role.LA_APPROVER),
    "otherby": (Role.LA_APPROVER,),
    "department": (Role.COLLECTOR,),
    "supplier": (Role.SUPPLIER,),
}


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Nobody has used up their requests yet."""
    cache.clear()


@pytest.fixture
def services(viewers, organisations) -> dict[str, Made]:
    """A service account of each organisation, with its secret."""
    return {
        short: make_account(viewer=viewers[f"{short}.approver"], name=f"{short} system", roles=roles)
        for short, roles in ROLES.items()
    }


@pytest.fixture
def let_in(organisations) -> Callable[..., Access]:
    """A school lets an organisation in."""

    def gave(school: str, receiver: str, level: str = "help", **more: object) -> Access:
        return Access.objects.create(
            giver=organisations[school], receiver=organisations[receiver], level=level, **more
        )

    return gave


TREE = b"""ref,title,owner,due,depends on
1,Staff,Director,,
1.1,Keep teachers,Head of people,,
1.1.1,Ask leavers why,,2020-06-30,
1.1.2,Agree a plan,,30 April 2031,1.1.1
"""


@pytest.fixture
def reported(viewers, returns) -> dict[str, int]:
    """A plan of Anyshire with one milestone done, a figure, an open quarter and a published one; numbers by name."""
    officer = viewers["anyshire.la_officer"]
    about = Plan(service="School workforce", directorate="Children", year=2025)
    plan = planning.begin_plan(viewer=officer, plan=about)
    planning.import_file(viewer=officer, plan=plan, chunks=[TREE], name="plan.csv")
    plan.indicators.create(
        position=1, ref="LI 4", title="Increase returns on time (%)", figure="service.on_time"
    )
    done, still_open = (open_quarter(viewer=officer, plan=plan, part=part) for part in (1, 3))
    text = as_bytes(snapshot_data(done))
    issue = Issue.objects.create(quarter=done, number=1, snapshot=text, sha256=checksum(text))
    Quarter.objects.filter(pk=done.pk).update(published=issue.at)
    part = {"ref": "999/4001", "name": "Ashcombe", "return": returns["ashcombe"].pk, "number": 1, "sha256": "a",
            "numerator": "1", "denominator": "2"}  # fmt: skip
    figure = still_open.figures.create(
        name="service.on_time", title="On time", value="50.0", numerator="1", denominator="2", parts=[part],
        made_by={"muster": "0", "engine": "service", "query": {"sha256": "q"}},
    )  # fmt: skip
    line = still_open.lines.get(piece__ref="1.1.1")
    return {"plan": plan.pk, "quarter": still_open.pk, "done": done.pk, "line": line.pk, "figure": figure.pk}


class Caller:
    """Calls the API as one service account, or with '' as nobody."""

    def __init__(self, made: Made | None, scope: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.token = token_of(self.client, made, scope=scope) if made else ""

    def __call__(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """Call an address below /api/v1; ``data`` is sent as JSON, or as it is where it is bytes."""
        signed = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        raw = isinstance(data, bytes)
        body = data if raw else b"" if data is None else json.dumps(data).encode()
        address = path if path.startswith("/api") else f"/api/v1{path}"
        return self.client.generic(
            method, address, body,
            content_type="application/octet-stream" if raw else "application/json",
            headers={**signed, **{name.replace("_", "-"): value for name, value in headers.items()}},
        )  # fmt: skip

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self("GET", path, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        """POST."""
        return self("POST", path, data, **headers)

    def patch(self, path: str, data: Any = None) -> Any:
        """PATCH."""
        return self("PATCH", path, data)

    def put(self, path: str, data: Any = None) -> Any:
        """PUT."""
        return self("PUT", path, data)

    def send(
        self, round: int, content: bytes, *, name: str = "swc.xml", query: str = "", **headers: str
    ) -> Any:
        """Send a file into a round."""
        return self.post(f"/rounds/{round}/uploads{query}", content, X_File_Name=name, **headers)


def token_of(client: Client, made: Made, *, scope: str = "") -> str:
    """A token for a service account."""
    answer = ask_token(client, made.account.client_id, made.secret, scope=scope)
    assert answer.status_code == 200, answer.content
    return answer.json()["access_token"]


def ask_token(client: Client, client_id: str, secret: str, **more: str) -> Any:
    """Ask for a token with form fields."""
    fields = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret, **more}
    return client.post("/api/token", fields)


@pytest.fixture
def call(services) -> Callable[..., Caller]:
    """A caller by the short name of its organisation; '' calls without a token."""

    def as_one(short: str = "", scope: str = "") -> Caller:
        return Caller(services[short] if short else None, scope)

    return as_one
