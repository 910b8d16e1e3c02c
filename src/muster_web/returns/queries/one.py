"""One return as a page or the API shows it: where it stands, what comes next, what may be done and why not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from muster.submit.states import BEING_CHECKED, May, State
from muster_web.accounts.viewer import Viewer
from muster_web.returns.conditions import cases_in_the_way
from muster_web.returns.models import (
    Case,
    Edit,
    Event,
    LocalDeadline,
    MachineRun,
    Receipt,
    Return,
    RuleChange,
    Upload,
    Version,
)
from muster_web.returns.permissions import may_flags, returns_to_send_for, visible_returns
from muster_web.returns.queries.threads import unread
from muster_web.returns.queueing import position


def get_return(viewer: Viewer, pk: int) -> Return:
    """A return the viewer may see; for any other there is none (Http404)."""
    return get_object_or_404(visible_returns(viewer), pk=pk)


def get_return_to_send_for(viewer: Viewer, pk: int) -> Return:
    """A return the viewer may send files for, though perhaps not see; Http404 for any other."""
    return get_object_or_404(returns_to_send_for(viewer), pk=pk)


def get_version(viewer: Viewer, pk: UUID) -> Version:
    """A version of a return the viewer may see, or Http404."""
    versions = Version.objects.filter(subject__in=visible_returns(viewer)).select_related(
        "subject__round", "by"
    )
    return get_object_or_404(versions, pk=pk)


@dataclass(frozen=True)
class Standing:
    """A return with everything its first page says, read once."""

    subject: Return
    viewer: Viewer

    @cached_property
    def may(self) -> dict[str, May]:
        """For every action whether the viewer may take it now, and why not."""
        return may_flags(self.viewer, self.subject)

    @property
    def state(self) -> State:
        """Where the return stands."""
        return State(self.subject.state)

    @property
    def being_checked(self) -> bool:
        """Whether a file is waiting or being read."""
        return self.state in BEING_CHECKED

    @property
    def findings(self) -> int:
        """How many findings there are in all; every list and count of them is made of this number."""
        return self.subject.to_fix + self.subject.to_explain + self.subject.explained

    @cached_property
    def versions(self) -> list[Version]:
        """The versions there were, the last first."""
        return list(self.subject.versions.select_related("by").order_by("-number"))

    @cached_property
    def last_refused(self) -> Version | None:
        """The last file, where it could not be read."""
        last = self.versions[0] if self.versions else None
        return last if last and last.outcome == Version.Outcome.REFUSED else None

    @cached_property
    def not_taken(self) -> list[dict[str, str]]:
        """What could not be taken of what the school sent last: each file with the reason."""
        sent = Upload.objects.filter(round=self.subject.round_id, organisation=self.subject.organisation_id)
        last = sent.order_by("-at").first()
        if last is None or any(one.at > last.at and one.upload_id != last.pk for one in self.versions):
            return []
        return list(last.refused)

    @cached_property
    def waiting(self) -> int:
        """How many checks come before this one."""
        run = MachineRun.objects.filter(version__subject=self.subject, ended=None).first()
        return position(run) if run else 0

    @cached_property
    def events(self) -> QuerySet[Event]:
        """What happened to the return, the last first."""
        return self.subject.events.select_related("by", "acting_for").order_by("-pk")

    @cached_property
    def receipts(self) -> list[Receipt]:
        """The receipts given for it, the last first."""
        found = Receipt.objects.filter(version__subject=self.subject).select_related("version")
        return list(found.order_by("-at"))

    @cached_property
    def to_put_right(self) -> int:
        """How many changes made on screen are still to be made in the school's own system."""
        return self.subject.edits.filter(state__in=(Edit.State.OPEN, Edit.State.DIFFERS)).count()

    @cached_property
    def changed_for_us(self) -> int:
        """How many values somebody else changed that the school has not answered."""
        return self.subject.edits.filter(for_provider=True, answer="", state=Edit.State.OPEN).count()

    @cached_property
    def messages(self) -> int:
        """How many messages its thread has."""
        return self.subject.messages.count()

    @cached_property
    def new_messages(self) -> int:
        """How many of them others wrote since the viewer last looked."""
        return unread(self.viewer, self.subject)

    @cached_property
    def cases(self) -> list[Case]:
        """The cases with other schools that are not settled."""
        return list(cases_in_the_way(self.subject).order_by("due"))

    @cached_property
    def rule_changes(self) -> list[RuleChange]:
        """The rules changed in the round that concern this return: suspended ones, and those it has findings of."""
        changes = self.subject.round.rule_changes.filter(lifted=None).order_by("pk")
        failing = self.subject.rule_counts.values_list("rule", "code")
        names = {name for pair in failing for name in pair}
        return [one for one in changes if one.what == RuleChange.What.SUSPENDED or one.rule in names]

    @cached_property
    def deadline(self) -> LocalDeadline | None:
        """The day the authority that checks it has set, before the national one."""
        return self.subject.round.local_deadlines.filter(authority=self.subject.agent_id).first()

    @cached_property
    def is_signed(self) -> bool:
        """Whether the head has signed the data as they stand."""
        current = self.subject.current
        if current is None:
            return False
        return current.signatures.filter(withdrawn=None, revision=self.subject.revision).exists()


def standing_edit(subject: Return, identity: str, item: str, value: str | None) -> Edit | None:
    """The change that lies over an item of a record and says this value already; None where none does."""
    clean = value.strip() if value and value.strip() else None
    found = subject.edits.filter(state=Edit.State.OPEN, identity=identity, item=item, value=clean)
    return found.order_by("-pk").first()
