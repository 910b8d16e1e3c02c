"""What is refused because somebody else wrote in the meantime."""

from __future__ import annotations

from muster.submit.states import NotAllowed


class Overtaken(NotAllowed):
    """Somebody else changed what is written to since it was shown."""

    def __init__(self, what: str):
        super().__init__(
            f"Somebody changed this {what} after it was shown to you, so nothing of yours is kept yet. Look at what "
            "they wrote; what you send then goes over it."
        )
