"""What the file of a school holds: figures, lists, notes, and what the school says or asks."""

from muster_web.schools.models.asking import Reply, Ticket
from muster_web.schools.models.figures import Figures, Loading, Neighbour, ReturnedFigures, Size
from muster_web.schools.models.lists import Building, Governor
from muster_web.schools.models.written import Challenge, Document, Note, Priority, Review, Words

__all__ = [
    "Building",
    "Challenge",
    "Document",
    "Figures",
    "Governor",
    "Loading",
    "Neighbour",
    "Note",
    "Priority",
    "Reply",
    "ReturnedFigures",
    "Review",
    "Size",
    "Ticket",
    "Words",
]
