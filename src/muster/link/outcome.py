"""What linking gives beside the returns: who was matched how, what disagrees, what is left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muster.link.coverage import Coverage
from muster.link.differences import Conflict, LeftOut
from muster.link.proposals import Proposal
from muster.link.to_key import ToKey
from muster.model import Notice, Return


@dataclass(frozen=True)
class Match:
    """Records of several sources taken as one person at one school, and what joined them."""

    ref: str
    member_id: int | None
    keys: tuple[str, ...]
    how: tuple[str, ...]


@dataclass(frozen=True)
class Linked:
    """Everything linking found; ``returns`` and ``coverage`` are by school, ``total`` is the authority's."""

    returns: Mapping[str, Return]
    matches: tuple[Match, ...]
    proposals: tuple[Proposal, ...]
    conflicts: tuple[Conflict, ...]
    left_out: tuple[LeftOut, ...]
    to_key: tuple[ToKey, ...]
    coverage: Mapping[str, Coverage]
    total: Coverage
    notices: tuple[Notice, ...]

    @property
    def keyed_twice(self) -> int:
        """How many items were keyed though another source has them, or asked of one person twice."""
        return self.total.keyed_twice
