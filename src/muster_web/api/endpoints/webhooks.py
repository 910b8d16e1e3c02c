"""Addresses that are told of events, and what became of each notice."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from muster_web.accounts.access import viewer_of
from muster_web.api.paging import Page, WantedPage, page_of
from muster_web.api.signing_in import asks
from muster_web.machines.actions.webhooks import end, subscribe
from muster_web.machines.models import Delivery, ServiceAccount, Subscription
from muster_web.machines.queries.webhooks import deliveries_of, get_subscription, subscriptions_of
from muster_web.machines.signing import key_of

router = Router(tags=["Webhooks"])
_ASKS = asks("webhooks")


class Wish(Schema):
    """An https address, and the events it wants to be told of."""

    url: Annotated[str, Field(max_length=500, pattern=r"^https?://[!-~]+$")]
    events: Annotated[list[Annotated[str, Field(max_length=60)]], Field(min_length=1, max_length=50)]


class WebhookShape(Schema):
    """An address that is told; ``disabled`` says why it is not any more.  ``key`` is shown when it is made."""

    id: UUID
    url: str
    events: list[str]
    made: datetime
    ended: datetime | None
    disabled: str
    key: str = ""


class DeliveryShape(Schema):
    """One notice: how often it was tried, when it arrived or was given up, what was answered last."""

    id: UUID
    event: str
    made: datetime
    due: datetime
    tries: int
    delivered: datetime | None
    given_up: datetime | None
    answer: str


def _as_shown(one: Subscription, key: str = "") -> dict[str, Any]:
    return {
        "id": one.pk, "url": one.url, "events": one.events, "made": one.made, "ended": one.ended,
        "disabled": one.disabled, "key": key,
    }  # fmt: skip


def _delivery_as_shown(one: Delivery) -> dict[str, Any]:
    names = ("event", "made", "due", "tries", "delivered", "given_up", "answer")
    return {"id": one.pk, **{name: getattr(one, name) for name in names}}


def _account(request: HttpRequest) -> ServiceAccount:
    account: ServiceAccount = request.auth.account  # type: ignore[attr-defined]
    return account


def _one(request: HttpRequest, pk: UUID) -> Subscription:
    return get_subscription(_account(request), pk)


@router.get("/webhooks", response=Page[WebhookShape], **_ASKS)
def list_webhooks(request: HttpRequest, wanted: WantedPage) -> Any:
    """The addresses this account has told."""
    return page_of(request, subscriptions_of(_account(request)), wanted, _as_shown)


@router.post("/webhooks", response={201: WebhookShape}, **_ASKS)
def make_webhook(request: HttpRequest, wish: Wish) -> Any:
    """Have an address told of events; the answer holds the key that notices are signed with."""
    made = subscribe(viewer=viewer_of(request), account=_account(request), url=wish.url, events=wish.events)
    return Status(201, _as_shown(made, key_of(made)))


@router.api_operation(["DELETE"], "/webhooks/{uuid:pk}", response=WebhookShape, **_ASKS)
def end_webhook(request: HttpRequest, pk: UUID) -> Any:
    """Tell an address nothing any more."""
    return _as_shown(end(viewer=viewer_of(request), subscription=_one(request, pk)))


@router.get("/webhooks/{uuid:pk}/deliveries", response=Page[DeliveryShape], **_ASKS)
def list_deliveries(request: HttpRequest, pk: UUID, wanted: WantedPage) -> Any:
    """The notices to an address, the last first."""
    return page_of(request, deliveries_of(_one(request, pk)), wanted, _delivery_as_shown)
