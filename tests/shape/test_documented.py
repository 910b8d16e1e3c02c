"""Every module and every public name says in a whole sentence what it is."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.shape.source import python_files, text_of

MODULES = [
    ".".join(Path(path).relative_to("src").with_suffix("").parts).removesuffix(".__init__")
    for path in python_files("src")
    if text_of(path).strip() and not path.endswith("__main__.py")  # which would run
]


def public(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The public functions and classes a module defines, and the methods of the classes."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(thing) or inspect.isclass(thing):
            yield name, thing
        if inspect.isclass(thing):
            yield from methods(thing)


def methods(of_class: type) -> Iterator[tuple[str, object]]:
    """The public methods and properties a class defines itself, not those that Django puts into it."""
    for name, thing in vars(of_class).items():
        if not name.startswith("_") and (
            inspect.isfunction(thing) or isinstance(thing, property | classmethod)
        ):
            written = getattr(thing, "fget", None) or getattr(thing, "__func__", thing)
            if written.__module__ == of_class.__module__:
                yield f"{of_class.__name__}.{name}", getattr(of_class, name)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_and_its_public_names_are_documented(name: str) -> None:
    module = importlib.import_module(name)
    said = {"(module)": module.__doc__, **{name: inspect.getdoc(thing) for name, thing in public(module)}}
    silent = [name for name, text in said.items() if not text]
    assert not silent, silent
    unfinished = [n for n, text in said.items() if text and text.split("\n\n")[0].rstrip()[-1] not in ".:?"]
    assert not unfinished, unfinished
