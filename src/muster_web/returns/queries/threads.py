"""The thread of a return: what school, authority, department and supplier say to each other about it."""

from __future__ import annotations

from django.db.models import QuerySet

from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Message, Return, ThreadRead


def thread_of(subject: Return) -> QuerySet[Message]:
    """The messages of a return, the last first, each with who wrote it and the explanation it is about."""
    return subject.messages.select_related("by", "acting_for", "note").order_by("-pk")


def unread(viewer: Viewer, subject: Return) -> int:
    """How many messages others wrote since the viewer last looked at the thread."""
    if viewer.user is None:
        return 0
    place = ThreadRead.objects.filter(subject=subject, by=viewer.user).values_list("up_to", flat=True).first()
    return subject.messages.filter(pk__gt=place or 0).exclude(by=viewer.user).count()
