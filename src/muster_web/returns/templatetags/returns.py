"""Filters for the names the service keeps: ``{% load returns %}``."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def in_words(name: str) -> str:
    """The name of an event or an item as words: ``return_sent_back`` is Return sent back."""
    return str(name).replace("_", " ").capitalize()
