"""Invite the first person of a new service, and print the link with which they come in.

They are approver and collector of the department: they invite the others, and open collections. Schools and authorities
come from the official register. Once there is an approver, this is refused.
"""

from __future__ import annotations

import argparse

from muster.cli.console import Console
from muster_web.commands._start import data_argument, refuse_without_tables, start


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("email", metavar="EMAIL", help="the address the person will sign in with")
    parser.add_argument("--name", default="", help="what the person is called")
    parser.add_argument(
        "--department", default="Department for Education", help="what their organisation is called"
    )
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Invite, and print the link."""
    start(args.data)
    refuse_without_tables()
    from django.conf import settings
    from django.urls import reverse

    from muster_web.accounts.actions.beginning import begin

    secret = begin(email=args.email, name=args.name, department=args.department)
    link = f"{settings.SITE_URL.rstrip('/')}{reverse('accept_invitation', args=[secret])}"
    console.say(link)
    console.detail("Whoever has this link can come in with it once, for 48 hours. Give it to nobody else.")
    console.answer({"link": link})
    return 0
