"""Where a file goes: to the current successor of the school its name is addressed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from muster.model import MusterError
from muster.model.words import date_in_words
from muster.transferring.names import Party
from muster_web.accounts.models import Organisation, Succession

_LONGEST_CHAIN = 20


class Undeliverable(MusterError):
    """A file cannot be delivered to the destination in its name; the text says why and what to do."""


@dataclass(frozen=True)
class Route:
    """Where a file goes; both are None for an unknown school and one outside the maintained sector.

    ``addressed`` is the school in the file's name where that has a successor; ``said`` tells the sender so.
    """

    receiver: Organisation | None = None
    addressed: Organisation | None = None
    said: str = ""


def route_to(party: Party) -> Route:
    """Where a file for a destination goes today.  Raises Undeliverable."""
    if party.kind in ("unknown", "outside"):
        return Route()
    if party.kind == "department":
        raise Undeliverable(
            f"{party} takes no files here. Send a return on its own page, or this file as the department asks for it."
        )
    found = list(_called(party))
    still_open = [one for one in found if not _closed(one)]
    if still_open:
        return Route(still_open[0])
    if not found:
        raise Undeliverable(
            f"No school or authority has the number {party} in the register. Look the school up by name; where nobody "
            f"knows it, put XXXXXXX for the destination, with one pupil in the file."
        )
    return _succeeded(max(found, key=lambda one: one.closed or date.min))


def _called(party: Party) -> QuerySet[Organisation]:
    if party.kind == "authority":
        return Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY, la_code=party.lea)
    return Organisation.objects.filter(
        kind=Organisation.Kind.SCHOOL, la_code=party.lea, estab=party.estab
    ).order_by("-opened", "-pk")


def _closed(one: Organisation) -> bool:
    return one.closed is not None and one.closed <= timezone.localdate()


def _succeeded(closed: Organisation) -> Route:
    """The one open school that came after a closed one, however many came between."""
    after = current_successors(closed)
    when = date_in_words(closed.closed)
    if not after:
        raise Undeliverable(
            f"{closed} closed on {when}, and the register names no successor. Ask its authority where its pupils went; "
            "until that is known, put XXXXXXX for the destination, with one pupil in the file."
        )
    if len(after) > 1:
        names = ", ".join(str(one) for one in after)
        raise Undeliverable(
            f"{closed} closed on {when} and was followed by more than one school: {names}. Choose the one the pupil "
            "went to, and put its number into the name and header of the file."
        )
    said = f"{closed} closed on {when}; its successor {after[0]} receives the file"
    return Route(after[0], closed, said)


def current_successors(closed: Organisation) -> list[Organisation]:
    """The open schools at the end of the chain of successors, each once, by name."""
    found: dict[int, Organisation] = {}
    seen, here = {closed.pk}, [closed.pk]
    for _ in range(_LONGEST_CHAIN):
        links = Succession.objects.filter(_of_the_past(), predecessor__in=here).select_related("successor")
        following = {one.successor_id: one.successor for one in links if one.successor_id not in seen}
        found |= {pk: one for pk, one in following.items() if not _closed(one)}
        here = [pk for pk, one in following.items() if _closed(one)]
        seen |= set(following)
        if not here:
            break
    return sorted(found.values(), key=lambda one: one.name)


def _of_the_past() -> Q:
    """A link that holds by now: one of a day to come is no successor yet."""
    return Q(on=None) | Q(on__lte=timezone.localdate())
