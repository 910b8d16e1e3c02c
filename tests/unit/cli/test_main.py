"""The command line itself: help, wrong words, completion, and how little is imported to start."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.command import muster, refused

from muster.cli.main import COMMANDS

HEAVY = (
    "duckdb",
    "pyarrow",
    "sqlglot",
    "jinja2",
    "typst",
    "lxml",
    "xlsxwriter",
    "python_calamine",
    "rich",
    "shtab",
)
STARTED = """
import sys
from muster.cli import main
try:
    main({words})
except SystemExit:
    pass
print(sorted(set({heavy}) & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize("words", [["--help"], ["chek"], ["explain", "4100Q"]])
def test_a_command_that_reads_no_data_imports_nothing_heavy(words: list[str]) -> None:
    program = STARTED.format(words=words, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_help_names_every_command_and_every_command_has_help() -> None:
    said = muster("--help")
    assert said.code == 0 and all(f"\n    {name} " in said.out for name in COMMANDS)
    for name in COMMANDS:
        one = muster(name, "--help")
        assert one.code == 0 and "--json" in one.out and "--quiet" in one.out


@pytest.mark.parametrize(("wrong", "right"), [("chek", "check"), ("biuld", "build"), ("sampel", "sample")])
def test_a_wrong_command_is_met_with_the_nearest(wrong: str, right: str) -> None:
    assert refused(wrong).startswith(f"there is no command '{wrong}'; did you mean '{right}'?")
    assert refused(wrong, "file.xml", "--all")


@pytest.mark.parametrize("words", [[], ["check", "--no-such-option"], ["template"]])
def test_missing_or_unknown_words_end_with_exit_code_2_and_the_usage(words: list[str]) -> None:
    said = muster(*words)
    assert said.code == 2 and "usage: muster" in said.err and not said.out


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete "), ("zsh", "#compdef"), ("tcsh", "complete ")]
)
def test_a_completion_script_is_printed_for_each_shell(shell: str, mark: str) -> None:
    said = muster("--print-completion", shell)
    assert said.code == 0 and mark in said.out and "check" in said.out


def test_a_collection_nobody_knows_is_met_with_the_nearest() -> None:
    told = refused("template", "--collection", "school_workfroce", "out.xlsx")
    assert "did you mean 'school_workforce'?" in told


def test_a_closed_pipe_is_no_fault() -> None:
    command = f"{sys.executable} -m muster.cli rules list | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1 and "Traceback" not in done.stderr
