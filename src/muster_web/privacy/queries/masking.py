"""What of a return is hidden from a viewer now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from muster.catalogue.privacy import load_privacy
from muster.model.privacy import Privacy
from muster_web.accounts.viewer import Viewer
from muster_web.privacy.models import Unmasking
from muster_web.returns.models import Return

HIDDEN = "••••••"


@dataclass(frozen=True)
class Mask:
    """Hides the sensitive items of a return, but for the records in ``seen``; '' in it stands for every record."""

    privacy: Privacy
    seen: frozenset[str]

    def hides(self, table: str, item: str, *, record: str = "") -> bool:
        """Whether an item of a record is hidden."""
        return not self._open(record) and self.privacy.is_sensitive(table, item)

    def value(self, table: str, item: str, value: str | None, *, record: str = "") -> str | None:
        """The value, or dots in its place; an empty one has nothing to hide."""
        return HIDDEN if value and self.hides(table, item, record=record) else value

    def values(self, values: Mapping[str, str | None], *, record: str = "") -> dict[str, str | None]:
        """The values a finding looked at, the sensitive ones hidden.

        A finding may name items of records below or above its own, so an item that is sensitive anywhere is hidden.
        """
        if self._open(record):
            return dict(values)
        sensitive = self.privacy.sensitive_items()
        return {name: HIDDEN if value and name in sensitive else value for name, value in values.items()}

    def text(self, text: str, values: Mapping[str, str | None], *, record: str = "") -> str:
        """A message with the sensitive values in it hidden."""
        if self._open(record):
            return text
        for name in self.privacy.sensitive_items() & values.keys():
            value = values[name]
            if value and len(value) > 1:
                text = text.replace(value, HIDDEN)
        return text

    def _open(self, record: str) -> bool:
        return "" in self.seen or (record != "" and record in self.seen)


def mask_for(viewer: Viewer, subject: Return) -> Mask:
    """The mask of a return for a viewer: everything sensitive, but for what they lately said why they need."""
    if viewer.user is None:
        return Mask(load_privacy(subject.round.collection), frozenset())
    mine = Unmasking.objects.filter(user=viewer.user, subject=subject, until__gt=timezone.now())
    return Mask(load_privacy(subject.round.collection), frozenset(mine.values_list("record_mark", flat=True)))
