"""What happened before you came: most schools have loaded their returns, and some are further on, up to authorised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from muster.model.words import count_of
from muster.submit import State
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.demo.files import Journey, census_file_of, file_of
from muster_web.demo.organisations import Place
from muster_web.returns.actions import deciding
from muster_web.returns.actions.checking import check
from muster_web.returns.actions.explaining import explain
from muster_web.returns.actions.opening import open_round
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import Finding, MachineRun, Return, Round

COLLECTION, YEAR = "school_workforce", 2025
PUPILS, WITH_PUPILS = "school_census_spring", 14
OPEN_SINCE, OPEN_FOR = timedelta(days=21), timedelta(days=21)
_EXPLANATIONS = (
    "Checked against the contract; the value is right.",
    "The post is vacant since September and covered from outside.",
    "Agreed with the payroll provider; it stays as it is.",
)
_LEFT_OUT_EVERY = 6


@dataclass(frozen=True)
class Told:
    """Who does what in the story."""

    folder: Path
    place: Place
    viewers: dict[str, Viewer]
    journey: Journey

    def of_school(self, role: str, ref: str) -> Viewer:
        """The one who holds a role in a school."""
        return self.viewers[f"{role} {ref}"]


def open_rounds(collector: Viewer) -> tuple[Round, Round]:
    """Open the workforce census for real and for practice, and the census of pupils; answers those for real."""
    staff, _, pupils = (
        _opened(collector, COLLECTION, YEAR, Round.Phase.STATUTORY, f"School workforce census {YEAR}"),
        _opened(collector, COLLECTION, YEAR, Round.Phase.PRACTICE, f"School workforce census {YEAR}"),
        _opened(collector, PUPILS, YEAR + 1, Round.Phase.STATUTORY, f"School census, spring {YEAR + 1}"),
    )
    return staff, pupils


def _opened(collector: Viewer, collection: str, year: int, phase: str, title: str) -> Round:
    today = timezone.localdate()
    round = Round(
        collection=collection, year=year, phase=phase, title=title,
        opens=today - OPEN_SINCE, census_day=today - OPEN_SINCE, closes=today + OPEN_FOR,
    )  # fmt: skip
    open_round(viewer=collector, round=round)
    return round


def hold_open() -> None:
    """Keep the rounds of the demo open, whenever it is started: they close so many days from today."""
    Round.objects.filter(closes__lt=timezone.localdate() + OPEN_FOR).update(
        closes=timezone.localdate() + OPEN_FOR
    )


def load(told: Told, round: Round) -> Iterator[str]:
    """Load the returns of all schools but every sixth and the one of the journey; yields each school's number."""
    for number, ref in enumerate(told.place.schools, 1):
        if number % _LEFT_OUT_EVERY == 0 or ref == told.journey.ref:
            continue
        _receive(told, round, ref, file_of(told.folder, ref))
        yield ref


def load_pupils(told: Told, round: Round, *others: str) -> Iterator[str]:
    """Load the school census of the first schools, two pairs of which share a pupil, and of others named.

    Yields each school's number.
    """
    for ref in dict.fromkeys([*list(told.place.schools)[:WITH_PUPILS], *others]):
        _receive(told, round, ref, census_file_of(told.folder, ref))
        yield ref


def _receive(told: Told, round: Round, ref: str, path: Path) -> None:
    receive(viewer=told.of_school("preparer", ref), round=round, chunks=[path.read_bytes()], name=path.name)
    for run in MachineRun.objects.filter(ended=None).select_related("version__subject__round"):
        check(run=run)


def go_on(told: Told, round: Round) -> None:
    """Take the returns without errors on, each as far as its turn says; of the others explain what can be."""
    loaded = Return.objects.filter(round=round, current__isnull=False).select_related(
        "round", "organisation", "agent"
    )
    ready = [one for one in loaded.order_by("organisation__estab") if not one.to_fix]
    for turn, subject in enumerate(ready):
        _take_on(told, subject, turn % len(_FURTHEST))
    for subject in loaded.filter(to_fix__gt=0, to_explain__gt=0)[:8]:
        _explain(told, subject, most=1)


def authorise_some(told: Told, round: Round, *, most: int) -> list[Organisation]:
    """Take the first returns without errors on until they are authorised; whose they are."""
    ready = Return.objects.filter(round=round, current__isnull=False, to_fix=0, state=State.LOADED)
    chosen = list(
        ready.select_related("round", "organisation", "agent").order_by("organisation__estab")[:most]
    )
    for subject in chosen:
        _take_on(told, subject, _FURTHEST.index("authorised"))
    return [one.organisation for one in chosen]


# How far the schools whose returns have no errors have got, in turn.
_FURTHEST = ("authorised", "approved", "submitted", "sent back", "signed", "part explained")


def _take_on(told: Told, subject: Return, turn: int) -> None:
    furthest = _FURTHEST[turn]
    if furthest == "part explained":
        _explain(told, subject, most=1)
        return
    _explain(told, subject)
    ref = subject.organisation.ref
    subject.refresh_from_db()
    deciding.sign(viewer=told.of_school("head", ref), subject=subject, revision=subject.revision)
    if furthest == "signed":
        return
    deciding.submit(viewer=told.of_school("preparer", ref), subject=subject)
    if furthest != "submitted":
        _decide(told, subject, furthest)


def _decide(told: Told, subject: Return, furthest: str) -> None:
    approver, collector = (
        told.viewers["approver@anyshire.example"],
        told.viewers["collector@department.example"],
    )
    if furthest == "sent back":
        by = approver if subject.agent_id else collector
        deciding.send_back(
            viewer=by, subject=subject, reason="Please check the hours of the support staff with payroll."
        )
        return
    if subject.agent_id:
        deciding.approve(viewer=approver, subject=subject)
    if furthest == "authorised":
        deciding.authorise(viewer=collector, subject=subject)


def _explain(told: Told, subject: Return, *, most: int | None = None) -> None:
    open_queries = Finding.objects.filter(version=subject.current, severity="query", explained=False)
    viewer = told.of_school("preparer", subject.organisation.ref)
    for number, one in enumerate(open_queries.order_by("position")[:most]):
        text = _EXPLANATIONS[(subject.pk + number) % len(_EXPLANATIONS)]
        explain(viewer=viewer, subject=subject, fingerprints=[one.fingerprint], text=text)


def summary(round: Round) -> str:
    """How the returns of the round stand, in one line."""
    returns = Return.objects.filter(round=round)
    loaded = returns.filter(current__isnull=False).count()
    done = returns.filter(state="authorised").count()
    return f"{count_of(returns.count(), 'return')} owed, {loaded} loaded, {done} authorised"
