"""Small returns to send to the service: the head teacher of the hand-made sample, right or made wrong in one place."""

from __future__ import annotations

import io
import re
import zipfile

from muster.catalogue import CATALOGUE

_SAMPLE = (CATALOGUE / "school_workforce" / "samples" / "2025" / "return.xml").read_text(encoding="utf-8")
_HEAD, _, _REST = _SAMPLE.partition("    <!-- Nothing is wrong with the head teacher. -->\n")
_TEACHER = _REST[: _REST.index("</SchoolWorkforceMember>") + len("</SchoolWorkforceMember>")]
WRONG = ("<Ethnicity>WBRI</Ethnicity>", "<Ethnicity>WRONG</Ethnicity>")


def return_of(*changes: tuple[str, str], estab: str = "4001", lea: str = "999") -> bytes:
    """The return of a school with its head teacher alone, each change made in it."""
    text = f"{_HEAD}{_TEACHER}\n  </SchoolWorkforceMembers>\n</Message>\n"
    for was, now in changes:
        assert was in text, was
        text = text.replace(was, now)
    text = re.sub(r"<LEA>\d+</LEA>", f"<LEA>{lea}</LEA>", text)
    return re.sub(r"<Estab>\d+</Estab>", f"<Estab>{estab}</Estab>", text).encode()


def zipped(**files: bytes) -> bytes:
    """A zip with files by name; ``a__xml`` is ``a.xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()
