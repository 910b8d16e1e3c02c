"""The addresses of the API; each but the public ones asks for a token by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, path, re_path

from muster_web.accounts.access import open_to_machines
from muster_web.api.problems import nothing_here, speaking_problems
from muster_web.api.service import api


def _patterns(found: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one


_api = path("", api.urls)
for _pattern in _patterns([_api]):
    _pattern.callback = open_to_machines(speaking_problems(_pattern.callback))
urlpatterns: list[URLPattern | URLResolver] = [_api, re_path("", open_to_machines(nothing_here))]
