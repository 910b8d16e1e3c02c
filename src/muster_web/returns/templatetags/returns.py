"""Filters for the names the service keeps: ``{% load returns %}``."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def in_words(name: str) -> str:
    """The name of an event or an item as words: ``return_sent_back`` is Return sent back."""
    return str(name).replace("_", " ").capitalize()


@register.filter
def value_of(values: Mapping[str, str], name: str) -> str:
    """The value under a name, '' where there is none: ``{{ came|value_of:item }}``."""
    return values.get(name, "")
