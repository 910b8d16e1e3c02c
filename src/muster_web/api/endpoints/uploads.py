"""Send a file as it is, and ask what became of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status
from ninja.params.functions import Header

from muster_web.accounts.access import viewer_of
from muster_web.api.bodies import asks_with_file, body_of, file_name_header, refuse_large
from muster_web.api.problems import Problem
from muster_web.api.shapes.uploads import UploadShape, upload_as_shown
from muster_web.api.signing_in import asks
from muster_web.returns.actions.uploading import receive
from muster_web.returns.queries import board
from muster_web.returns.queries.uploads import get_upload

router = Router(tags=["Uploads"])
_ASK_AGAIN_AFTER = "2"
_MOST_PASSED, _LONGEST_PASSED = 20, 200


@router.post(
    "/rounds/{int:round}/uploads",
    response={202: UploadShape},
    **asks_with_file("returns:upload"),
)
def send_file(
    request: HttpRequest,
    response: HttpResponse,
    round: int,
    *,
    file_name: str = file_name_header(),
    idempotency_key: str = Header("", alias="Idempotency-Key", max_length=100, pattern=r"^[\x20-\x7e]*$"),
) -> Any:
    """Send one file, or a zip of many, as the body of the request.

    The answer is the receipt; ask at its Location what became of each file.  The same Idempotency-Key answers with
    the receipt it first got, and a file that was loaded before is recognised by its bytes.  Query parameters that
    begin with ``x_`` are kept with the upload and given back as they came.
    """
    viewer = viewer_of(request)
    found = board.get_round(viewer, round)
    refuse_large(request, settings.UPLOAD_LIMIT, what_to_do="Send the returns in several files.")
    upload = receive(
        viewer=viewer, round=found, chunks=body_of(request), name=unquote(file_name),
        idempotency_key=idempotency_key, passed=_passed(request),
    )  # fmt: skip
    response["Location"] = f"/api/v1/uploads/{upload.pk}"
    response["Retry-After"] = _ASK_AGAIN_AFTER
    return Status(202, upload_as_shown(get_upload(viewer, upload.pk)))


def _passed(request: HttpRequest) -> dict[str, str]:
    found = {name: value for name, value in request.GET.items() if name.startswith("x_")}
    for name, value in found.items():
        if (
            len(found) > _MOST_PASSED
            or len(name) + len(str(value)) > _LONGEST_PASSED
            or "\0" in f"{name}{value}"
        ):
            raise Problem(
                422, "Too much passed on", f"at most {_MOST_PASSED} x_ fields of {_LONGEST_PASSED} letters are kept",
                where=f"query {name[:_LONGEST_PASSED]}", what_to_do="Keep the rest in your own system.",
            )  # fmt: skip
    return {name: str(value) for name, value in found.items()}


@router.get("/uploads/{uuid:pk}", response=UploadShape, **asks("returns:read"))
def show_upload(request: HttpRequest, response: HttpResponse, pk: UUID) -> Any:
    """What became of an upload, file by file; ask again after Retry-After until ``done`` is true."""
    sent = get_upload(viewer_of(request), pk)
    if not sent.is_done:
        response["Retry-After"] = _ASK_AGAIN_AFTER
    return upload_as_shown(sent)
