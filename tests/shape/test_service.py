"""What the architecture promises of the service: pages write nothing, and each page is one module with its template."""

from __future__ import annotations

import ast
import re

import pytest

from tests.shape.source import REPOSITORY, python_files, text_of, tree_of

PAGES = ("provider", "authority", "collector", "people", "governance", "plans", "api")
MODULES = [path for app in PAGES for path in python_files(f"src/muster_web/{app}")]
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
# What has such a method and is no table: sessions, digests, dictionaries, sets.
NO_TABLES = re.compile(
    r"session|digest|hash|dict|headers|context|told|found|seen|values|parts", re.IGNORECASE
)


def writes_in(path: str) -> list[str]:
    """The calls of a page module that would write to the database."""
    return [
        f"{path}:{node.lineno} {ast.unparse(node.func)}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not NO_TABLES.search(ast.unparse(node.func.value))
    ]


@pytest.mark.parametrize("path", MODULES)
def test_a_page_writes_nothing(path: str) -> None:
    assert not writes_in(path)


def test_the_check_finds_a_write(tmp_path) -> None:
    page = tmp_path / "page.py"
    page.write_text("def page(request):\n    Return.objects.filter(pk=1).update(state='approved')\n")
    assert len(writes_in(str(page))) == 1


@pytest.mark.parametrize("app", PAGES)
def test_every_template_of_an_app_is_shown_by_one_of_its_pages(app: str) -> None:
    folder = REPOSITORY / "src" / "muster_web" / app / "templates" / app
    names = {path.stem for path in folder.glob("*.html") if not path.stem.startswith("_")}
    said = " ".join(text_of(path) for path in python_files(f"src/muster_web/{app}"))
    unused = [name for name in names if f"{app}/{name}.html" not in said and f'"{name}"' not in said]
    assert not unused
