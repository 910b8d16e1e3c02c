"""Stage 6: who may do what next."""

from muster.submit.states import NotAllowed, State
from muster.submit.submit import Readiness, readiness

__all__ = ["NotAllowed", "Readiness", "State", "readiness"]
