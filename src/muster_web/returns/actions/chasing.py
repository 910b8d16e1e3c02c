"""Write to schools about their returns: with merge fields, without personal data, not to those already acting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from muster.model import MusterError
from muster.model.words import date_in_words
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.returns.actions.moving import tell
from muster_web.returns.models import Chase, ChaseLetter, LocalDeadline, Return, Round
from muster_web.returns.queries.reaching import addresses_of, reasons_to_skip

FIELDS = {
    "school": "the name of the school",
    "number": "its number",
    "collection": "the collection",
    "deadline": "your deadline, or else the closing day",
    "closes": "the closing day",
    "state": "where the return stands",
    "to_fix": "how many errors are left",
    "to_explain": "how many queries are left",
    "link": "the address of the return",
}
# What looks like a National Insurance number, a pupil number or a teacher number.
_PERSONAL = re.compile(
    r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b[A-Z]\d{11}[\dA-Z]\b|\b\d{2}/\d{5}\b|\b\d{7}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Letter:
    """The letter as one school gets it, or why it gets none."""

    subject: Return
    title: str = ""
    text: str = ""
    addresses: tuple[str, ...] = ()
    skipped: str = ""


def letters(
    *, viewer: Viewer, round: Round, subjects: Iterable[Return], title: str, text: str
) -> list[Letter]:
    """The letter to each school, and why not where none would be sent; nothing is sent by this.

    Raises MusterError for a merge field there is not, or for what looks like a number of a person.
    """
    _refuse_personal(f"{title}\n{text}")
    chosen = list(subjects)
    skips, addresses = reasons_to_skip(chosen), addresses_of(chosen)
    deadline = _deadline(viewer, round)
    made = []
    for one in chosen:
        to = tuple(sorted(addresses.get(one.organisation_id, ())))
        why = skips.get(one.pk, "") or ("" if to else "no e-mail address is known; telephone")
        said = _fields(one, deadline)
        made.append(Letter(one, _merged(title, said), _with_link(text, said), () if why else to, why))
    return made


def _deadline(viewer: Viewer, round: Round) -> str:
    own = LocalDeadline.objects.filter(round=round, authority=viewer.organisation).first()
    return date_in_words(own.on if own else round.closes)


def _fields(one: Return, deadline: str) -> dict[str, str]:
    return {
        "school": one.organisation.name, "number": one.organisation.ref, "collection": str(one.round),
        "deadline": deadline, "closes": date_in_words(one.round.closes), "state": one.get_state_display().lower(),
        "to_fix": f"{one.to_fix:,}", "to_explain": f"{one.to_explain:,}",
        "link": f"{settings.SITE_URL.rstrip('/')}/returns/{one.pk}/",
    }  # fmt: skip


def _merged(text: str, said: dict[str, str]) -> str:
    unknown = sorted({name for name in re.findall(r"\{([^{}]*)\}", text) if name not in said})
    if unknown:
        raise MusterError(
            f"There is no merge field {{{unknown[0]}}}. There are: {', '.join(f'{{{one}}}' for one in FIELDS)}."
        )
    return re.sub(r"\{(\w+)\}", lambda found: said[found[1]], text).strip()


def _with_link(text: str, said: dict[str, str]) -> str:
    merged = _merged(text, said)
    return merged if said["link"] in merged else f"{merged}\n\n{said['link']}"


def _refuse_personal(text: str) -> None:
    found = _PERSONAL.search(text)
    if found:
        raise MusterError(
            "The letter holds what looks like a number of a person. E-mail is not safe for that: leave it out; the "
            "link leads to the return."
        )


@transaction.atomic
def chase(*, viewer: Viewer, round: Round, subjects: Iterable[Return], title: str, text: str) -> Chase:
    """Write the letters and queue them; each return and the log say that it was written to, or why not."""
    if viewer.organisation is None or "chase" not in viewer.permissions_for(round.collection):
        raise NotAllowed("Only an officer of the authority writes to its schools.")
    made = letters(viewer=viewer, round=round, subjects=subjects, title=title, text=text)
    if not any(one.addresses for one in made):
        raise MusterError(
            "No letter would be sent: each of the chosen schools is left out, with its reason below."
        )
    row = Chase.objects.create(
        round=round, authority=viewer.organisation, title=title.strip(), text=text.strip(), by=viewer.user
    )
    for one in made:
        _keep(viewer, row, one)
    record(
        "schools_chased", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"round:{round.pk}",
        organisations=[viewer.organisation.pk],
        data={"chase": row.pk, "written": sum(not one.skipped for one in made), "left_out": sum(
            bool(one.skipped) for one in made)},
    )  # fmt: skip
    return row


def _keep(viewer: Viewer, row: Chase, one: Letter) -> None:
    letter = ChaseLetter.objects.create(
        chase=row, subject=one.subject, skipped=one.skipped, addresses=len(one.addresses)
    )
    if not one.skipped:
        tell(one.subject, "school_chased", viewer=viewer, data={"chase": row.pk})
        transaction.on_commit(partial(send_chase.enqueue, letter.pk, one.title, one.text))


@task(queue_name="mail")
def send_chase(letter: int, title: str, text: str) -> None:
    """Send one letter to everybody at the school who prepares the return; done once."""
    row = ChaseLetter.objects.select_related("subject__organisation", "subject__round").get(pk=letter)
    if row.sent:
        return
    to = sorted(addresses_of([row.subject]).get(row.subject.organisation_id, ()))
    for address in to:
        send_mail(title, text, None, [address])
    row.sent, row.addresses = timezone.now(), len(to)
    row.save(update_fields=["sent", "addresses"])
