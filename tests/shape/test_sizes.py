"""The size limits of the architecture: small files, short functions, few arguments."""

from __future__ import annotations

import statistics

from tests.shape.source import Function, functions, python_files, text_of

CODE = ("src", "bench")
# An optional argument from the third on is keyword-only.  So many functions are older than the check; the number
# may only fall.
OPTIONAL_AND_POSITIONAL = 18


def ninetieth(lengths: list[int]) -> int:
    """The length that nine in ten do not exceed."""
    return sorted(lengths)[int(len(lengths) * 0.9)]


def too_long(found: list[Function], most: int) -> list[str]:
    """Functions over a number of lines."""
    return [f"{function}: {function.length} lines" for function in found if function.length > most]


def test_files_are_small() -> None:
    lines = {path: text_of(path).count("\n") for path in python_files(*CODE, "tests")}
    assert not {path: count for path, count in lines.items() if count > 500}
    assert statistics.median(count for path, count in lines.items() if path.startswith("src")) <= 120


def test_functions_are_short() -> None:
    found = functions(*CODE)
    lengths = [function.length for function in found]
    assert statistics.median(lengths) <= 8
    assert ninetieth(lengths) <= 25
    assert not too_long(found, 60)


def test_tests_are_short() -> None:
    assert not too_long([test for test in functions("tests") if test.name.startswith("test_")], 25)


def test_arguments_are_few() -> None:
    assert not [
        f"{function}: {function.arguments}" for function in functions(*CODE) if function.arguments > 6
    ]


def test_what_is_optional_is_named_in_the_call() -> None:
    late = [f"{f}: {name}" for f in functions(*CODE) for name in f.positional[2:] if name in f.optional]
    assert len(late) <= OPTIONAL_AND_POSITIONAL, late


def test_the_table_of_sizes_is_printed(capsys) -> None:
    with capsys.disabled():
        print(
            f"\n{'':10}{'files':>7}{'median':>8}{'most':>6}{'functions':>11}{'median':>8}{'p90':>5}{'most':>6}"
        )
        for folder in ("src", "tests", "bench"):
            print(row(folder))


def row(folder: str) -> str:
    """One line of the table of sizes."""
    files = [text_of(path).count("\n") for path in python_files(folder)] or [0]
    lengths = [function.length for function in functions(folder)] or [0]
    of_files = f"{len(files):7}{statistics.median(files):8.0f}{max(files):6}"
    of_functions = f"{len(lengths):11}{statistics.median(lengths):8.0f}{ninetieth(lengths):5}{max(lengths):6}"
    return f"{folder:10}{of_files}{of_functions}"
