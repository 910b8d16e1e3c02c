"""Who needs a learner number before census day, what stands in the way of asking, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from muster.model.days import months_on
from muster.transferring.learner_batches import return_codes
from muster.transferring.learner_numbers import Obstacle, obstacles, request
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Round
from muster_web.transfers.models import LearnerBatch, LearnerRequest, Pupil
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.roll_file import file_of

FROM_AGE = 14
CENSUS = "school_census_"  # and the term
_THURSDAY = 3
# The month of each term's census, and which Thursday of it.
_CENSUS = ((10, 1), (1, 3), (5, 3))
State = LearnerRequest.State
_ADVICE = {
    "RC10": "Something needed was empty, mostly the postcode. Put it into your MIS, take the roll over, and ask again.",
    "SIM-POSSIBLE": "Somebody very like this pupil is known. Look both up in the service's portal.",
    "SIM-REJECTED": "The service does not take this pupil. Check the date of birth.",
}


@dataclass(frozen=True)
class Awaiting:
    """A pupil who needs a number, and what stands in the way of asking for one."""

    pupil: Pupil
    gaps: tuple[Obstacle, ...]
    asked: bool


@dataclass(frozen=True)
class Unnumbered:
    """A request that brought no number, why, and what to do."""

    request: LearnerRequest
    reason: str
    advice: str


def next_census_day(school: Organisation, today: date | None = None) -> date:
    """The next census day: of the school's next census here, or else as its three terms have it."""
    day = today or timezone.localdate()
    rounds = Round.objects.filter(
        collection__startswith=CENSUS, returns__organisation=school, census_day__gte=day
    )
    held = rounds.order_by("census_day").values_list("census_day", flat=True).first()
    return held or min(one for one in _computed(day.year) + _computed(day.year + 1) if one >= day)


def _computed(year: int) -> list[date]:
    return [_nth_thursday(year, month, which) for month, which in _CENSUS]


def _nth_thursday(year: int, month: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7 + 7 * (which - 1))


def without_number(school: Organisation, on: date) -> QuerySet[Pupil]:
    """Everybody on roll who is 14 or older on a day and has no number, by name."""
    found = Pupil.objects.filter(organisation=school, uln="", born__lte=months_on(on, -12 * FROM_AGE))
    return found.filter(Q(left=None) | Q(left__gt=on)).order_by("surname", "forename", "pk")


def awaiting(school: Organisation, on: date) -> list[Awaiting]:
    """Everybody who needs a number on a day, with what stands in the way and whether they were asked for."""
    pupils = list(without_number(school, on))
    gaps: dict[int, list[Obstacle]] = defaultdict(list)
    for one in obstacles(request(file_of(school, pupils)), timezone.localdate().isoformat()):
        gaps[one.pupil].append(one)
    asked = set(
        LearnerRequest.objects.filter(pupil__in=pupils, state=State.SENT).values_list("pupil", flat=True)
    )
    return [Awaiting(one, tuple(gaps[one.pk]), one.pk in asked) for one in pupils]


def exceptions(school: Organisation) -> list[Unnumbered]:
    """The last request of each pupil that brought no number or a doubtful one, while the pupil has none."""
    later = LearnerRequest.objects.filter(pupil=OuterRef("pupil"), pk__gt=OuterRef("pk"))
    found = LearnerRequest.objects.filter(
        ~Exists(later), batch__organisation=school, state__in=(State.NONE, State.WRONG, State.DIFFERS), pupil__uln="",
    )  # fmt: skip
    return [_exception(one) for one in found.select_related("pupil", "batch").order_by("pk")]


def _exception(one: LearnerRequest) -> Unnumbered:
    reason = return_codes().get(one.code) or one.get_state_display()
    said = f"{one.code}: {reason}" if one.code else reason
    return Unnumbered(one, said, _ADVICE.get(one.code, "Look the pupil up in the service's portal."))


def given(school: Organisation) -> QuerySet[LearnerRequest]:
    """The numbers that came back and of which somebody has still to be told, or the MIS, by name."""
    found = LearnerRequest.objects.filter(batch__organisation=school, state=State.GIVEN)
    found = found.filter(Q(told=None) | Q(in_mis=None))
    return found.select_related("pupil").order_by("pupil__surname", "pupil__forename", "pk")


def batches(school: Organisation) -> list[LearnerBatch]:
    """The last batches of a school with how many they asked for, the latest first."""
    found = LearnerBatch.objects.filter(organisation=school).annotate(asked=Count("requests"))
    return list(found.select_related("by")[:20])


def get_batch(viewer: Viewer, pk: int) -> LearnerBatch:
    """A batch of the viewer's own school.  Raises Http404 or NotAllowed."""
    school = refuse_unless(viewer, "exchange")
    found = (
        LearnerBatch.objects.filter(organisation=school, pk=pk).select_related("organisation", "by").first()
    )
    if found is None:
        raise Http404("there is no such batch")
    return found


def requests_of(batch: LearnerBatch) -> list[LearnerRequest]:
    """The pupils of a batch with what came back, by name."""
    return list(batch.requests.select_related("pupil").order_by("pupil__surname", "pupil__forename", "pk"))


def numbers_of(viewer: Viewer) -> QuerySet[Pupil]:
    """The pupils on the viewer's roll, each with where the last request for a number stands."""
    school = refuse_unless(viewer, "exchange")
    last = LearnerRequest.objects.filter(pupil=OuterRef("pk")).order_by("-pk")
    fields = {name: Subquery(last.values(name)[:1]) for name in ("state", "code", "told", "in_mis")}
    return (
        Pupil.objects.filter(organisation=school, left=None).annotate(**fields).defer("held").order_by("pk")
    )
