"""The forms about people and access."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from muster_web.accounts.actions.granting import Terms
from muster_web.accounts.collections import ALL, title_of, titles
from muster_web.accounts.models import Access, Organisation
from muster_web.accounts.roles import GIVEN_BY, MEANS, Role
from muster_web.design.fields import DateField

_USUAL = timedelta(days=365)


def _collections() -> list[tuple[str, str]]:
    return [("", ALL), *titles().items()]


def a_year_on() -> date:
    """The last day proposed for a role: a year from now."""
    return timezone.localdate() + _USUAL


class _RoleField(forms.TypedMultipleChoiceField):
    """The roles an organisation can give, each with what it lets somebody see and do."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, organisation: Organisation, **options: Any):
        given = [role for role in Role if organisation.kind in GIVEN_BY[role]]
        super().__init__(choices=[(role.value, role.in_words) for role in given], coerce=Role, **options)
        self.choice_hints = {role.value: f"They {MEANS[role]}." for role in given}


class _OneRoleField(forms.TypedChoiceField):
    """One of the roles an organisation can give, with what it lets somebody see and do."""

    widget = forms.RadioSelect

    def __init__(self, organisation: Organisation, **options: Any):
        given = [role for role in Role if organisation.kind in GIVEN_BY[role]]
        super().__init__(choices=[(role.value, role.in_words) for role in given], coerce=Role, **options)
        self.choice_hints = {role.value: f"They {MEANS[role]}." for role in given}


class TermsForm(forms.Form):
    """For which collection, until when, and why: what every role and access is given with."""

    collection = forms.ChoiceField(label="For which collection", required=False, choices=_collections)
    ends = DateField(
        label="Last day", required=False, help_text="Leave empty to give it until further notice."
    )
    reason = forms.CharField(label="Why", max_length=300, help_text="Whoever reviews access reads this.")

    @property
    def terms(self) -> Terms:
        """What was filled in."""
        said = self.cleaned_data
        return Terms(said["collection"], said["ends"], said["reason"])


class GrantForm(TermsForm):
    """Give a member a role."""

    field_order = ("role", "collection", "ends", "reason")

    def __init__(self, organisation: Organisation, *args: Any, **options: Any):
        options.setdefault("initial", {"ends": a_year_on()})
        super().__init__(*args, **options)
        self.fields["role"] = _OneRoleField(organisation, label="Role")
        self.order_fields(self.field_order)


class InviteForm(TermsForm):
    """Invite somebody by their address."""

    field_order = ("name", "email", "roles", "collection", "ends", "reason")
    name = forms.CharField(
        label="Name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label="Email address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def __init__(self, organisation: Organisation, *args: Any, **options: Any):
        options.setdefault("initial", {"ends": a_year_on()})
        super().__init__(*args, **options)
        self.fields["roles"] = _RoleField(organisation, label="Roles")
        self.order_fields(self.field_order)


class PasswordForm(forms.Form):
    """The password of a new account."""

    password = forms.CharField(
        label="Password", required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters, such as three words that have nothing to do with each other.",
    )  # fmt: skip
    without = forms.BooleanField(label="I will use a passkey and no password", required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two is wanted."""
        said = super().clean() or {}
        if not said.get("password") and not said.get("without"):
            self.add_error("password", "Choose a password, or tick that you will use a passkey")
        return said


class AnswerForm(forms.Form):
    """Grant or refuse a request."""

    answer = forms.ChoiceField(
        label="Your answer", choices=[("yes", "Grant it"), ("no", "Refuse it")], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Reason", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed if you refuse. The person who asked reads it.",
    )  # fmt: skip


class AskForm(forms.Form):
    """Ask an organisation for a role, or for access to its returns."""

    number = forms.CharField(
        label="School or organisation", max_length=20,
        help_text="Its number, as 919/4001 for a school or 919 for an authority; its URN will do.",
    )  # fmt: skip
    what = forms.ChoiceField(
        label="What do you need?", widget=forms.RadioSelect,
        choices=[("join", "To work for it: join it with a role"), ("role", "Another role in it: I belong to it"),
                 ("access", "Access to its returns for the organisation I act for")],
    )  # fmt: skip
    role = forms.TypedChoiceField(
        label="Role", required=False, coerce=Role, empty_value=None,
        choices=[("", "None"), *((role.value, role.in_words) for role in Role if role != Role.SUPPLIER)],
        help_text="If you ask to join or for another role.",
    )  # fmt: skip
    level = forms.ChoiceField(
        label="What do you want to do?", required=False, choices=[("", "Nothing"), *Access.Level.choices],
        help_text="If you ask for access to its returns.",
    )  # fmt: skip
    collection = forms.ChoiceField(label="For which collection", required=False, choices=_collections)
    until = DateField(label="Until when", required=False)
    purpose = forms.CharField(label="What for", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_number(self) -> Organisation:
        """The organisation with this number."""
        found = _by_number(self.cleaned_data["number"].strip())
        if found is None:
            raise forms.ValidationError("There is no organisation with this number here")
        return found


def _by_number(number: str) -> Organisation | None:
    code, _, estab = number.partition("/")
    open_ones = Organisation.objects.filter(closed=None)
    if estab:
        return open_ones.filter(la_code=code, estab=estab).first()
    if len(code) == 3:
        return open_ones.filter(kind=Organisation.Kind.AUTHORITY, la_code=code).first()
    return open_ones.filter(urn=code).first()


class ObjectionForm(forms.Form):
    """Say why somebody should not be approver."""

    reason = forms.CharField(
        label="Why do you object?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class _GrantField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django has no such arguments
    """A role that somebody holds."""

    def label_from_instance(self, obj: Any) -> str:
        """Who holds which role, for which collection."""
        return f"{obj.membership.user}: {Role(obj.role).in_words}, {title_of(obj.collection).lower()}"


class _MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member of an organisation."""

    def label_from_instance(self, obj: Any) -> str:
        """The name of the member."""
        return str(obj.user)


class DelegateForm(forms.Form):
    """Lend a role to another member for a time."""

    field_order = ("grant", "to", "starts", "ends")
    starts = DateField(label="First day")
    ends = DateField(label="Last day")

    def __init__(self, grants: Any, members: Any, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["grant"] = _GrantField(grants, label="Which role", empty_label=None)
        self.fields["to"] = _MemberField(members, label="To whom", empty_label=None)
        self.order_fields(self.field_order)


class AccessForm(TermsForm):
    """Let another organisation do something with our returns."""

    field_order = ("receiver", "level", "collection", "ends", "reason")
    level = forms.ChoiceField(
        label="What may they do?", choices=Access.Level.choices, widget=forms.RadioSelect
    )

    def __init__(self, receivers: Any, *args: Any, **options: Any):
        options.setdefault("initial", {"ends": a_year_on()})
        super().__init__(*args, **options)
        self.fields["receiver"] = forms.ModelChoiceField(receivers, label="Which organisation")
        self.fields["ends"].required = True
        self.fields["ends"].help_text = "Access to returns always ends some day; it can be given again."
        self.order_fields(self.field_order)
