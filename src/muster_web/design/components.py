"""The components of GOV.UK Frontend as functions from parameters to markup.

What is text is escaped, always. What is markup (parameters named ``html`` or ``…Html``) is let through only when
it is known to be safe already: rendered by a template, or put together by ``format_html``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import govuk_frontend_jinja
import jinja2
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

TEMPLATES = Path(govuk_frontend_jinja.__file__).parent / "templates"
# Names and values of attributes are as the page wrote them: nothing in them is renamed.
LEFT_AS_THEY_ARE = frozenset({"attributes"})
# GOV.UK's own, with the crown; and what our styles leave out.
NOT_OURS = frozenset({"header", "footer", "cookie-banner", "exit-this-page"})

Params = Mapping[str, Any]


class UnknownComponent(ValueError):
    """There is no component of this name; the text names the nearest that there is."""


def component(name: str, params: Params) -> SafeString:
    """The markup of a component, such as "button" or "error-summary", with parameters in snake or camel case."""
    # The macros escape; they are the only place that vouches for markup.
    return mark_safe(str(_macro(name)(_cleaned(params))).strip())


@cache
def names() -> frozenset[str]:
    """The names of all components that may be shown on a site that is not GOV.UK."""
    return frozenset(path.parent.name for path in TEMPLATES.glob("components/*/macro.html")) - NOT_OURS


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.FileSystemLoader(TEMPLATES)})
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.Undefined)


@cache
def _macro(name: str) -> Any:
    if name not in names():
        near = difflib.get_close_matches(name, names(), 1)
        meant = f"; did you mean '{near[0]}'?" if near else f"; there are {', '.join(sorted(names()))}"
        raise UnknownComponent(f"there is no component '{name}'{meant}")
    module = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html").module
    return getattr(module, "govuk" + "".join(word.capitalize() for word in name.split("-")))


def _cleaned(params: Params) -> dict[str, Any]:
    return {
        camel(key): _plain(value) if key in LEFT_AS_THEY_ARE else _value(camel(key), value)
        for key, value in params.items()
    }


def _value(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return _cleaned(cast(Params, value))
    if isinstance(value, list | tuple):
        return [_value(key, one) for one in value]
    if isinstance(value, str) and (key == "html" or key.endswith("Html")):
        return conditional_escape(value)
    return _plain(value)


def _plain(value: Any) -> Any:
    """A text that claims to be safe loses the claim: Django gives it to every literal of a template."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, bool | int | float | None):
        return value
    return str.__str__(value) if isinstance(value, str) else str(value)


def camel(name: str) -> str:
    """A name in camel case, as the components want it: ``summary_text`` is ``summaryText``."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


def nested(flat: Params) -> dict[str, Any]:
    """Parameters whose names have two underscores, as the parts of others: ``label__text`` in ``label``."""
    whole: dict[str, Any] = {}
    for key, value in flat.items():
        *outer, last = key.split("__")
        place = whole
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = value
    return whole
