"""What is generated from the program is current; test_effective.py does the same for the catalogue."""

from __future__ import annotations

from muster.cli.main import COMMANDS
from muster.cli.reference import command_reference, reference_path
from muster.cli.states_page import states_page, states_path
from muster.submit.states import TABLE


def test_the_command_reference_is_current() -> None:
    path = reference_path()
    assert path is not None
    assert path.read_text(encoding="utf-8") == command_reference(), (
        "run 'make generate' and commit docs/reference"
    )


def test_the_page_of_states_is_current_and_names_every_action() -> None:
    path = states_path()
    assert path is not None
    assert path.read_text(encoding="utf-8") == states_page(), "run 'make generate' and commit docs/reference"
    assert all(f"| `{row.action}` |" in states_page() for row in TABLE)


def test_every_command_and_action_is_in_the_reference() -> None:
    page = command_reference()
    for name in COMMANDS:
        assert f"## muster {name}\n" in page
    for action in ("list", "show", "diff", "impact", "new", "build"):
        assert f"### muster rules {action}\n" in page


def test_the_reference_names_no_place_on_this_machine() -> None:
    path = reference_path()
    assert path is not None
    assert str(path.parents[2]) not in command_reference()
