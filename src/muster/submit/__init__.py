"""Stage 6: who may do what next."""

from muster.submit.submit import Readiness, readiness

__all__ = ["Readiness", "readiness"]
