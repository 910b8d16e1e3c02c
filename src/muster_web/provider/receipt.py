"""A receipt, for whoever holds it: what was sent, when, and whether a file is the one it vouches for."""

from __future__ import annotations

import hashlib

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from muster_web.accounts.access import open_to_everybody
from muster_web.design.forms import sent_with
from muster_web.returns.actions.deciding import is_genuine
from muster_web.returns.models import Receipt


class FileToVerify(forms.Form):
    """The file somebody holds."""

    file = forms.FileField(label="The file you hold", help_text="It is compared and not kept.")


@open_to_everybody
def receipt(request: HttpRequest, pk: object) -> HttpResponse:
    """Show a receipt; with a file, say whether it is the one that was sent."""
    found = get_object_or_404(Receipt.objects.select_related("version__subject__round"), pk=pk)
    form = FileToVerify(**sent_with(request))
    same = None
    if request.method == "POST" and form.is_valid():
        digest = hashlib.sha256()
        for chunk in form.cleaned_data["file"].chunks():
            digest.update(chunk)
        same = digest.hexdigest() == found.sha256
    told = {"receipt": found, "genuine": is_genuine(found), "form": form, "same": same}
    return render(request, "provider/receipt.html", told)
