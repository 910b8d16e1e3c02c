"""Runs the command as a user does and keeps what it said."""

from __future__ import annotations

import io
import json
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from muster.cli import main


@dataclass(frozen=True)
class Said:
    """What one run of the command answered."""

    code: int
    out: str
    err: str

    @property
    def first_line(self) -> str:
        """The first line on standard output."""
        return self.out.partition("\n")[0]

    @property
    def json(self) -> Any:
        """The answer for machines."""
        return json.loads(self.out)

    @property
    def fingerprints(self) -> set[str]:
        """The findings of an answer in JSON, each by its fingerprint."""
        return {one["fingerprint"] for one in self.json["findings"]}


@dataclass(frozen=True)
class Answer:
    """What ``muster check --json`` found and what became of each rule."""

    findings: list[dict[str, Any]]
    rules: dict[str, tuple[str, str]]

    @property
    def codes(self) -> dict[str, int]:
        """How often each code was found."""
        return dict(Counter(one["code"] for one in self.findings))

    def of(self, code: str) -> list[dict[str, Any]]:
        """The findings of one code."""
        return [one for one in self.findings if one["code"] == code]


def answer_of(said: Said) -> Answer:
    """The answer of a check that could be made and in which no rule broke."""
    assert said.code in (0, 1), said.err
    found = said.json
    return Answer(found["findings"], {one["rule"]: (one["outcome"], one["reason"]) for one in found["rules"]})


def muster(*words: str | Path) -> Said:
    """Run ``muster WORDS`` in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(word) for word in words])
        except SystemExit as stopped:  # argparse, for words it does not understand
            code = int(stopped.code or 0)
    return Said(code, out.getvalue(), err.getvalue())


def refused(*words: str | Path) -> str:
    """The one message of a command that could not run: exit code 2, no traceback, no temporary path."""
    said = muster(*words)
    assert said.code == 2, f"ended with {said.code}: {said.out}{said.err}"
    assert said.err.startswith("muster: "), said.err
    assert said.err.count("\n") == 1, f"more than one message: {said.err}"
    assert "Traceback" not in said.err
    assert "/muster-" not in said.err, f"names a temporary folder: {said.err}"
    return said.err.removeprefix("muster: ").strip()
