"""The tutorial and the how-to guides do what they say: every command in them is run, and prints what they show.

The universe: one practice authority of six schools, made by ``muster sample`` and built once.  The tutorial begins
with nothing; each guide begins in a fresh copy of the built authority.  In a document

    ```console
    $ muster check practice/out/returns       is a command, run here
    27 to fix, 17 to explain: ...             is what it must print; '...' on a line stands for any lines
    ```
    <!-- do: replace FILE | old | new -->     is what the reader is told to do by hand; also: do: copy FROM | TO

``MUSTER_WRITE_DOCS=1 pytest tests/journeys`` writes what the commands print now into the documents.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from muster.cli.main import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
TUTORIAL = DOCS / "tutorials" / "first-return.md"
GUIDES = [path for path in sorted((DOCS / "how-to").glob("*.md")) if "```console" in path.read_text("utf-8")]
PART = re.compile(
    r"^<!-- do: (?P<verb>\w+) (?P<what>.*?) -->$|^```console\n(?P<console>.*?)^```$", re.M | re.S
)
WRITE = bool(os.environ.get("MUSTER_WRITE_DOCS"))
# What the documents show is as wide as this, wherever the tests run.
COLUMNS = "100"
# A bar that a slow machine draws.
BAR = re.compile(r".*\[#* *\] [\d,]+ of [\d,]+")


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the practice authority, built."""
    folder = tmp_path_factory.mktemp("practice")
    assert main(["sample", str(folder / "practice"), "--schools", "6", "--quiet"]) == 0
    assert main(["build", str(folder / "practice"), "--quiet"]) == 1
    return folder


def test_the_tutorial_does_what_it_says(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", COLUMNS)
    monkeypatch.chdir(tmp_path)
    follow(TUTORIAL)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_does_what_it_says(guide, practice, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", COLUMNS)
    shutil.copytree(practice, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    follow(guide)


def follow(document: Path) -> None:
    """Do everything a document says, in order, and compare what is printed with what it shows."""
    text = document.read_text("utf-8")
    wrong: list[tuple[re.Match[str], str]] = []
    for part in PART.finditer(text):
        if part["verb"]:
            DEEDS[part["verb"]](*(word.strip() for word in part["what"].split(" | ")))
            continue
        printed = "".join(said for command in commands(part["console"]) for said in run(command))
        if not alike(part["console"], printed):
            wrong.append((part, printed))
    if WRITE:
        for part, printed in reversed(wrong):
            text = text[: part.start("console")] + cut(part["console"], printed) + text[part.end("console") :]
        document.write_text(text, "utf-8")
        return
    assert not wrong, f"{document.name} shows other than is printed:\n" + "\n".join(said for _, said in wrong)


def commands(shown: str) -> list[str]:
    """The commands of a console block."""
    return [line.removeprefix("$ ") for line in shown.splitlines() if line.startswith("$ ")]


def run(command: str) -> Iterator[str]:
    """A command as shown, then what it prints, as a person sees it: output and progress in one."""
    program, *words = shlex.split(command)
    assert program == "muster", f"only muster can be run here, not {program}"
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        main(words)
    yield f"$ {command}\n"
    yield "".join(f"{line.rstrip()}\n" for line in said.getvalue().splitlines() if not BAR.match(line))


def alike(shown: str, printed: str) -> bool:
    """Whether a block shows what was printed; a line of three dots stands for any lines."""
    lines = (r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown.splitlines())
    return re.fullmatch("".join(lines), printed) is not None


def cut(shown: str, printed: str) -> str:
    """What is printed now, with the same lines left out of the middle or the end."""
    lines, now = shown.splitlines(), printed.splitlines()
    if "..." not in lines:
        return printed
    head, tail = lines.index("..."), lines[::-1].index("...")
    return "\n".join([*now[:head], "...", *(now[-tail:] if tail else [])]) + "\n"


def replace(path: str, old: str, new: str = "") -> None:
    """Change the first such text in a file; ~ stands for a line end."""
    before, new = Path(path).read_text("utf-8"), new.replace("~", "\n")
    assert old in before, f"'{old}' is not in {path}"
    Path(path).write_text(before.replace(old, new, 1), "utf-8")


def copy(source: str, target: str) -> None:
    """Copy a file, making the folder it goes to."""
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def write(path: str, *lines: str) -> None:
    """Write the lines into a file."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text("\n".join(lines) + "\n", "utf-8")


DEEDS = {"replace": replace, "copy": copy, "write": write}
