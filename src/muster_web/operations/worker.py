"""One worker: does the background work of every queue until it is told to stop.

Run as ``python -m muster_web.operations.worker``; ``muster serve`` starts as many as it is asked for.
"""

from __future__ import annotations

import logging
import os


def main() -> None:
    """Work until a signal ends it; a piece of work in hand is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster_web.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from muster_web.operations.heartbeat import gone, here, keep_beating

    logging.getLogger("django_tasks").setLevel(logging.WARNING)
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    beating = keep_beating("worker")
    try:
        call_command(
            "db_worker",
            queue_name="*",
            interval=0.3,
            reload=False,
            worker_id=here("worker")[:63],
            verbosity=0,
        )
    finally:
        beating.set()
        gone("worker")


if __name__ == "__main__":
    main()
