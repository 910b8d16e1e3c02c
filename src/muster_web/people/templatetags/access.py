"""Filters that say roles, collections and times of grants in words: ``{% load access %}``."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils import timezone

from muster_web.accounts.collections import title_of
from muster_web.accounts.models import Grant, ReviewLine
from muster_web.accounts.roles import Role
from muster_web.design.wording import long_date

register = template.Library()
register.filter("collection_title", title_of)


@register.filter
def role_title(name: str) -> str:
    """The title of a role by its name; '' for none."""
    return Role(name).in_words if name else ""


@register.filter
def in_time(grant: Grant) -> str:
    """When a role holds, after a comma: from a day still to come, until a day, lent by whom; '' for no limit."""
    said = ""
    if grant.starts > timezone.localdate():
        said += f", from {long_date(grant.starts)}"
    if grant.ends:
        said += f", until {long_date(grant.ends)}"
    if grant.delegated_from:
        said += f", lent by {grant.delegated_from.membership.user}"
    return said


@register.filter
def kept(lines: Iterable[ReviewLine]) -> int:
    """How many lines of a review keep their role."""
    return sum(line.kept for line in lines)
