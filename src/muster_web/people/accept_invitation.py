"""Follow the link of an invitation: say what it is for, set a password or choose a passkey, and come in."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from muster_web.accounts.access import open_to_everybody
from muster_web.accounts.actions.inviting import LinkOver, accept, open_invitation
from muster_web.accounts.collections import title_of
from muster_web.accounts.models import Invitation, User
from muster_web.accounts.roles import MEANS, Role
from muster_web.people.forms import PasswordForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@open_to_everybody
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what the link is for, and accept it when it is posted."""
    try:
        invitation = open_invitation(secret)
        if invitation.user.status == User.Status.ACTIVE:
            return _join(request, secret, invitation)
        return _new(request, secret, invitation)
    except LinkOver as why:
        return render(request, "people/link_over.html", {"why": why}, status=410)


def _new(request: HttpRequest, secret: str, invitation: Invitation) -> HttpResponse:
    """Somebody without an account."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept(secret=secret, password=form.cleaned_data["password"] or None)
        except ValidationError as wrong:
            form.add_error("password", wrong)
        else:
            return _come_in(request, user, passkey=form.cleaned_data["without"])
    return render(request, "people/accept_invitation.html", {"form": form, **_shown(invitation)})


def _come_in(request: HttpRequest, user: User, *, passkey: bool) -> HttpResponse:
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="invitation")
    messages.success(request, "Your account is ready.")
    return redirect("mfa_add_webauthn" if passkey else "account")


def _join(request: HttpRequest, secret: str, invitation: Invitation) -> HttpResponse:
    """Somebody with an account already: they have to be signed in with it."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        accept(secret=secret, by=request.user)
        request.session["organisation"] = invitation.organisation_id
        messages.success(request, f"You now belong to {invitation.organisation}.")
        return redirect("account")
    return render(request, "people/accept_invitation.html", {"form": None, **_shown(invitation)})


def _shown(invitation: Invitation) -> dict[str, object]:
    roles = [(Role(name), collection) for name, collection in invitation.roles if name]
    means = [(role.in_words, MEANS[role], title_of(collection)) for role, collection in roles]
    return {"invitation": invitation, "means": means}
