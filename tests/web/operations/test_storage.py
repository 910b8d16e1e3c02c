"""Received bytes are kept on disk, or in an S3-compatible bucket: stored once, read back whole, nothing public."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage

from muster.model import MusterError
from muster_web.config import environment
from muster_web.operations.backup.saving import stored_names
from muster_web.returns.files import as_source, chunks_of, keep

CONTENT = b"<Message>invented</Message>" * 1000


@pytest.fixture
def bucket(monkeypatch, settings) -> Iterator[str]:
    """A bucket of moto's server on loopback as the default storage."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "of-tests"), ("AWS_SECRET_ACCESS_KEY", "of-tests"), ("AWS_DEFAULT_REGION", "eu-west-2"),
        ("MUSTER_STORAGE", "s3://muster-tests/returns"), ("MUSTER_S3_ENDPOINT", address),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    place = {"LocationConstraint": "eu-west-2"}
    client = boto3.client("s3", endpoint_url=address)
    urlopen(Request(f"{address}/moto-api/reset", method="POST")).close()
    client.create_bucket(Bucket="muster-tests", CreateBucketConfiguration=place)
    settings.STORAGES = {**settings.STORAGES, "default": environment.storage(settings.DATA)}
    yield address
    server.stop()


@pytest.fixture(params=["disk", "s3"])
def stored(request, settings, tmp_path) -> str:
    """Each kind of storage in turn."""
    if request.param == "s3":
        request.getfixturevalue("bucket")
    else:
        options = {"location": tmp_path, "file_permissions_mode": 0o600}
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {**settings.STORAGES["default"], "OPTIONS": options},
        }
    return request.param


def test_bytes_come_back_as_they_were(stored) -> None:
    kept = keep([CONTENT[:100], CONTENT[100:]], limit=1 << 20)
    assert kept.sha256 == hashlib.sha256(CONTENT).hexdigest() and kept.size == len(CONTENT)
    assert b"".join(chunks_of(kept.stored)) == CONTENT
    with as_source(kept.stored, "swc.xml", kept.sha256, kept.size) as source:
        assert source.path.read_bytes() == CONTENT and source.name == "swc.xml"


def test_the_same_bytes_are_stored_once(stored) -> None:
    first, again = keep([CONTENT], limit=1 << 20), keep([CONTENT], limit=1 << 20)
    assert first == again and list(stored_names()) == [first.stored]


def test_bytes_changed_in_the_storage_are_not_taken_for_those_received(stored) -> None:
    kept = keep([CONTENT], limit=1 << 20)
    with (
        pytest.raises(MusterError, match="are not those that were received"),
        as_source(kept.stored, "swc.xml", "0" * 64, kept.size),
    ):
        pass


def test_a_file_on_disk_is_its_owners_alone(stored) -> None:
    kept = keep([CONTENT], limit=1 << 20)
    if stored == "disk":
        assert not Path(default_storage.path(kept.stored)).stat().st_mode & 0o077
    else:
        assert "X-Amz-Signature" in default_storage.url(kept.stored)


def test_a_storage_that_is_no_bucket_is_refused(monkeypatch, settings) -> None:
    monkeypatch.setenv("MUSTER_STORAGE", "ftp://elsewhere")
    with pytest.raises(ImproperlyConfigured, match="must be s3://bucket"):
        environment.storage(settings.DATA)
