"""The addresses of entries for templates: ``{% load dictionary %}``."""

from __future__ import annotations

from django import template
from django.urls import reverse

from muster_web.accounts.collections import title_of

register = template.Library()


@register.simple_tag
def entry_url(collection: str, kind: str, name: str) -> str:
    """The page of an entry: ``{% entry_url "school_workforce" "item" "members.sex" %}``."""
    if kind == "item":
        table, _, item = name.partition(".")
        return reverse("dictionary_item", args=[collection, table, item])
    return reverse("dictionary_rule" if kind == "rule" else "dictionary_code_set", args=[collection, name])


@register.filter
def collection_called(name: str) -> str:
    """The title of a collection."""
    return title_of(name)
