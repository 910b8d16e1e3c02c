"""What the retention schedule says is due to go, read from the catalogue and the days of each round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from muster.catalogue.privacy import load_privacy
from muster.model.days import months_on
from muster.model.privacy import Kept
from muster_web.privacy.models import Certificate, Hold
from muster_web.returns.models import (
    Build,
    Edit,
    Finding,
    KeyedValue,
    MatchDecision,
    Message,
    Note,
    Part,
    Return,
    Round,
    Upload,
    Version,
)

# A version whose bytes went under the schedule keeps its row, which receipts need, and no stored file.
GONE = ""
SAID = (Message, Note, Edit)
BUILT_FROM = (Part, KeyedValue, MatchDecision, Build)


@dataclass(frozen=True)
class Due:
    """One line of the preview: what of a round goes, since when, by which rule of the schedule, and how much."""

    round: int
    title: str
    what: str
    months: int
    confidence: str
    since: date
    returns: int
    versions: int
    findings: int
    said: int
    edits: int
    bytes: int

    def as_json(self) -> dict[str, object]:
        """The line for machines."""
        return {**asdict(self), "since": self.since.isoformat()}


@dataclass(frozen=True)
class Going:
    """What a line stands for: the versions whose data go, and the returns of which everything said goes too."""

    round: Round
    rule: Kept
    since: date
    versions: QuerySet[Version]
    returns: QuerySet[Return]

    @property
    def parts(self) -> QuerySet[Part]:
        """The files that the returns were built from."""
        return Part.objects.filter(subject__in=self.returns)

    @property
    def refused(self) -> QuerySet[Upload]:
        """What was sent for the returns, or by who checks them, and nothing of could be taken."""
        old = Upload.objects.filter(round=self.round, versions=None, at__date__lte=self.since).exclude(
            stored=GONE
        )
        senders = self.returns.order_by()
        return old.filter(
            Q(organisation__in=senders.values("organisation")) | Q(organisation__in=senders.values("agent"))
        )

    def counted(self) -> Due:
        """The line with its counts."""
        ids = self.versions.order_by().values("subject")
        whole = self.returns
        sizes = list(self.versions.values_list("stored", "size").distinct())
        return Due(
            self.round.pk, str(self.round), self.rule.what, self.rule.months, self.rule.confidence, self.since,
            returns=Return.objects.filter(Q(pk__in=ids) | Q(pk__in=whole.values("pk"))).count(),
            versions=self.versions.count(),
            findings=Finding.objects.filter(version__in=self.versions).count(),
            said=Note.objects.filter(subject__in=whole).count() + Message.objects.filter(subject__in=whole).count(),
            edits=Edit.objects.filter(subject__in=whole).count(),
            bytes=sum(size for _, size in sizes),
        )  # fmt: skip


def going(on: date | None = None) -> Iterator[Going]:
    """Everything that is due on a day and not held, round by round."""
    day = on or timezone.localdate()
    for round in Round.objects.order_by("closes", "pk"):
        for rule in load_privacy(round.collection).kept:
            found = _of_rule(round, rule, day)
            if found is not None and (found.versions.exists() or _has_said(found.returns)):
                yield found


def held(on: date | None = None) -> list[Hold]:
    """The holds in force on a day."""
    day = on or timezone.localdate()
    return list(Hold.objects.filter(starts__lte=day).filter(Q(ended__isnull=True) | Q(ended__gt=day)))


def _of_rule(round: Round, rule: Kept, day: date) -> Going | None:
    if round.is_practice != (rule.what == "practice"):
        return None
    since = months_on(day, -rule.months)
    returns = _not_held(Return.objects.filter(round=round), day)
    versions = Version.objects.filter(subject__in=returns).exclude(stored=GONE)
    if rule.what == "practice":
        old = versions.filter(at__date__lte=since)
        alone = returns.exclude(versions__at__date__gt=since).filter(last_event__date__lte=since)
        return Going(round, rule, since, old, alone)
    if round.closes > since:
        return None
    if rule.what == "returns":
        return Going(round, rule, since, versions, returns)
    used = Q(pk__in=returns.filter(current__isnull=False).values("current"))
    used |= Q(pk__in=returns.filter(official__isnull=False).values("official"))
    waiting = Q(outcome=Version.Outcome.WAITING)
    return Going(round, rule, since, versions.exclude(used | waiting), Return.objects.none())


def _not_held(returns: QuerySet[Return], day: date) -> QuerySet[Return]:
    for hold in held(day):
        if hold.organisation_id and hold.round_id:
            returns = returns.exclude(organisation=hold.organisation_id, round=hold.round_id)
        elif hold.organisation_id:
            returns = returns.exclude(organisation=hold.organisation_id)
        else:
            returns = returns.exclude(round=hold.round_id)
    return returns


def _has_said(returns: QuerySet[Return]) -> bool:
    return any(kind.objects.filter(subject__in=returns).exists() for kind in (*SAID, *BUILT_FROM, Finding))


def last_certificates(most: int = 20) -> list[Certificate]:
    """What went lately, the latest first."""
    return list(Certificate.objects.order_by("-pk")[:most])
