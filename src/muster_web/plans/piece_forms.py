"""What is asked of a piece of a plan, by the page that adds one and the page that changes one."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from muster.performance.plan import LEVELS
from muster_web.performance.models import Piece
from muster_web.performance.queries.pieces import Spot, links_told

_REFS = re.compile(r"[,;\s]+")


class PieceForm(forms.Form):
    """A piece of a plan in the words of its page."""

    ref = forms.CharField(label="Reference", max_length=40, help_text="For example, 1.1.3")
    title = forms.CharField(label="Title", widget=forms.Textarea(attrs={"rows": 2}), max_length=1_000)
    owner = forms.CharField(
        label="Owner", max_length=120, required=False,
        help_text="An office, such as Head of people. Without one it is that of what is around it.",
    )  # fmt: skip
    due = forms.CharField(
        label="Due", max_length=120, required=False,
        help_text="A day, such as 30 November 2026, makes it a milestone. Anything else is kept as it is written.",
    )  # fmt: skip
    evidence = forms.CharField(
        label="Evidence", widget=forms.Textarea(attrs={"rows": 2}), max_length=2_000, required=False,
        help_text="What shows that it is done",
    )  # fmt: skip
    depends_on = forms.CharField(
        label="Depends on", max_length=300, required=False, help_text="References, such as 1.1.1, 1.2"
    )
    mentions = forms.CharField(label="Mentions", max_length=300, required=False)
    details = forms.CharField(
        label="Details", widget=forms.Textarea(attrs={"rows": 3}), max_length=5_000, required=False,
        help_text="One on each line",
    )  # fmt: skip

    @property
    def said(self) -> dict[str, Any]:
        """The fields of the piece by name."""
        cleaned = self.cleaned_data
        links = [
            {"relation": relation, "to": ref}
            for relation, name in (("depends on", "depends_on"), ("mentions", "mentions"))
            for ref in _REFS.split(cleaned[name])
            if ref
        ]
        details = [line.strip() for line in cleaned["details"].splitlines() if line.strip()]
        plain = {name: cleaned[name] for name in ("ref", "title", "owner", "due", "evidence")}
        return {**plain, "links": links, "details": details}


def initial_of(piece: Piece) -> dict[str, Any]:
    """A piece as its form shows it."""
    return {
        **{name: getattr(piece, name) for name in ("ref", "title", "owner", "due", "evidence")},
        "depends_on": links_told(piece, "depends on"),
        "mentions": links_told(piece, "mentions"),
        "details": "\n".join(piece.details),
    }


class NewPieceForm(PieceForm):
    """A piece that is not in the plan yet: its level too, and below what it comes last."""

    level = forms.ChoiceField(label="What is it?", choices=[(one, one.capitalize()) for one in LEVELS])
    below = forms.ChoiceField(label="Below", required=False)
    field_order = ("level", "below")

    def __init__(self, pieces: list[Piece], **sent: Any) -> None:
        super().__init__(**sent)
        held = [(str(one.pk), str(one)) for one in pieces if one.level != LEVELS[-1]]
        self.fields["below"].choices = [("", "Nothing: it stands at the top"), *held]  # type: ignore[attr-defined]


class SpotForm(forms.Form):
    """Where a piece is put."""

    spot = forms.ChoiceField(label="Put it", help_text="Everything below it moves with it")

    def __init__(self, spots: dict[str, Spot], **sent: Any) -> None:
        super().__init__(**sent)
        self.fields["spot"].choices = [(key, str(one)) for key, one in spots.items()]  # type: ignore[attr-defined]


class ClosingForm(forms.Form):
    """Why a piece is closed."""

    why = forms.CharField(
        label="Why is it closed?",
        max_length=300,
        help_text="What was reached, or why it is no longer pursued",
    )
