"""Every notice of linking is in the list of its codes."""

from __future__ import annotations

import re
from pathlib import Path

import muster.link
from muster.link import NOTICES

FOLDER = Path(muster.link.__file__).parent


def test_every_code_is_explained_and_every_explained_code_is_given() -> None:
    sources = [path.read_text() for path in FOLDER.glob("*.py") if path.name != "_notices.py"]
    given = {code for source in sources for code in re.findall(r'"(link\.[a-z_]+)"', source)}
    assert given == set(NOTICES)
