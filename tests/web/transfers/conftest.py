"""A file that Ashcombe sent to Birchfield."""

from __future__ import annotations

import pytest

from muster_web.transfers.actions.sending import send
from muster_web.transfers.models import Transfer
from tests.web.transfers.files import ctf_of, name_of


@pytest.fixture
def sent(viewers) -> Transfer:
    """A common transfer file with one pupil, waiting in Birchfield's mailbox."""
    return send(viewer=viewers["ashcombe.preparer"], chunks=[ctf_of()], name=name_of()).transfer
