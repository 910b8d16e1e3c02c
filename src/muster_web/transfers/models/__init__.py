"""What the service keeps of files between schools, the pupils in them, and the terms of authorities."""

from muster_web.transfers.models.files import Transfer, TransferEvent, TransferMessage, TransferPupil
from muster_web.transfers.models.learners import LearnerBatch, LearnerRequest
from muster_web.transfers.models.roll import Decision, Pupil, Search
from muster_web.transfers.models.terms import Term

__all__ = [
    "Decision",
    "LearnerBatch",
    "LearnerRequest",
    "Pupil",
    "Search",
    "Term",
    "Transfer",
    "TransferEvent",
    "TransferMessage",
    "TransferPupil",
]
