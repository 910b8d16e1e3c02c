"""Stage 3: join staff exports, payroll and last year's returns into one return per school, nothing keyed twice."""

from muster.link._decisions import Decisions
from muster.link._notices import NOTICES
from muster.link.coverage import Coverage, ItemCoverage
from muster.link.differences import Conflict, LeftOut
from muster.link.link import link
from muster.link.outcome import Linked, Match
from muster.link.proposals import Proposal, read_decisions, write_proposals
from muster.link.to_key import ToKey, read_to_key, write_to_key

__all__ = [
    "NOTICES",
    "Conflict",
    "Coverage",
    "Decisions",
    "ItemCoverage",
    "LeftOut",
    "Linked",
    "Match",
    "Proposal",
    "ToKey",
    "link",
    "read_decisions",
    "read_to_key",
    "write_proposals",
    "write_to_key",
]
