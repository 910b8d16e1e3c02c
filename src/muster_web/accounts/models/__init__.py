"""What the service keeps of organisations, people, and who may do what."""

from muster_web.accounts.models.asking import AccessRequest, Claim, Invitation, Review, ReviewLine
from muster_web.accounts.models.organisations import Organisation, Succession
from muster_web.accounts.models.people import Access, Dated, Grant, Membership, User, UserManager

__all__ = [
    "Access",
    "AccessRequest",
    "Claim",
    "Dated",
    "Grant",
    "Invitation",
    "Membership",
    "Organisation",
    "Review",
    "ReviewLine",
    "Succession",
    "User",
    "UserManager",
]
