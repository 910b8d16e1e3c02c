"""E-mails about files between schools: that one waits, and how many; never who is in them."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django_tasks import task

from muster.model.words import count_of
from muster_web.accounts.models import Grant, Membership, Organisation, User
from muster_web.accounts.roles import PERMITS
from muster_web.transfers.models import Transfer
from muster_web.transfers.permissions import COLLECTION
from muster_web.transfers.queries.leavers import WITHIN

_ROLES = [role for role, permits in PERMITS.items() if "exchange" in permits]


def addresses_of(organisation: Organisation | int) -> list[str]:
    """Whom to write to about a mailbox: those who may open it, or else the office's own address."""
    grants = Grant.objects.filter(
        Grant.in_force(), Membership.in_force(prefix="membership__"), Q(collection__in=["", COLLECTION]),
        role__in=_ROLES, membership__organisation=organisation,
    )  # fmt: skip
    people = User.objects.filter(pk__in=grants.values("membership__user"), is_active=True)
    found = sorted(people.values_list("email", flat=True))
    if found:
        return found
    key = organisation.pk if isinstance(organisation, Organisation) else organisation
    own = Organisation.objects.filter(pk=key).values_list("local_email", flat=True).first()
    return [own] if own else []


def tell_of_new_file(transfer: int) -> None:
    """Queue a letter to the receiver of a file."""
    send_new_file_letter.enqueue(transfer)


@task(queue_name="mail")
def send_new_file_letter(transfer: int) -> None:
    """Tell the receiver that a file waits: from whom, and where to open it."""
    one = Transfer.objects.select_related("sender", "receiver").get(pk=transfer)
    text = (
        f"{one.sender} has sent {one.receiver} a file: {one.get_kind_display().lower()}.\n\n"
        f"Open it here:\n{settings.SITE_URL.rstrip('/')}/mailbox/{one.pk}/\n"
    )
    for address in addresses_of(one.receiver_id or 0):
        send_mail("A file from another school is waiting", text, None, [address])


def tell_of_unopened(receiver: int, files: int, days: int) -> None:
    """Queue a reminder of files that nobody has opened for so many school days."""
    text = f"{count_of(files, 'file')} from other schools, not opened for {days} school days or more."
    send_reminder.enqueue(receiver, text, "/mailbox/", days)


def tell_of_missing_files(school: int, pupils: int, days: int) -> None:
    """Queue a reminder of pupils who left so many school days ago and whose file has not gone."""
    text = (
        f"{count_of(pupils, 'pupil')} left {days} school days ago or more, and no common transfer file has gone. "
        f"It is due within {WITHIN} school days."
    )
    send_reminder.enqueue(school, text, "/leavers/", days)


@task(queue_name="mail")
def send_reminder(organisation: int, text: str, page: str, days: int) -> None:
    """Send a reminder; on the last day its authority gets it too."""
    one = Organisation.objects.get(pk=organisation)
    addresses = addresses_of(one) + (addresses_of(one.authority) if days >= WITHIN and one.authority else [])
    said = f"{one}: {text}\n\nSee which:\n{settings.SITE_URL.rstrip('/')}{page}\n"
    for address in addresses:
        send_mail("Pupil files are waiting", said, None, [address])
