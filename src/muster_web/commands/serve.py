"""Serve the website: the web server, the workers that check returns, and the clock, until Ctrl-C.

Brings the database up to date and collects styles and scripts first. It listens on this machine only, unless told
otherwise. With --demo it serves the folder that 'muster demo' wrote, with invented people whose sign-ins it prints.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
from pathlib import Path

from muster.cli.console import Console
from muster.model import MusterError
from muster_web.commands._start import data_argument, start
from muster_web.operations.processes import Process, Together, python, refuse_taken_port


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on")
    parser.add_argument("--workers", type=int, default=2, help="how many workers check returns")
    parser.add_argument("--web-processes", type=int, default=1, help="how many processes answer pages")
    parser.add_argument(
        "--threads", type=int, default=4, help="how many requests each of them answers at once"
    )
    parser.add_argument("--demo", type=Path, metavar="FOLDER", help="serve the demo of this folder")
    parser.add_argument(
        "--prepare", action="store_true", help="do everything that comes before serving, then stop"
    )
    data_argument(parser)


def run(args: argparse.Namespace, console: Console) -> int:
    """Prepare and serve; 0 after Ctrl-C or a signal to stop."""
    _refuse_nonsense(args)
    if not args.prepare:
        refuse_taken_port(args.host, args.port)
    _surroundings(args)
    start(args.data)
    _prepare(args, console)
    if args.prepare:
        return 0
    address = f"http://{f'[{args.host}]' if ':' in args.host else args.host}:{args.port}/"
    console.say(f"Muster is served on {address} (Ctrl-C stops it)")
    console.answer({"address": address, "workers": args.workers})
    return Together(_processes(args), console.complain).run()


def _refuse_nonsense(args: argparse.Namespace) -> None:
    if min(args.workers, args.web_processes, args.threads) < 1:
        raise MusterError("--workers, --web-processes and --threads are numbers from 1 on")
    if args.demo and not _is_loopback(args.host):
        raise MusterError(
            "the demo's passwords are printed for everybody, so it is served on this machine only"
        )
    if args.demo and not (args.demo / "out" / "returns").is_dir():
        raise MusterError(f"{args.demo} holds no demo; make it with: muster demo {args.demo}")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _surroundings(args: argparse.Namespace) -> None:
    """What the settings of this process and of those it starts are read from."""
    if args.demo:
        os.environ["MUSTER_DEMO"] = "yes"
        args.data = args.data or args.demo / "service"
    os.environ.setdefault("MUSTER_SITE_URL", f"http://{args.host}:{args.port}")
    if not _is_loopback(args.host):
        os.environ.setdefault("MUSTER_HOSTS", f"{args.host},localhost,127.0.0.1")


def _prepare(args: argparse.Namespace, console: Console) -> None:
    from django.core.management import call_command
    from django.db import DatabaseError

    from muster_web.design import build_assets

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise MusterError(
            f"the database cannot be brought up to date: {str(error).splitlines()[0]}"
        ) from None
    if not build_assets.STAMP.is_file():
        console.going("  building styles and scripts (once)")
        build_assets.build()
    call_command("collectstatic", verbosity=0, interactive=False)
    if args.demo:
        from muster_web.demo import seeding

        seeding.prepare(args.demo, console)


def _processes(args: argparse.Namespace) -> list[Process]:
    bind = f"[{args.host}]:{args.port}" if ":" in args.host else f"{args.host}:{args.port}"
    web = python(
        "-m", "gunicorn", "muster_web.config.wsgi:application", "--bind", bind, "--worker-class", "gthread",
        "--workers", str(args.web_processes), "--threads", str(args.threads), "--timeout", "120",
        "--graceful-timeout", "20", "--log-level", "warning",
    )  # fmt: skip
    workers = [
        Process(f"worker {n}", python("-m", "muster_web.operations.worker"))
        for n in range(1, args.workers + 1)
    ]
    return [
        Process("the web server", web),
        *workers,
        Process("the clock", python("-m", "muster_web.commands.clock")),
    ]
