"""Subscribe to events, send the notices that are due, and stop telling an address that does not answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import TABLE, NotAllowed
from muster_web.accounts.viewer import SYSTEM, Viewer
from muster_web.audit.record import record
from muster_web.machines.models import Delivery, ServiceAccount, Subscription
from muster_web.machines.sending import post, refuse_address
from muster_web.machines.signing import key_of, signed

UPLOAD_CHECKED = "upload_checked"  # told to who sent, of whatever return it is
EVENTS = frozenset(
    {*(row.event for row in TABLE), "findings_explained", "message_written", "summary_signed", UPLOAD_CHECKED}
)
TEST = "test"
PAUSES = (60, 300, 1_800, 7_200, 21_600)  # seconds until the next try
_AT_ONCE = 50
_MOST = 20


@transaction.atomic
def subscribe(*, viewer: Viewer, account: ServiceAccount, url: str, events: Iterable[str]) -> Subscription:
    """Have an address told of events.  Raises MusterError for an event or an address that cannot be."""
    _refuse_strangers(viewer, account)
    wanted = sorted(set(events))
    unknown = sorted(set(wanted) - EVENTS)
    if unknown or not wanted:
        raise MusterError(
            f"there is no event '{''.join(unknown[:1])}'; there are {', '.join(sorted(EVENTS))}"
        )
    refuse_address(url)
    if account.subscriptions.filter(ended=None).count() >= _MOST:
        raise NotAllowed(f"An account has at most {_MOST} addresses; end one first.")
    made = Subscription.objects.create(account=account, url=url, events=wanted)
    _tell("webhook_made", viewer, made)
    return made


def _refuse_strangers(viewer: Viewer, account: ServiceAccount) -> None:
    """The machine itself, or an approver of its organisation, keeps its addresses; nobody those of a revoked one."""
    here = viewer.organisation is not None and viewer.organisation.pk == account.organisation_id
    manages = here and "manage_people" in viewer.permissions_for("")
    if account.revoked or not (manages or viewer.service == account.client_id):
        raise NotAllowed("Only the machine itself, or an approver of its organisation, keeps its addresses.")


@transaction.atomic
def end(*, viewer: Viewer, subscription: Subscription) -> Subscription:
    """Tell an address nothing any more."""
    _refuse_strangers(viewer, subscription.account)
    subscription.ended = timezone.now()
    subscription.save(update_fields=["ended"])
    _tell("webhook_ended", viewer, subscription)
    return subscription


@transaction.atomic
def renew_key(*, viewer: Viewer, subscription: Subscription) -> Subscription:
    """Sign notices with a new key from now on; the one before is worth nothing any more."""
    _refuse_strangers(viewer, subscription.account)
    subscription.key_number += 1
    subscription.save(update_fields=["key_number"])
    _tell("webhook_key_renewed", viewer, subscription)
    return subscription


@transaction.atomic
def resume(*, viewer: Viewer, subscription: Subscription) -> Subscription:
    """Tell an address again that was told nothing because it had not answered."""
    _refuse_strangers(viewer, subscription.account)
    subscription.disabled = ""
    subscription.save(update_fields=["disabled"])
    _tell("webhook_resumed", viewer, subscription)
    return subscription


def send_test(*, viewer: Viewer, subscription: Subscription) -> Delivery:
    """Send a notice of nothing now and once, to see whether it arrives; it says what was answered."""
    _refuse_strangers(viewer, subscription.account)
    made = Delivery.objects.create(subscription=subscription, event=TEST, body={}, tries=1)
    _tell("webhook_tested", viewer, subscription)
    _note_answer(made, last=True)
    made.refresh_from_db()
    return made


def _tell(name: str, viewer: Viewer, subscription: Subscription) -> None:
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"webhook:{subscription.pk}",
        organisations=[subscription.account.organisation_id],
    )  # fmt: skip


def note(subscription: Subscription, told: Iterable[tuple[str, dict[str, object]]]) -> None:
    """Write a notice of each event with its body, in the transaction of what it tells of; the clock sends them."""
    made = [Delivery(subscription=subscription, event=event, body=body) for event, body in told]
    Delivery.objects.bulk_create(made, batch_size=500)


def live() -> list[tuple[Subscription, Viewer]]:
    """The subscriptions there are, each with the viewer its account is."""
    from muster_web.machines.tokens import viewer_of

    found = Subscription.objects.filter(ended=None, disabled="", account__revoked=None)
    return [(one, viewer_of(one.account)) for one in found.select_related("account__organisation")]


def send_due() -> int:
    """Send the notices that are due; how many arrived."""
    due = Delivery.objects.filter(
        due__lte=timezone.now(), delivered=None, given_up=None,
        subscription__ended=None, subscription__disabled="", subscription__account__revoked=None,
    )  # fmt: skip
    return sum(_send(one) for one in due.select_related("subscription__account").order_by("due")[:_AT_ONCE])


def _send(delivery: Delivery) -> bool:
    """Try once; the next try is put off before this one, so that a lost process sends nothing in a rush."""
    last = delivery.tries >= len(PAUSES)
    pause = timedelta(seconds=PAUSES[min(delivery.tries, len(PAUSES) - 1)])
    taken = Delivery.objects.filter(pk=delivery.pk, tries=delivery.tries, delivered=None, given_up=None)
    if not taken.update(tries=delivery.tries + 1, due=timezone.now() + pause):
        return False
    done = _note_answer(delivery, last=last)
    if not done and last:
        delivery.refresh_from_db(fields=["answer"])
        _disable(delivery.subscription, delivery.answer)
    return done


def _note_answer(delivery: Delivery, *, last: bool) -> bool:
    """Send a notice and keep what was answered; whether it arrived.  After the last try it is given up."""
    answer, now = _answer(delivery), timezone.now()
    done = answer.startswith("2")
    row = Delivery.objects.filter(pk=delivery.pk)
    row.update(answer=answer, delivered=now if done else None, given_up=now if last and not done else None)
    return done


def _answer(delivery: Delivery) -> str:
    body = json.dumps({"id": str(delivery.pk), "type": delivery.event, "data": delivery.body}).encode()
    headers = signed(key_of(delivery.subscription), str(delivery.pk), body)
    try:
        return str(post(delivery.subscription.url, body, headers))
    except OSError as error:
        return (error.strerror or str(error) or type(error).__name__)[:200]
    except MusterError as error:
        return str(error)[:200]


@transaction.atomic
def _disable(subscription: Subscription, answer: str) -> None:
    """Stop telling an address; its list of webhooks says so, and the audit of its organisation."""
    said = f"A notice was tried {len(PAUSES) + 1} times and did not arrive: {answer}"[:300]
    if Subscription.objects.filter(pk=subscription.pk, disabled="").update(disabled=said):
        _tell("webhook_disabled", SYSTEM, subscription)
