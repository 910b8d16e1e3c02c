"""Stage 4: rules in, findings out."""

from muster.validate._scope import Applicability
from muster.validate._stages import asks_less, holds_back, said_of_held
from muster.validate.validate import check, engine_settings, in_order, outcome_of, remark, softened

__all__ = [
    "Applicability",
    "asks_less",
    "check",
    "engine_settings",
    "holds_back",
    "in_order",
    "outcome_of",
    "remark",
    "said_of_held",
    "softened",
]
