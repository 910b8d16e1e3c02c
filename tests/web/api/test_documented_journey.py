"""The journey in docs/how-to/use-the-api.md, its commands run as they stand there; needs curl and jq."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from muster.submit.states import state_after
from muster_web.returns.actions import deciding
from tests.shape.source import REPOSITORY
from tests.web.api.conftest import token_of
from tests.web.files import WRONG, return_of
from tests.web.returns.world import now

GUIDE = (REPOSITORY / "docs" / "how-to" / "use-the-api.md").read_text(encoding="utf-8")
STEP = re.compile(r"^<!-- (.+?) -->$|^```bash\n(.*?)^```$", re.M | re.S)

pytestmark = pytest.mark.django_db(transaction=True)


def run(script: str, folder: Path, **surroundings: str) -> str:
    """Run a block of the guide in a folder; what it printed."""
    words = ["bash", "-e", "-o", "pipefail", "-c", f'export MUSTER="$MUSTER_URL"\n{script}']
    done = subprocess.run(
        words, cwd=folder, env={**os.environ, **surroundings}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    return done.stdout


def as_machine(made, client, folder: Path) -> None:
    """Let the commands that follow be those of another machine."""
    token = token_of(client, made)
    (folder / "muster.cfg").write_text(f'header = "Authorization: Bearer {token}"\n', encoding="utf-8")


def sign(subject, viewers) -> None:
    """The head signs the return as it stands."""
    subject = now(subject)
    deciding.sign(viewer=viewers["ashcombe.head"], subject=subject, revision=subject.revision)


def test_the_guide_takes_a_return_from_its_file_to_authorised(
    live_server, client, services, viewers, returns, tmp_path
) -> None:
    (tmp_path / "return.xml").write_bytes(return_of(WRONG))
    made = services["ashcombe"]
    surroundings = {
        "MUSTER_URL": live_server.url, "MUSTER_CLIENT_ID": made.account.client_id,
        "MUSTER_CLIENT_SECRET": made.secret,
    }  # fmt: skip
    between = {
        "the head signs on the site": lambda: sign(returns["ashcombe"], viewers),
        "the authority's machine": lambda: as_machine(services["anyshire"], client, tmp_path),
        "the department's machine": lambda: as_machine(services["department"], client, tmp_path),
    }
    said = []
    for remark, script in STEP.findall(GUIDE):
        said.append(run(script, tmp_path, **surroundings) if script else between.pop(remark)() or "")
    assert not between
    printed = "".join(said)
    assert '"x_batch": "12"' in printed and "1 to fix, 2 to explain" in printed
    subject = now(returns["ashcombe"])
    assert subject.state == state_after(subject.events.values_list("name", flat=True)) == "authorised"
