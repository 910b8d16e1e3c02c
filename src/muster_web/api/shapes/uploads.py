"""Uploads as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from muster_web.api.shapes.returns import (
    OrganisationShape,
    VersionShape,
    organisation_as_shown,
    version_as_shown,
)
from muster_web.returns.queries.uploads import Sent


class LoadedShape(Schema):
    """One file that was of a return this account sends for."""

    organisation: OrganisationShape
    version: VersionShape


class RefusedShape(Schema):
    """One file that was not taken, and why."""

    file: str
    reason: str


class UploadShape(Schema):
    """The receipt of one upload: what came, when, and what became of each file.

    ``passed`` holds the sender's own ``x_`` fields as they came; ``done`` says that every file was checked or refused.
    """

    id: UUID
    round: int
    name: str
    sha256: str
    size: int
    at: datetime
    done: bool
    checks_before: int
    loaded: list[LoadedShape]
    refused: list[RefusedShape]
    passed: dict[str, str]


def upload_as_shown(sent: Sent) -> dict[str, Any]:
    """An upload with its files."""
    upload = sent.upload
    return {
        "id": upload.pk, "round": upload.round_id, "name": upload.name, "sha256": upload.sha256,
        "size": upload.size, "at": upload.at, "done": sent.is_done, "checks_before": sent.checks_before,
        "loaded": [
            {
                "organisation": organisation_as_shown(one.subject.organisation),
                "version": version_as_shown(one),
            }
            for one in sent.versions
        ],
        "refused": upload.refused, "passed": upload.passed,
    }  # fmt: skip
