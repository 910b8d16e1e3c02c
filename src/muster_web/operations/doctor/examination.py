"""Every check in the order people read them."""

from __future__ import annotations

from muster_web.operations.doctor import duty_checks, settings_checks, state_checks
from muster_web.operations.doctor.answers import Answer, wrong

CHECKS = {
    "secrets": settings_checks.secrets,
    "file keys": settings_checks.file_keys,
    "HTTPS": settings_checks.https,
    "debugging": settings_checks.debugging,
    "hosts": settings_checks.hosts,
    "demo": settings_checks.demonstration,
    "database": state_checks.database,
    "audit": state_checks.audit,
    "workers": duty_checks.workers,
    "clock process": duty_checks.the_clock,
    "storage": state_checks.storage,
    "backups": duty_checks.backups,
    "clock": state_checks.clock,
    "virus scanner": state_checks.scanner,
    "e-mail": state_checks.mail,
}
# Without a database these cannot be asked.
_OF_THE_DATABASE = ("audit", "workers", "clock process", "backups", "clock")


def examine() -> dict[str, Answer]:
    """The answer of every check by its name; one that could not be made says so and counts as wrong."""
    found: dict[str, Answer] = {}
    for name, check in CHECKS.items():
        base = found.get("database")
        if name in _OF_THE_DATABASE and base is not None and base.level == "wrong":
            found[name] = wrong("could not be looked at", "put the database right first")
            continue
        found[name] = check()
    return found
