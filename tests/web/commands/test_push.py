"""muster push sends a file to a service, waits for the result, and ends with the code of its verdict."""

from __future__ import annotations

import json

import pytest

from muster.cli import main
from muster_web.returns.models import Upload
from tests.web.api.conftest import services
from tests.web.files import WRONG, return_of, zipped

__all__ = ["services"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def push(live_server, services, rounds, tmp_path, monkeypatch):
    """Push a file as the service account of an organisation; answers the exit code."""

    def pushed(content: bytes, *words: str, name: str = "swc.xml", who: str = "ashcombe") -> int:
        path = tmp_path / name
        path.write_bytes(content)
        monkeypatch.setenv("MUSTER_CLIENT_ID", services[who].account.client_id)
        monkeypatch.setenv("MUSTER_CLIENT_SECRET", services[who].secret)
        round = rounds["statutory"].pk
        return main(["push", str(path), "--to", f"{live_server.url}/api/v1/rounds/{round}", *words])

    return pushed


def test_the_verdict_comes_first_and_decides_the_exit_code(push, capsys) -> None:
    assert push(return_of(WRONG)) == 1
    assert capsys.readouterr().out.splitlines()[0] == "1 to fix, 2 to explain"


def test_sending_the_same_file_again_makes_no_second_upload(push) -> None:
    push(return_of())
    push(return_of())
    assert Upload.objects.count() == 1


def test_a_machine_that_reads_it_gets_json(push, capsys) -> None:
    push(return_of(WRONG), "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["to_fix"], said["to_explain"], said["refused"]) == (1, 2, [])


def test_a_file_of_another_school_is_refused_in_words(push, capsys) -> None:
    assert push(return_of(estab="2001")) == 2
    said = capsys.readouterr()
    assert "nothing was loaded" in said.out and "999/2001" in said.err


def test_each_school_of_a_zip_has_its_line(push, capsys) -> None:
    content = zipped(a__xml=return_of(), b__xml=return_of(estab="2001"))
    assert push(content, name="all.zip", who="anyshire") == 1
    assert "Ashcombe School (999/4001): 0 to fix, 2 to explain" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://muster.example/api/v1/rounds/1", "is not https"),
        ("https://127.0.0.1:1/api/v1/rounds/1", "cannot be reached"),
        ("muster.example", "is no round"),
    ],
)
def test_a_wrong_address_is_told_in_one_line(tmp_path, monkeypatch, capsys, url, why) -> None:
    monkeypatch.setenv("MUSTER_CLIENT_ID", "a")
    monkeypatch.setenv("MUSTER_CLIENT_SECRET", "b")
    path = tmp_path / "swc.xml"
    path.write_bytes(b"<Message/>")
    assert main(["push", str(path), "--to", url]) == 2
    assert why in capsys.readouterr().err


def test_without_credentials_nothing_is_sent(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.delenv("MUSTER_CLIENT_ID", raising=False)
    path = tmp_path / "swc.xml"
    path.write_bytes(b"<Message/>")
    assert main(["push", str(path), "--to", "https://muster.example/api/v1/rounds/1"]) == 2
    assert "MUSTER_CLIENT_ID" in capsys.readouterr().err
