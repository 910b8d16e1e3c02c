"""Gathering files: order, names, checksums, junk, copies, and zip files that mean harm."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from pathlib import Path

import pytest

from muster.collect import Inventory, _zip_file, files_of, gather, take_in
from muster.model import MusterError, UnreadableFile
from muster.model.authority import SourceSetting


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return path


def zip_bytes(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return held.getvalue()


def names(inventory: Inventory) -> list[str]:
    return [file.name for file in inventory.files]


def test_a_folder_is_walked_in_order_and_its_bytes_stay_as_they_came(tmp_path: Path) -> None:
    for name in ("mis/b.csv", "mis/a.csv", "payroll/deep/c.csv"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(name.encode())
    found = gather([tmp_path / "in"], unpack_to=tmp_path / "out")
    assert names(found) == ["mis/a.csv", "mis/b.csv", "payroll/deep/c.csv"]
    assert found.files[0].sha256 == hashlib.sha256(b"mis/a.csv").hexdigest() and found.files[0].size == 9
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "name", [".DS_Store", "~$staff.xlsx", "__MACOSX/._a.csv", "Thumbs.db", ".git/config"]
)
def test_what_a_computer_leaves_behind_is_no_file_sent(tmp_path: Path, name: str) -> None:
    (tmp_path / "in" / name).parent.mkdir(parents=True)
    (tmp_path / "in" / name).write_bytes(b"x")
    (tmp_path / "in" / "a.csv").write_bytes(b"a")
    assert names(gather([tmp_path / "in"], unpack_to=tmp_path / "out")) == ["a.csv"]


def test_a_copy_in_the_same_folder_is_left_out_and_said_so(tmp_path: Path) -> None:
    for name in ("mis/a.csv", "mis/b.csv", "last_year/a.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"same")
    found = gather([tmp_path], unpack_to=tmp_path / "out")
    assert names(found) == ["last_year/a.csv", "mis/a.csv"]
    assert [notice.message for notice in found.notices] == [
        "mis/b.csv holds the same bytes as mis/a.csv and was left out."
    ]


def test_a_zip_with_folders_and_a_zip_in_it_is_unpacked(tmp_path: Path) -> None:
    inner = zip_bytes({"b.csv": b"b"})
    zipped(tmp_path / "in/mis/all.zip", {"x/a.csv": b"a", "inner.zip": inner, "__MACOSX/._a.csv": b"j"})
    found = gather([tmp_path / "in"], unpack_to=tmp_path / "out")
    assert names(found) == ["mis/all.zip/inner.zip/b.csv", "mis/all.zip/x/a.csv"]
    assert found.files[1].path.read_bytes() == b"a"
    assert files_of(found, SourceSetting("mis/*.csv", "mis")) == found.files


def test_gathering_again_gives_the_same(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"a.csv": b"a"})
    assert gather([path], unpack_to=tmp_path / "out") == gather([path], unpack_to=tmp_path / "out")


def test_a_workbook_is_a_file_and_not_a_folder(tmp_path: Path) -> None:
    zipped(tmp_path / "staff.xlsx", {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"})
    assert names(gather([tmp_path / "staff.xlsx"], unpack_to=tmp_path / "out")) == ["staff.xlsx"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MusterError, match=r"no file or folder .*nowhere\.csv"):
        gather([tmp_path / "nowhere.csv"], unpack_to=tmp_path)


def refused(path: Path, tmp_path: Path) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        gather([path], unpack_to=tmp_path / "out")
    left = (
        [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
        if (tmp_path / "out").exists()
        else []
    )
    assert left == []
    return str(refusal.value)


@pytest.mark.parametrize(
    ("member", "says"),
    [
        ("../evil.csv", "leads out of its folder"),
        ("a/../../evil.csv", "leads out of its folder"),
        ("/etc/evil.csv", "absolute name"),
        ("C:/evil.csv", "absolute name"),
        ("..\\evil.csv", "absolute name"),
    ],
)
def test_a_member_that_would_leave_its_folder_is_refused(tmp_path: Path, member: str, says: str) -> None:
    path = zipped(tmp_path / "in.zip", {"good.csv": b"g", member: b"e"})
    assert f"'{member}'" in refused(path, tmp_path) and says in refused(path, tmp_path)


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
    assert "'link.csv' is a link" in refused(tmp_path / "in.zip", tmp_path)


def test_a_member_with_a_password_is_refused(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.csv": b"secret"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    (tmp_path / "in.zip").write_bytes(data)
    assert "'a.csv' is protected by a password" in refused(tmp_path / "in.zip", tmp_path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", {"big.csv": b"\0" * 20_000_000})
    assert "as a zip bomb does" in refused(path, tmp_path)


def test_a_member_too_large_and_a_zip_of_too_many_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "in.zip", {"a.csv": b"12345", "b.csv": b"12345"})
    monkeypatch.setattr(_zip_file, "MAX_MEMBER_BYTES", 4)
    assert "'a.csv' unpacks to 5 bytes; the most is 4" in refused(path, tmp_path)
    monkeypatch.setattr(_zip_file, "MAX_MEMBERS", 1)
    assert "holds 2 files; the most that is read is 1" in refused(path, tmp_path)


def test_a_zip_and_the_zips_in_it_unpack_to_no_more_than_is_allowed_together(tmp_path: Path) -> None:
    inner = zip_bytes({"a.csv": b"12345", "b.csv": b"67890"})
    path = zipped(tmp_path / "in.zip", {"inner.zip": inner, "c.csv": b"1234"})
    whole = len(inner) + 4 + 10
    with pytest.raises(UnreadableFile, match=f"inner.zip unpacks to {whole} bytes; the most is {whole - 1}"):
        take_in(path, "in.zip", unpack_to=tmp_path / "out", most_bytes=whole - 1)
    held = take_in(path, "in.zip", unpack_to=tmp_path / "out", most_bytes=whole)
    assert names(held) == ["in.zip/c.csv", "in.zip/inner.zip/a.csv", "in.zip/inner.zip/b.csv"]


@pytest.mark.parametrize(
    ("sent", "called"),
    [
        ("C:\\My Files\\return.xml", "return.xml"),
        ("../../etc/pass\nwd", "passwd"),
        ("\x00", "file without a name"),
    ],
)
def test_an_upload_is_called_by_the_last_part_of_its_name_on_arrival(
    tmp_path: Path, sent: str, called: str
) -> None:
    (tmp_path / "0a1b").write_bytes(b"<Message/>")
    assert names(take_in(tmp_path / "0a1b", sent, unpack_to=tmp_path / "out")) == [called]


def test_an_upload_that_leads_out_of_its_folder_is_refused_whole(tmp_path: Path) -> None:
    path = zipped(tmp_path / "0a1b", {"good.xml": b"<a/>", "../evil.xml": b"<a/>"})
    with pytest.raises(UnreadableFile, match=r"returns\.zip: '\.\./evil\.xml' leads out of its folder"):
        take_in(path, "returns.zip", unpack_to=tmp_path / "out")
    assert not list(tmp_path.rglob("*.xml"))


def test_a_member_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.csv": b"12345"}))
    data[data.index(b"PK\x01\x02") + 24] = 3
    (tmp_path / "in.zip").write_bytes(data)
    assert "'a.csv'" in refused(tmp_path / "in.zip", tmp_path)


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_a_damaged_zip_is_refused(tmp_path: Path, damage: str) -> None:
    data = bytearray(zip_bytes({"a.csv": b"12345" * 100}))
    if damage == "changed":
        data[60] ^= 0xFF
    (tmp_path / "in.zip").write_bytes(data[:100] if damage == "cut" else data)
    assert "in.zip" in refused(tmp_path / "in.zip", tmp_path)


def test_a_zip_in_a_zip_in_a_zip_is_refused(tmp_path: Path) -> None:
    inner = zip_bytes({"innermost.zip": zip_bytes({"a.csv": b"a"})})
    zipped(tmp_path / "in.zip", {"inner.zip": inner})
    with pytest.raises(UnreadableFile, match="a zip in a zip in a zip"):
        gather([tmp_path / "in.zip"], unpack_to=tmp_path / "out")


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        packed.writestr("a.csv", "1")
        packed.writestr("A.csv", "2")
    assert "'A.csv' is in the zip twice" in refused(tmp_path / "in.zip", tmp_path)
