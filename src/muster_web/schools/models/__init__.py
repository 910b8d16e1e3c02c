"""What the file of a school holds: figures, published or returned, notes, and what the school says to either."""

from muster_web.schools.models.figures import Figures, Loading, Neighbour, ReturnedFigures, Size
from muster_web.schools.models.written import Challenge, Document, Note, Priority, Words

__all__ = [
    "Challenge",
    "Document",
    "Figures",
    "Loading",
    "Neighbour",
    "Note",
    "Priority",
    "ReturnedFigures",
    "Size",
    "Words",
]
