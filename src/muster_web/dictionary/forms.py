"""The forms about proposed changes."""

from __future__ import annotations

from django import forms

from muster_web.accounts.collections import titles
from muster_web.design.fields import DateField
from muster_web.proposals.actions import LONGEST


def _text(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": "Write what you want to say"},
    )  # fmt: skip


class ProposeForm(forms.Form):
    """A change somebody wants."""

    collection = forms.ChoiceField(label="Collection", choices=lambda: list(titles().items()))
    about = forms.CharField(
        label="What it is about", required=False, max_length=120,
        help_text="An item, rule or code set as the dictionary names it, such as members.sex. Empty for something new.",
    )  # fmt: skip
    title = forms.CharField(
        label="The change in one line", max_length=120, error_messages={"required": "Say it in one line"}
    )
    text = _text(
        "What should change, and why", help_text="Everybody can read this. Name no pupil or member of staff."
    )


class SayForm(forms.Form):
    """A comment or the reason of a decision."""

    text = _text("What you want to say", help_text="Everybody can read this.")


class ConsultForm(forms.Form):
    """Until when views are asked for."""

    until = DateField(label="Last day for views")
    text = _text("What you ask", required=False)


class ReleaseForm(forms.Form):
    """In which year a change is in force."""

    year = forms.IntegerField(label="Collection year it is in force from", min_value=2000, max_value=2100)
    text = _text("Note", required=False)
