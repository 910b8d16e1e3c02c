"""Letters by e-mail: plain text, without personal data, sent by a worker."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.template import Context
from django.template.loader import get_template
from django_tasks import task

from muster_web.accounts.models import User


def write_to(people: Iterable[User | str], letter: str, **said: object) -> int:
    """Queue a letter to each address; how many were queued.  What it says lies in the queue: nothing secret goes in.

    The letter is a template of this app, or with a path in its name that of another.
    """
    subject, body = composed(letter, **said)
    addresses = sorted({one if isinstance(one, str) else one.email for one in people} - {""})
    for address in addresses:
        send_letter.enqueue(address, subject, body)
    return len(addresses)


def composed(letter: str, **said: object) -> tuple[str, str]:
    """The subject, which is the first line of its template, and the text of a letter."""
    told = Context({"site": settings.SITE_URL.rstrip("/"), **said}, autoescape=False)
    path = letter if "/" in letter else f"accounts/mail/{letter}"
    template = get_template(f"{path}.txt").template  # type: ignore[attr-defined]
    subject, _, body = template.render(told).lstrip().partition("\n")
    return subject.strip(), body.strip() + "\n"


@task(queue_name="mail")
def send_letter(address: str, subject: str, body: str) -> None:
    """Send one letter."""
    send_mail(subject, body, None, [address])
