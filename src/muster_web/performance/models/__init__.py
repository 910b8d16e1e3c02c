"""What is kept of plans, of the quarters reported on, and of the figures computed from returns."""

from muster_web.performance.models.figures import Figure
from muster_web.performance.models.plans import Amount, Holder, Indicator, Piece, PieceChange, Plan, Treatment
from muster_web.performance.models.quarters import Issue, Line, Narrative, Quarter

__all__ = [
    "Amount",
    "Figure",
    "Holder",
    "Indicator",
    "Issue",
    "Line",
    "Narrative",
    "Piece",
    "PieceChange",
    "Plan",
    "Quarter",
    "Treatment",
]
