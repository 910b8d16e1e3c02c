"""Stage 3: join staff exports, payroll and last year's returns into one return per school, nothing keyed twice."""

from muster.link._decisions import Decisions
from muster.link._notices import NOTICES
from muster.link._splink import propose_with_splink
from muster.link.coverage import Coverage, ItemCoverage
from muster.link.differences import Conflict, LeftOut, write_conflicts, write_left_out
from muster.link.link import link
from muster.link.outcome import Linked, Match
from muster.link.proposals import Proposal, read_decisions, write_proposals
from muster.link.to_key import ToKey, is_to_key_sheet, read_to_key, write_to_key

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
    "is_to_key_sheet",
    "link",
    "propose_with_splink",
    "read_decisions",
    "read_to_key",
    "write_conflicts",
    "write_left_out",
    "write_proposals",
    "write_to_key",
]
