"""Turns data into pages: HTML by Jinja2, PDF by Typst; both work without a network and without the clock."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from muster.model.words import date_in_words

if TYPE_CHECKING:
    from jinja2 import Environment

# Jinja2 and Typst are imported where they are used, because most commands make no page and should not wait.


def html_page(template: str, **values: Any) -> bytes:
    """One self-contained HTML page; every value is escaped."""
    return _environment(escape=True).get_template(template).render(**values).encode("utf-8")


def pdf_pages(template: str, data: dict[str, Any], day: date) -> bytes:
    """A tagged PDF whose document date is ``day``, so that the same data give the same bytes."""
    import typst

    text = json.dumps(data, ensure_ascii=False)
    source = _environment(escape=False).get_template(template).render(data=text)
    stamp = int((day - date(1970, 1, 1)).total_seconds())
    made = typst.compile(source.encode("utf-8"), format="pdf", timestamp=stamp, pdf_standards=["ua-1"])
    return bytes(made)


@cache
def _environment(*, escape: bool) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["long_date"] = date_in_words
    environment.filters["typst_text"] = _typst_text
    return environment


def _typst_text(text: str) -> str:
    """The text as a Typst string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
