"""An academy is invisible to its authority until it grants access, and again once it takes it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.granting import Terms
from muster_web.accounts.actions.sharing import give_access, revoke_access
from muster_web.accounts.models import Access
from muster_web.audit.models import AuditEvent
from muster_web.returns.permissions import permissions, visible_returns

pytestmark = pytest.mark.django_db


@pytest.fixture
def give(viewers, organisations):
    """The academy Coldbrook lets its authority in."""

    def given(level: str = "view", collection: str = "", ends=None) -> Access:
        return give_access(
            viewer=viewers["coldbrook.approver"], receiver=organisations["anyshire"], level=level,
            terms=Terms(collection, ends, "Our authority helps"),
        )  # fmt: skip

    return given


@pytest.mark.parametrize(
    ("level", "may"),
    [("send", {"upload"}), ("view", {"see"}), ("help", {"see", "upload", "edit_for", "note", "export"}),
     ("submit_for", {"see", "upload", "edit_for", "note", "export", "submit"})],
)  # fmt: skip
def test_each_level_lets_the_authority_do_that_much(give, viewers, returns, level, may) -> None:
    officer = viewers["anyshire.la_officer"]
    assert permissions(officer, returns["coldbrook"]) == set()
    give(level)
    assert permissions(officer, returns["coldbrook"]) == may


def test_access_is_for_its_collection_only(give, viewers, returns) -> None:
    give("view", collection="children_in_need")
    assert returns["coldbrook"] not in visible_returns(viewers["anyshire.la_officer"])


def test_access_ends_on_its_last_day_and_at_once_when_taken_back(give, viewers, returns) -> None:
    one = give("view", ends=timezone.localdate())
    assert returns["coldbrook"] in visible_returns(viewers["anyshire.la_officer"])
    revoke_access(viewer=viewers["coldbrook.approver"], access=one)
    assert returns["coldbrook"] not in visible_returns(viewers["anyshire.la_officer"])
    Access.objects.update(ended=None, ends=timezone.localdate() - timedelta(days=1))
    assert returns["coldbrook"] not in visible_returns(viewers["anyshire.la_officer"])


def test_new_access_replaces_the_old(give) -> None:
    give("submit_for")
    give("view")
    assert [one.level for one in Access.objects.filter(Access.in_force())] == ["view"]


def test_both_organisations_see_it_in_their_audit(give, organisations) -> None:
    give()
    event = AuditEvent.objects.get(name="access_given")
    for short in ("coldbrook", "anyshire"):
        assert f",{organisations[short].pk}," in event.organisations


@pytest.mark.parametrize("who", ["coldbrook.preparer", "coldbrook.head", "anyshire.approver"])
def test_nobody_but_its_approver_gives_or_takes_access(give, viewers, who) -> None:
    one = give()
    with pytest.raises(NotAllowed):
        revoke_access(viewer=viewers[who], access=one)


def test_an_organisation_does_not_give_itself_access(viewers, organisations) -> None:
    with pytest.raises(NotAllowed, match="sees its own"):
        give_access(
            viewer=viewers["coldbrook.approver"],
            receiver=organisations["coldbrook"],
            level="view",
            terms=Terms(),
        )
