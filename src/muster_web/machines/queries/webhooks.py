"""The addresses that a service account has told, and the notices that went to them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from muster_web.machines.models import Delivery, ServiceAccount, Subscription


def subscriptions_of(account: ServiceAccount) -> QuerySet[Subscription]:
    """The addresses of an account, those still told before those that ended."""
    return account.subscriptions.order_by("ended", "made", "pk")


def get_subscription(account: ServiceAccount, pk: UUID) -> Subscription:
    """One of them that has not ended, or Http404."""
    return get_object_or_404(account.subscriptions.filter(ended=None), pk=pk)


def deliveries_of(subscription: Subscription) -> QuerySet[Delivery]:
    """The notices to an address, the last first."""
    return subscription.deliveries.order_by("-made", "pk")
