"""The demo's service: seeded once through the real actions, with a school whose two files tell the journey."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

_OURS = {"MUSTER_DATA", "MUSTER_DATABASE", "MUSTER_SECRET_KEY", "DJANGO_SETTINGS_MODULE", "MUSTER_DEMO"}


def muster(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    surroundings = {name: value for name, value in os.environ.items() if name not in _OURS}
    return subprocess.run(
        [sys.executable, "-m", "muster.cli", *map(str, words)],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """A small demo: twelve schools, built and seeded."""
    folder = tmp_path_factory.mktemp("demo")
    assert muster("sample", folder / "anyshire", "--schools", "14").returncode == 0
    assert muster("build", folder / "anyshire", "--out", folder / "out", "--quiet").returncode == 1
    census = ("--collection", "school_census", "--year", "2026", "--format", "xml", "--schools", "14")
    assert muster("sample", folder / "census", *census).returncode == 0
    said = muster("serve", "--demo", folder, "--prepare")
    assert said.returncode == 0, said.stderr
    (folder / "said.txt").write_text(said.stdout)
    return folder


def rows(demo: Path, sql: str) -> list[tuple[object, ...]]:
    """What the database of the demo answers."""
    connection = sqlite3.connect(demo / "service" / "muster.sqlite3")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_it_says_where_to_sign_in_as_whom_and_which_files_to_upload(demo) -> None:
    said = (demo / "said.txt").read_text()
    assert "/sign-in/login/ with the password: " in said
    for address in (
        "data@school.example",
        "head@school.example",
        "approver@anyshire.example",
        "collector@department.example",
    ):
        assert address in said
    assert str(demo / "flawed.xml") in said and "held open around today" in said


def test_it_says_with_which_client_and_secret_programs_come_in(demo) -> None:
    said = (demo / "said.txt").read_text()
    clients = dict(rows(demo, "SELECT client_id, name FROM machines_serviceaccount"))
    assert len(clients) == 4 and all(client in said and name in said for client, name in clients.items())
    assert len(re.findall(r"mss_[\w-]{40,}", said)) == 4


def test_schools_stand_at_every_step(demo) -> None:
    states = Counter(state for (state,) in rows(
        demo, "SELECT state FROM returns_return r JOIN returns_round o ON o.id = r.round_id "
        "WHERE o.phase = 'statutory' AND o.collection = 'school_workforce'"
    ))  # fmt: skip
    assert states.total() == 14 and states["expected"] >= 2 and states["loaded"] >= 1
    assert states["authorised"] >= 1
    assert rows(demo, "SELECT count(*) FROM returns_round WHERE closes > date('now')") == [(6,)]


def test_the_authority_has_sent_its_preferences_and_has_a_form_to_key(demo) -> None:
    found = rows(demo, "SELECT o.collection, r.state, r.to_fix FROM returns_return r JOIN returns_round o "
                       "ON o.id = r.round_id WHERE o.source_level = 'authority' ORDER BY 1")  # fmt: skip
    assert found == [
        ("attendance_measures", "expected", 0),
        ("school_preferences_primary", "submitted", 0),
        ("school_preferences_secondary", "submitted", 0),
    ]


def test_schools_have_loaded_their_pupils_too(demo) -> None:
    loaded = rows(
        demo, "SELECT count(*) FROM returns_return r JOIN returns_round o ON o.id = r.round_id "
        "WHERE o.collection = 'school_census_spring' AND r.current_id IS NOT NULL"
    )  # fmt: skip
    assert loaded == [(14,)]
    codes = {code for (code,) in rows(demo, "SELECT DISTINCT code FROM returns_finding")}
    assert {"sen_provision_missing", "post_code_form"} <= codes


def test_authorised_returns_wait_to_be_counted_and_files_of_schools_are_filled(demo) -> None:
    authorised = rows(
        demo, "SELECT count(*) FROM returns_return r JOIN returns_round o ON o.id = r.round_id "
        "WHERE r.state = 'authorised' AND o.collection IN ('school_workforce', 'school_census_spring')"
    )  # fmt: skip
    waiting = rows(
        demo, "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%count_return'"
    )
    assert waiting == authorised and authorised[0][0] >= 2
    assert Counter(rows(demo, "SELECT kind FROM schools_note")) == {
        ("visit",): 1,
        ("good_practice",): 1,
        ("concern",): 1,
    }
    assert rows(demo, "SELECT theme, confirmed FROM schools_priority ORDER BY place") == [
        ("reading and writing", 1), ("attendance", 1), ("leadership and governance", 0)
    ]  # fmt: skip
    assert rows(demo, "SELECT count(*), count(DISTINCT school_id) FROM schools_governor") == [(10, 2)]
    assert rows(demo, "SELECT count(*), count(DISTINCT school_id) FROM schools_building") == [(12, 2)]
    assert rows(demo, "SELECT state FROM schools_ticket ORDER BY id") == [("answered",), ("asked",)]
    bookings = rows(demo, "SELECT state, attended FROM planning_booking ORDER BY id")
    assert bookings == [("booked", 2), ("booked", None), ("waiting", None)]


def test_every_school_can_be_searched(demo) -> None:
    schools = rows(demo, "SELECT count(*) FROM accounts_organisation WHERE kind = 'school'")
    assert rows(demo, "SELECT count(*) FROM schools_words WHERE note_id IS NULL") == schools


def test_the_two_files_differ_in_one_value(demo) -> None:
    flawed, corrected = ((demo / name).read_bytes().splitlines() for name in ("flawed.xml", "corrected.xml"))
    differing = [(a, b) for a, b in zip(flawed, corrected, strict=True) if a != b]
    assert len(differing) == 1 and b"HoursPerWeek" in differing[0][0] and b"," in differing[0][0]


def test_the_audit_of_it_is_whole(demo) -> None:
    assert muster("audit", "verify", "--data", demo / "service").returncode == 0


def test_it_is_seeded_once(demo) -> None:
    before = rows(demo, "SELECT count(*) FROM audit_auditevent")
    assert muster("serve", "--demo", demo, "--prepare", "--quiet").returncode == 0
    assert rows(demo, "SELECT count(*) FROM audit_auditevent") == before


def test_two_schools_exchange_pupil_files_and_one_waits(demo) -> None:
    files = rows(demo, "SELECT lost, opened IS NOT NULL, acknowledged IS NOT NULL FROM transfers_transfer")
    rolls = rows(demo, "SELECT organisation_id, count(*) FROM transfers_pupil WHERE came_from LIKE 'return:%' "
                       "GROUP BY organisation_id")  # fmt: skip
    assert len(rolls) == 2 and min(count for _, count in rolls) > 20
    assert Counter(files) == {(0, 1, 1): 1, (0, 1, 0): 1, (0, 0, 0): 1, (1, 0, 0): 1}
    numbers = rows(demo, "SELECT state, code FROM transfers_learnerrequest")
    assert ("none", "RC10") in numbers and [state for state, _ in numbers].count("given") >= 2
    assert rows(demo, "SELECT count(*) FROM transfers_term") == [(6,)]


def test_the_quarter_of_the_authority_waits_for_its_last_line_with_figures_computed(demo) -> None:
    assert rows(demo, "SELECT figures_fault, published FROM performance_quarter") == [("", None)]
    names = {name for (name,) in rows(demo, "SELECT name FROM performance_figure WHERE value <> ''")}
    assert "service.returns_on_time" in names and "school_preferences_secondary.any_preferred" in names
    silent = rows(
        demo, "SELECT count(*) FROM performance_line WHERE comment = '' AND indicator_id IS NOT NULL"
    )
    assert silent == [(1,)]
    assert muster("figures", "verify", "--data", demo / "service").returncode == 0
