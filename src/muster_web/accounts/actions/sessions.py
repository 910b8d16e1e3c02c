"""End sessions: one of one's own, or all of somebody who may not come in any more."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from muster_web.accounts.actions.telling import tell
from muster_web.accounts.models import User
from muster_web.accounts.viewer import Viewer


def end_sessions(user: User) -> int:
    """Sign somebody out wherever they are signed in; how many sessions that were."""
    sessions = list(UserSession.objects.filter(user=user))
    for one in sessions:
        one.end()
    return len(sessions)


def end_own_session(*, viewer: Viewer, session: UserSession) -> None:
    """Sign oneself out on one device."""
    session.end()
    mine = [viewer.organisation] if viewer.organisation else []
    tell(viewer, "session_ended", *mine, subject=f"user:{session.user_id}")
