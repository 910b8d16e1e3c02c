"""Tags for the page on which a pupil of a file is taken over: ``{% load transfers %}``."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from muster.transferring.comparing import PupilChange
from muster.transferring.files import transfer_collection
from muster.transferring.roll import Pupil, Record
from muster_web.design.wording import long_date
from muster_web.transfers.held import day_of

register = template.Library()
_ANSWERS = (("take", "Take"), ("keep", "Keep ours"))
_RADIO = (
    '<div class="govuk-radios__item">'
    '<input class="govuk-radios__input" type="radio" id="{0}-{1}" name="{0}" value="{1}"{3}>'
    '<label class="govuk-label govuk-radios__label" for="{0}-{1}">{2}<span class="govuk-visually-hidden"> of {4}</span>'
    "</label></div>"
)
_RADIOS = (
    '<fieldset class="govuk-fieldset"><legend class="govuk-visually-hidden">{}</legend>{}'
    '<div class="govuk-radios govuk-radios--inline govuk-radios--small" data-module="govuk-radios">{}</div></fieldset>'
)


@register.simple_tag
def choice(name: str, title: str, proposal: str, said: Mapping[str, str], why: str) -> SafeString:
    """Take it or keep ours: what is proposed is chosen beforehand, what is asked about is not."""
    chosen = said.get(name) or ("take" if proposal == "take" else "")
    rows = [
        (name, value, words, SafeString(" checked") if chosen == value else "", title)
        for value, words in _ANSWERS
    ]
    hint = format_html('<div class="govuk-hint">{}</div>', f"{why[:1].upper()}{why[1:]}.") if why else ""
    return format_html(_RADIOS, title, hint, format_html_join("", _RADIO, rows))


@register.filter
def called(pupil: Pupil) -> str:
    """The name of somebody on roll."""
    return f"{pupil.get('forename')} {pupil.get('surname')}"


@register.filter
def born(pupil: Pupil) -> str:
    """The birth date of somebody on roll, in words."""
    day = day_of(pupil.get("birth_date"))
    return long_date(day) if day else "on a day that is not known"


@register.filter
def in_words(record: Record) -> str:
    """What a record says, item by item."""
    items = transfer_collection().tables[record.table].items
    return "; ".join(f"{items[name].title}: {text}" for name, text in record.values.items() if name in items)


@register.filter
def unchanged(change: PupilChange) -> list[str]:
    """What stays as it is held, because the file says the same or nothing."""
    said = [f"{one.title}: {one.ours}" for one in change.items if one.proposal == "keep"]
    return said + [f"{one.record} {one.name}" for one in change.records if one.proposal == "keep"]
