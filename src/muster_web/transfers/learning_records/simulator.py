"""A simulator of the Learning Records Service: the same pupil always gets the same number, and some get none.

It answers RC10 where the postcode is missing, as the real service does.  What the real one answers otherwise was not
seen: the codes beginning with SIM are the simulator's own.  Its numbers begin with 99, taken as issued to nobody.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from muster.identifiers.uln import check_digit
from muster.transferring.learner_batches import RETURN_CODE, answer_text, read_batch

NO_POSTCODE, POSSIBLE, REJECTED, NEW = "RC10", "SIM-POSSIBLE", "SIM-REJECTED", "SIM-NEW"
_ISSUED = "learning-records/issued.json"
_PREFIX = "99"
_NUMBERS = 10_000_000
_YOUNGEST = 11


class Simulator:
    """The service, answered by this machine."""

    name = "simulator"

    def submit(self, batch: str) -> str:
        """Take a batch; its reference is its checksum.  Raises MusterError where it is no batch."""
        read_batch(batch)
        return f"SIM-{hashlib.sha256(batch.encode()).hexdigest()[:16]}"

    def answer(self, reference: str, batch: str) -> str | None:
        """The answer to a batch that was taken; None under a reference it was not given."""
        if reference != self.submit(batch):
            return None
        learners = read_batch(batch)
        alike = Counter(_likeness(one) for one in learners)
        issued = _issued()
        answered = [_answered(one, alike, issued) for one in learners]
        _keep(issued)
        return answer_text(answered)


def _answered(learner: Mapping[str, str], alike: Counter[str], issued: dict[str, str]) -> dict[str, str]:
    code = _code(learner, alike)
    uln = _number(learner, issued) if code == NEW else ""
    return {**learner, "ULN": uln or learner.get("ULN", ""), RETURN_CODE: code}


def _code(learner: Mapping[str, str], alike: Counter[str]) -> str:
    if not learner.get("LastKnownPostCode"):
        return NO_POSTCODE
    if _is_too_young(learner.get("DateOfBirth", "")):
        return REJECTED
    return POSSIBLE if alike[_likeness(learner)] > 1 else NEW


def _is_too_young(born: str) -> bool:
    try:
        return date.fromisoformat(born).year > timezone.localdate().year - _YOUNGEST
    except ValueError:
        return True


def _likeness(learner: Mapping[str, str]) -> str:
    """What two learners share whom the service could not tell apart."""
    said = (learner.get(name, "").casefold() for name in ("GivenName", "FamilyName", "DateOfBirth"))
    return hashlib.sha256("|".join(said).encode()).hexdigest()


def _number(learner: Mapping[str, str], issued: dict[str, str]) -> str:
    """The number issued to a learner before, or the first free one after where the learner's own would be."""
    who = _likeness(learner)
    if who not in issued:
        taken, start = set(issued.values()), int(who[:12], 16)
        issued[who] = next(uln for n in range(_NUMBERS) if (uln := _nth(start + n)) and uln not in taken)
    return issued[who]


def _nth(number: int) -> str:
    """A number with its check digit; '' for nine digits that have none."""
    digits = f"{_PREFIX}{number % _NUMBERS:07d}"
    last = check_digit(f"{digits}0")
    return f"{digits}{last}" if last else ""


def _issued() -> dict[str, str]:
    if not default_storage.exists(_ISSUED):
        return {}
    with default_storage.open(_ISSUED, "rb") as file:
        found: dict[str, str] = json.loads(file.read())
    return found


def _keep(issued: dict[str, str]) -> None:
    if default_storage.exists(_ISSUED):
        default_storage.delete(_ISSUED)
    default_storage.save(_ISSUED, ContentFile(json.dumps(issued).encode()))
