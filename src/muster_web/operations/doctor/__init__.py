"""Look a deployment over: each check answers well, doubtful or wrong, with what to do about it."""

from muster_web.operations.doctor.answers import Answer, Level
from muster_web.operations.doctor.examination import examine

__all__ = ["Answer", "Level", "examine"]
