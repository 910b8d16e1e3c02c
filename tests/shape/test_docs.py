"""The documents speak of what exists: links, commands, options, targets, paths, and every folder in the map."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from functools import cache

import pytest

from muster.catalogue import CATALOGUE, load_collection
from muster.cli.main import parser
from muster.model import Collection
from tests.shape.source import REPOSITORY, committed, python_files, text_of

PAGES = [path for path in committed() if path.endswith(".md") and "/effective/" not in path]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.M | re.S)
SAID_IN_CODE = re.compile(r"'(muster [a-z][^'\n]*)'")
A_PATH = re.compile(r"^(src|tests|docs|bench|requirements)/[\w./-]*$")
TOP_FOLDERS = {path.split("/")[0] for path in committed() if "/" in path and not path.startswith(".")}


def written_code(page: str) -> Iterator[str]:
    """Every piece of code of a page: spans, and the lines of fenced blocks."""
    text = text_of(page)
    yield from SPAN.findall(FENCED.sub("", text))
    for block in FENCED.findall(text):
        yield from block.splitlines()


def commands_of(page: str) -> Iterator[list[str]]:
    """The words after ``muster`` wherever a page shows the command."""
    for code in written_code(page):
        code = code.strip().removeprefix("$ ").removeprefix(".venv/bin/")
        if re.match(r"muster( --?\w| [a-z]|$)", code):
            yield words_of(code)


def words_of(code: str) -> list[str]:
    """The words of a command after its name, up to the gap before a remark."""
    command = re.split(r"\s{2,}|\s#", code.strip())[0]
    return shlex.split(command.replace("…", ""))[1:]


@cache
def options() -> dict[str, frozenset[str]]:
    """The options of every command ('check') and action ('rules list'), and under '' those of muster itself."""
    found: dict[str, frozenset[str]] = {}

    def note(name: str, one: argparse.ArgumentParser) -> None:
        found[name] = frozenset(word for action in one._actions for word in action.option_strings)
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                for below, its in action.choices.items():
                    note(f"{name} {below}".strip(), its)

    note("", parser())
    return found


def wrong_in(words: list[str]) -> str:
    """What of a command does not exist, or ''."""
    name = ""
    while words and f"{name} {words[0]}".strip() in options():
        name = f"{name} {words[0]}".strip()
        words = words[1:]
    acts = [known for known in options() if name and known.startswith(f"{name} ")]
    if words and (not name or acts) and not words[0].startswith("-"):
        return f"there is no 'muster {name} {words[0]}'".replace("  ", " ")
    unknown = [
        word for word in words if re.match(r"--\w", word) and word.split("=")[0] not in options()[name]
    ]
    return f"'muster {name}' has no {unknown[0]}" if unknown else ""


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    here = (REPOSITORY / page).parent
    links = [link for link in LINK.findall(text_of(page)) if not re.match(r"[a-z]+:", link)]
    assert not [link for link in links if not (here / link).exists()]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_exists(page: str) -> None:
    wrong = [f"{' '.join(words)}: {fault}" for words in commands_of(page) if (fault := wrong_in(words))]
    assert not wrong, wrong


@pytest.mark.parametrize("page", PAGES)
def test_every_option_of_a_page_exists(page: str) -> None:
    everywhere = frozenset().union(*options().values())
    named = {code.split()[0].split("=")[0] for code in SPAN.findall(text_of(page)) if code.startswith("--")}
    assert named <= everywhere, named - everywhere


def test_every_command_in_a_message_exists() -> None:
    wrong = [
        f"{path}: {fault}"
        for path in python_files("src")
        for said in SAID_IN_CODE.findall(text_of(path))
        if (fault := wrong_in(words_of(said)))
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("page", PAGES)
def test_every_target_and_path_of_a_page_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.M))
    asked = {m[1] for code in written_code(page) if (m := re.match(r"make ([a-z-]+)", code.strip()))}
    assert asked <= targets, asked - targets
    paths = {code for code in SPAN.findall(text_of(page)) if A_PATH.match(code)}
    assert not [path for path in paths if not (REPOSITORY / path).exists()]


def test_the_glossary_is_in_alphabetical_order() -> None:
    terms = re.findall(r"^\*\*(.+?)\*\*:", text_of("GLOSSARY.md"), re.M)
    assert len(terms) > 100
    assert terms == sorted(terms, key=lambda term: term.casefold())


def test_the_map_of_the_readme_names_every_folder() -> None:
    named = set(re.findall(r"^\| `([\w/]+?)/` \|", text_of("README.md"), re.M))
    packages = {path.parent.name for path in (REPOSITORY / "src" / "muster").glob("*/__init__.py")}
    assert {f"src/muster/{name}" for name in packages} <= named
    assert {f"src/{path.name}" for path in (REPOSITORY / "src").glob("muster_*")} <= named
    assert {name.split("/")[0] for name in named} >= TOP_FOLDERS
    assert not [name for name in named if not (REPOSITORY / name).is_dir()]


@pytest.mark.parametrize("index", ["docs/README.md", "docs/adr/README.md"])
def test_an_index_names_every_page_below_it(index: str) -> None:
    folder = (REPOSITORY / index).parent
    listed = {(folder / link).resolve() for link in LINK.findall(text_of(index))}
    pages = {page for page in folder.rglob("*.md") if page.name != "README.md"}
    if index == "docs/README.md":
        pages = {page for page in pages if page.parent.name != "adr"}
    assert pages <= listed, [page.name for page in pages - listed]


def test_the_readme_counts_the_rules_as_they_are(collection: Collection) -> None:
    rules = collection.rules_in(2025)
    text = " ".join(text_of("README.md").split())
    assert f"Of the {len(rules)} rules of 2025, {sum(r.provisional for r in rules)} are marked" in text
    assert f"validate {len(rules)} rules for 2025" in text


def test_the_changelog_begins_with_the_version_there_is() -> None:
    first = re.search(r"^## (\S+), ", text_of("CHANGELOG.md"), re.M)
    version = re.search(r'^version = "(.+)"', text_of("pyproject.toml"), re.M)
    assert first and version and first[1] == version[1]


A_COLLECTION = re.compile(r"^\| ([^|\n]+) \| (\d{4}) to (\d{4}) \| (\d+) \| (\d+) \|", re.M)


def test_the_front_page_counts_years_and_rules_as_the_catalogue_does() -> None:
    written = {
        title: tuple(map(int, figures)) for title, *figures in A_COLLECTION.findall(text_of("README.md"))
    }
    assert written == {one.title: _figures(one) for one in _collections()}


def _collections() -> list[Collection]:
    return [load_collection(folder.parent.name) for folder in CATALOGUE.glob("*/collection.toml")]


def _figures(collection: Collection) -> tuple[int, int, int, int]:
    first, last = collection.years[0], collection.years[-1]
    rules = collection.rules_in(last)
    return first, last, len(rules), sum(rule.provisional for rule in rules)
