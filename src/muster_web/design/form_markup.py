"""Turns a bound Django field into the component that shows it, with its label, hint and error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from muster_web.design.fields import PARTS, DateParts

# Attributes of Django's widgets that the components write by themselves, from other parameters.
OWN = frozenset({"id", "class", "aria-describedby", "aria-invalid", "required", "rows", "cols"})
LABEL_SIZES = ("s", "m", "l", "xl")


def described(field: BoundField, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The component for a field and its parameters; options are those of the tag and win over the form's."""
    own = dict(options)
    size = own.pop("label_size", "")
    heading = own.pop("heading", False)
    label = own.pop("label", field.label)
    inline = own.pop("inline", False)
    shared = {**_hint(field, own.pop("hint", None)), **_error(field)}
    if size and size not in LABEL_SIZES:
        raise ValueError(f"label_size is one of {', '.join(LABEL_SIZES)}, not '{size}'")
    name, params = _component(field, str(label), _Title(size, bool(heading)))
    if inline:
        own["classes"] = f"govuk-{name}--inline {own.get('classes', '')}".strip()
    return name, {**params, **shared, **own}


class _Title:
    """How large a label or a legend is, and whether it is the heading of the page."""

    def __init__(self, size: str, heading: bool) -> None:
        self.size, self.heading = size, heading

    def label(self, text: str) -> dict[str, Any]:
        return {"label": self._of("label", text)}

    def legend(self, text: str) -> dict[str, Any]:
        return {"fieldset": {"legend": self._of("fieldset__legend", text)}}

    def _of(self, block: str, text: str) -> dict[str, Any]:
        classes = f"govuk-{block}--{self.size}" if self.size else ""
        return {"text": text, "classes": classes, "isPageHeading": self.heading}


def _component(field: BoundField, label: str, title: _Title) -> tuple[str, dict[str, Any]]:
    widget = field.field.widget
    if isinstance(widget, DateParts):
        return "date-input", {**title.legend(label), "id": _id(field), "items": list(_boxes(field))}
    if isinstance(widget, forms.RadioSelect):
        # To Django, several boxes to tick are a kind of radio buttons.
        kind = "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios"
        params = {"name": field.html_name, "idPrefix": _id(field), "items": list(_choices(field))}
        return kind, {**title.legend(label), **params}
    if isinstance(widget, forms.CheckboxInput):
        return "checkboxes", _single_checkbox(field, label)
    return _box(field, {**title.label(label), **_named(field)})


def _box(field: BoundField, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Fields of one box: what is typed, chosen from a list, or uploaded."""
    widget, value = field.field.widget, field.value()
    if isinstance(widget, forms.Select):
        return "select", {**params, "items": list(_options(field))}
    if isinstance(widget, forms.FileInput):
        return "file-upload", {**params, "multiple": bool(widget.allow_multiple_selected)}
    shown = "" if value is None else str(value)
    if isinstance(widget, forms.Textarea):
        return "textarea", {**params, "value": shown, "rows": str(widget.attrs.get("rows", 5))}
    if isinstance(widget, forms.PasswordInput):
        # A password goes back to nobody, not even to who typed it.
        autocomplete = widget.attrs.get("autocomplete", "current-password")
        return "password-input", {**params, "value": "", "autocomplete": autocomplete}
    kind = "text" if widget.input_type == "number" else str(getattr(widget, "input_type", "text"))
    inputmode = (
        "numeric" if isinstance(field.field, forms.IntegerField) else widget.attrs.get("inputmode", "")
    )
    more = {"autocomplete": widget.attrs.get("autocomplete", ""), "inputmode": inputmode}
    return "input", {**params, "value": shown, "type": kind, **{k: v for k, v in more.items() if v}}


def _named(field: BoundField) -> dict[str, Any]:
    # A placeholder that repeats the label is taken for something already filled in.
    known = OWN | {"autocomplete", "inputmode", "type", "placeholder"}
    attributes = {key: value for key, value in field.field.widget.attrs.items() if key not in known}
    maximum = getattr(field.field, "max_length", None)
    if maximum and isinstance(field.field, forms.CharField):
        attributes.setdefault("maxlength", maximum)
    disabled = {"disabled": True} if field.field.disabled else {}
    return {"name": field.html_name, "id": _id(field), "attributes": attributes, **disabled}


def _id(field: BoundField) -> str:
    """The id of a field; that of a choice is the id of its first button, without Django's number."""
    return str(field.auto_id or field.html_name)


def target(field: BoundField) -> str:
    """The id that a link to the field leads to, so that following it moves the focus there."""
    return f"{_id(field)}_{PARTS[0]}" if isinstance(field.field.widget, DateParts) else _id(field)


def _boxes(field: BoundField) -> Iterator[dict[str, Any]]:
    value = field.value()
    if isinstance(value, dt.date):
        value = (value.day, value.month, value.year)
    for at, part in enumerate(PARTS):
        typed = str(value[at]) if value else ""
        wide = "govuk-input--width-4" if part == "year" else "govuk-input--width-2"
        wrong = " govuk-input--error" if field.errors else ""
        mode = {"inputmode": "text"} if part == "month" and typed.isalpha() else {}
        yield {
            "name": f"{field.html_name}_{part}", "id": f"{_id(field)}_{part}", "label": part.capitalize(),
            "value": typed, "classes": wide + wrong, **mode,
        }  # fmt: skip


def _chosen(field: BoundField) -> frozenset[str]:
    value = field.value()
    given = value if isinstance(value, list | tuple | set) else [value]
    return frozenset("" if one is None else str(one) for one in given)


def _choices(field: BoundField) -> Iterator[dict[str, Any]]:
    chosen = _chosen(field)
    hints: Mapping[str, str] = getattr(field.field, "choice_hints", {})
    for value, text in _flat(field.field.widget.choices):
        hint = {"hint": {"text": hints[str(value)]}} if str(value) in hints else {}
        yield {"value": str(value), "text": str(text), "checked": str(value) in chosen, **hint}


def _options(field: BoundField) -> Iterator[dict[str, Any]]:
    chosen = _chosen(field)
    for value, text in _flat(field.field.widget.choices):
        yield {"value": str(value), "text": str(text), "selected": str(value) in chosen}


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Choices without groups: the components have none, so that a group's name goes before each of its choices."""
    for value, text in choices:
        if isinstance(text, list | tuple):
            yield from ((inner, f"{value}: {name}") for inner, name in text)
        else:
            yield value, str(text)


def _single_checkbox(field: BoundField, label: str) -> dict[str, Any]:
    """One box to tick is its own label: it needs no legend."""
    item = {"value": "on", "text": label, "checked": bool(field.value())}
    return {"name": field.html_name, "idPrefix": _id(field), "items": [item]}


def _hint(field: BoundField, given: Any) -> dict[str, Any]:
    text = field.help_text if given is None else given
    return {"hint": {"text": str(text)}} if text else {}


def _error(field: BoundField) -> dict[str, Any]:
    return {"errorMessage": {"text": " ".join(error_texts(field))}} if field.errors else {}


def error_texts(field: BoundField) -> list[str]:
    """What is wrong with a field; of one left empty by its name, as "this field" says nothing in a summary."""
    said = zip(field.errors.as_data(), field.errors, strict=True)
    standard = str(forms.Field.default_error_messages["required"])
    return [
        _missing(field) if error.code == "required" and str(text) == standard else str(text)
        for error, text in said
    ]


def _missing(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick ‘{field.label}’ to go on"
    if isinstance(widget, forms.Select | forms.RadioSelect):
        return f"Nothing is chosen for ‘{field.label}’"
    return f"{field.label} is missing"


def error_links(form: forms.BaseForm | forms.BaseFormSet[Any]) -> list[dict[str, Any]]:
    """Every error of a form or a set of forms as a line of its summary; first those of the whole, without a link."""
    if not form.is_bound:
        return []
    if isinstance(form, forms.BaseFormSet):
        whole = [{"text": str(text)} for text in form.non_form_errors()]
        return whole + [link for one in form.forms for link in error_links(one)]
    whole = [{"text": str(text)} for text in form.non_field_errors()]
    hidden = [{"text": text} for field in form.hidden_fields() for text in error_texts(field)]
    shown = [
        {"text": text, "href": f"#{target(field)}"}
        for field in form.visible_fields()
        for text in error_texts(field)
    ]
    return whole + hidden + shown
