"""Filters for dates, counts, schools and numbers: ``{% load wording %}``."""

from __future__ import annotations

from django import template

from muster_web.design import wording

register = template.Library()

register.filter("long_date", wording.long_date)
register.filter("date_time", wording.date_time)
register.filter("thousands", wording.thousands)
register.filter("school_number", wording.school_number)


@register.filter
def counted(number: int, noun: str) -> str:
    """A number with its noun: ``{{ n|counted:"error" }}``, ``{{ n|counted:"person,people" }}``."""
    singular, _, plural = noun.partition(",")
    return wording.counted(number, singular, plural=plural)
