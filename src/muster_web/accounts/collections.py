"""The collections a role or an access can be limited to, by the names and titles of the catalogue."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import tomli

ALL = "All collections"


@cache
def titles() -> dict[str, str]:
    """The title of each collection by its name."""
    found = {}
    for folder in files("muster_catalogue").iterdir():
        text = folder / "collection.toml"
        if text.is_file():
            said = tomli.loads(text.read_text(encoding="utf-8"))
            found[said["name"]] = said["title"]
    return dict(sorted(found.items(), key=lambda one: one[1]))


def title_of(name: str) -> str:
    """The title of a collection; '' stands for all of them."""
    return titles().get(name, name) if name else ALL
