"""Send a file to a service and wait for what it finds.

MUSTER_CLIENT_ID and MUSTER_CLIENT_SECRET say who sends.  Exit code 0: nothing to fix or explain; 1: something is;
2: could not be sent or read.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from muster.cli.console import Console
from muster.model import MusterError
from muster_web.commands._client import Client

_LONGEST_WAIT = 3_600


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", type=Path, help="the XML file of a return, or a zip of many")
    parser.add_argument(
        "--to", required=True, metavar="URL", help="the round, as https://muster.example/api/v1/rounds/3"
    )
    parser.add_argument(
        "--wait", type=int, default=_LONGEST_WAIT, metavar="SECONDS", help="how long to wait for the result"
    )


@dataclass(frozen=True)
class Result:
    """What became of one return of the file."""

    name: str
    to_fix: int
    to_explain: int


def run(args: argparse.Namespace, console: Console) -> int:
    """Send, wait, tell the verdict."""
    if not args.file.is_file():
        raise MusterError(f"there is no file {args.file}")
    site, path = _split(args.to)
    client = Client(site, *_credentials())
    sent = _send(client, path, args.file, console)
    upload = _wait(client, sent["id"], args.wait, console)
    results = [_result(client, one) for one in upload["loaded"] if one["version"]["outcome"] == "checked"]
    refused = upload["refused"] + [
        {"file": one["version"]["name"], "reason": one["version"]["refusal"]}
        for one in upload["loaded"]
        if one["version"]["outcome"] == "refused"
    ]
    return _tell(console, upload, results, refused)


def _split(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or "/api/v1/rounds/" not in parts.path:
        raise MusterError(
            f"'{url}' is no round of a service; write it as https://muster.example/api/v1/rounds/3"
        )
    return f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")


def _credentials() -> tuple[str, str]:
    found = os.environ.get("MUSTER_CLIENT_ID", ""), os.environ.get("MUSTER_CLIENT_SECRET", "")
    if not all(found):
        raise MusterError(
            "set MUSTER_CLIENT_ID and MUSTER_CLIENT_SECRET to those of the service account that sends"
        )
    return found


def _send(client: Client, path: str, file: Path, console: Console) -> dict[str, Any]:
    """Send the file in pieces; the key is made of its bytes and the round, so that sending again is harmless."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    with file.open("rb") as body, console.counting(f"sending {file.name}", size) as advance:
        headers = {
            "X-File-Name": quote(file.name), "Content-Length": str(size),
            "Content-Type": "application/octet-stream", "Idempotency-Key": f"{path.rpartition('/')[2]}-{digest}",
        }  # fmt: skip
        return client.post(f"{path}/uploads", _pieces(body, advance), headers)


def _pieces(body: Any, advance: Any) -> Any:
    while chunk := body.read(1 << 16):
        yield chunk
        advance(len(chunk))


def _wait(client: Client, upload: str, seconds: int, console: Console) -> dict[str, Any]:
    until = time.monotonic() + seconds
    while True:
        found, again = client.get_with_wait(f"/api/v1/uploads/{upload}")
        if found["done"]:
            return found
        if time.monotonic() + again > until:
            raise MusterError(f"the file was received and is still being checked; its number is {upload}")
        console.going(f"waiting; {found['checks_before']:,} checks come before")
        time.sleep(again)


def _result(client: Client, loaded: dict[str, Any]) -> Result:
    counts = client.get(f"/api/v1/returns/{loaded['version']['of']}")["counts"]
    organisation = loaded["organisation"]
    name = f"{organisation['name']} ({organisation['number']})"
    return Result(name, counts["to_fix"], counts["to_explain"])


def _tell(
    console: Console, upload: dict[str, Any], results: list[Result], refused: list[dict[str, str]]
) -> int:
    to_fix, to_explain = sum(one.to_fix for one in results), sum(one.to_explain for one in results)
    console.say(f"{to_fix:,} to fix, {to_explain:,} to explain" if results else "nothing was loaded")
    for one in results:
        console.detail(f"  {one.name}: {one.to_fix:,} to fix, {one.to_explain:,} to explain")
    for refusal in refused:
        console.complain(refusal["reason"])
    console.answer({"upload": upload, "to_fix": to_fix, "to_explain": to_explain, "refused": refused})
    if refused:
        return 2
    return 1 if to_fix or to_explain else 0
