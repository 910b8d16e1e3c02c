"""Prior attainment and numbers of a pupil on the viewer's own roll: from what is held, and from files received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from muster.model import MusterError
from muster.model.words import date_in_words
from muster.transferring.roll import Pupil as FilePupil
from muster.transferring.roll import pupils_of
from muster_web.accounts.viewer import Viewer
from muster_web.transfers.held import as_pupil
from muster_web.transfers.marks import mark_of_birth, mark_of_surname, mark_of_upn
from muster_web.transfers.models import Pupil, Transfer
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.reading import read
from muster_web.transfers.stored import bytes_of

SHOWN = ("year", "stage", "subject", "method", "component", "result_qualifier", "result")
_MOST_FILES = 20


@dataclass(frozen=True)
class Result:
    """One result of an assessment, and where it is known from."""

    values: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class LookedUp:
    """A pupil on roll with the numbers and results that are known."""

    pupil: Pupil
    former_upns: tuple[str, ...]
    results: tuple[Result, ...]


def find_on_roll(viewer: Viewer, *, upn: str = "", surname: str = "", born: str = "") -> Pupil | None:
    """A pupil on the viewer's own roll by UPN, or by surname and birth date; None where nobody fits, or several do."""
    school = refuse_unless(viewer, "exchange")
    here = Pupil.objects.filter(organisation=school, left=None)
    if upn:
        return here.filter(mark=mark_of_upn(upn)).first()
    if not (surname and born):
        raise MusterError("Give the UPN, or the surname and the birth date.")
    found = list(here.filter(surname_mark=mark_of_surname(surname), born_mark=mark_of_birth(born))[:2])
    return found[0] if len(found) == 1 else None


def looked_up(pupil: Pupil) -> LookedUp:
    """What is known of a pupil: what the roll holds, and what files that the school received say."""
    said = [(f"held since {date_in_words(pupil.changed)}", as_pupil(pupil.pk, pupil.held))]
    said += [(one.name, found) for one in _files_with(pupil) for found in _same_in(one, pupil.upn)]
    results: dict[tuple[str, ...], Result] = {}
    former: dict[str, None] = {}
    for source, found in said:
        former |= {text: None for text in [found.get("former_upn")] if text}
        for values in _results_of(found):
            results.setdefault(values, Result(values, source))
    return LookedUp(pupil, tuple(former), tuple(results[one] for one in sorted(results)))


def _results_of(found: FilePupil) -> Iterator[tuple[str, ...]]:
    for record in found.records:
        if record.table == "assessments":
            said = {**record.within, **record.values}
            yield tuple(said.get(name, "") for name in SHOWN)


def _files_with(pupil: Pupil) -> list[Transfer]:
    """The files the school received that hold the pupil, by the keyed mark of the UPN, the latest first."""
    if not pupil.mark:
        return []
    found = Transfer.objects.filter(receiver=pupil.organisation_id, pupil_marks__mark=pupil.mark)
    return list(found.exclude(sealed_key="").distinct().order_by("-pk")[:_MOST_FILES])


def _same_in(transfer: Transfer, upn: str) -> list[FilePupil]:
    return [one for one in pupils_of(read(bytes_of(transfer), transfer.name)) if one.get("upn") == upn]
