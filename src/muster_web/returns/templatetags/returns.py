"""Filters for the names the service keeps: ``{% load returns %}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from muster_web.accounts.viewer import SYSTEM, Viewer

register = template.Library()


@register.filter
def in_words(name: str) -> str:
    """The name of an event or an item as words: ``return_sent_back`` is Return sent back."""
    return str(name).replace("_", " ").capitalize()


@register.filter
def author(said: Any) -> str:
    """Who wrote, sent or changed something: a person by name, a machine, or Muster by itself."""
    if said.by:
        return str(said.by)
    return "Muster" if getattr(said, "service", "machine") in ("", SYSTEM.service) else "a machine"


@register.filter
def value_of(values: Mapping[Any, str], name: object) -> str:
    """The value under a name, '' where there is none: ``{{ came|value_of:item }}``."""
    return values.get(name, "")


@register.filter
def holds(viewer: Viewer, roles: str) -> bool:
    """Whether a viewer holds one of some roles: ``{{ viewer|holds:"la_officer la_approver" }}``."""
    return bool(viewer.roles & set(roles.split()))
