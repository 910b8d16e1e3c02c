"""A file compared with who is on roll, pupil by pupil, and what was decided about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.http import Http404

from muster.model import MusterError
from muster.transferring.comparing import PupilChange, changes_of
from muster.transferring.matching import Match, matches
from muster.transferring.roll import Pupil as FilePupil
from muster.transferring.roll import pupils_of
from muster_web.transfers.held import as_pupil, day_of
from muster_web.transfers.marks import mark_of_upn
from muster_web.transfers.models import Decision, Pupil, Transfer
from muster_web.transfers.reading import read

NOBODY = 0


@dataclass(frozen=True)
class Line:
    """One pupil of a file: who they may be, what is to be decided, and what was decided, None while nothing is."""

    position: int
    change: PupilChange
    decision: Decision | None

    @property
    def name(self) -> str:
        """The pupil as the file calls them."""
        received = self.change.match.received
        return f"{received.get('forename')} {received.get('surname')}"

    @property
    def is_clear(self) -> bool:
        """Whether nobody has to answer a question before the pupil can be taken over."""
        return self.decision is None and not self.change.to_decide


@dataclass(frozen=True)
class Compared:
    """A file of one school's mailbox beside its roll."""

    transfer: Transfer
    lines: tuple[Line, ...]

    def line(self, position: int) -> Line:
        """One pupil by the place in the file.  Raises Http404."""
        if not 0 <= position < len(self.lines):
            raise Http404("there is no such pupil in the file")
        return self.lines[position]

    @property
    def left(self) -> int:
        """How many pupils nobody has decided about."""
        return sum(one.decision is None for one in self.lines)

    @property
    def clear(self) -> int:
        """How many can be taken over without a question."""
        return sum(one.is_clear for one in self.lines)

    @property
    def taken(self) -> int:
        """How many were taken over; the rest were left out or wait."""
        return sum(one.decision is not None and one.decision.pupil_id is not None for one in self.lines)


def compared(transfer: Transfer, content: bytes) -> Compared:
    """A transfer file beside the receiver's roll.  Raises MusterError where it is no transfer file."""
    if transfer.kind == Transfer.Kind.OTHER:
        raise MusterError(
            f"{transfer.name} is encrypted and is not looked into; download it and open it with its password."
        )
    received = pupils_of(read(content, transfer.name))
    decided = {one.position: one for one in transfer.decisions.select_related("pupil", "by")}
    found = matches(received, _who_may_be(transfer, received))
    lines = (Line(n, changes_of(match), decided.get(n)) for n, match in enumerate(found))
    return Compared(transfer, tuple(lines))


def _who_may_be(transfer: Transfer, received: Sequence[FilePupil]) -> list[FilePupil]:
    """Those on roll who share a number or a birth date with somebody in the file: nobody else can be one of them."""
    upns = [mark_of_upn(one.get(item)) for one in received for item in ("upn", "former_upn") if one.get(item)]
    born = [day for one in received if (day := day_of(one.get("birth_date")))]
    alike = Q(mark__in=upns) | Q(former_mark__in=upns) | Q(born__in=born)
    rows = Pupil.objects.filter(alike, organisation=transfer.receiver_id).order_by("pk")
    return [as_pupil(one.pk, one.held) for one in rows]


def against(line: Line, who: int) -> PupilChange:
    """What would change of the one on roll who was chosen, or with ``NOBODY`` of a new pupil.

    Raises MusterError for somebody who was never offered.
    """
    match = line.change.match
    if who == NOBODY and match.standing == "matched":
        raise MusterError("This pupil is on your roll with the same number. Take it over, or leave it out.")
    if who == NOBODY:
        return changes_of(_as_new(match))
    chosen = next((one.pupil for one in match.candidates if one.pupil.key == who), None)
    if chosen is None:
        raise MusterError("This pupil on roll was not offered: neither number nor birth date and name agree.")
    return changes_of(match, chosen)


def _as_new(match: Match) -> Match:
    """The match once a person has said that it is none of those offered."""
    return replace(match, standing="new", candidates=())
