"""Checks of what the deployment set: secrets, HTTPS, hosts, debugging."""

from __future__ import annotations

import stat

from django.conf import settings

from muster_web.config import environment
from muster_web.operations.doctor.answers import Answer, doubtful, well, wrong
from muster_web.operations.sealing import seal, unseal

_SHORTEST = 50


def secrets() -> Answer:
    """The secret key is long, and its file is read by its owner alone."""
    key = settings.SECRET_KEY
    if len(key) < _SHORTEST or len(set(key)) < 10:
        return wrong(
            f"the secret key has {len(key)} characters",
            f"set MUSTER_SECRET_KEY to {_SHORTEST} random ones or more",
        )
    if environment.text("SECRET_KEY"):
        return well("the secret key comes from the environment")
    mode = stat.S_IMODE((settings.DATA / "secret_key").stat().st_mode)
    if mode & 0o077:
        return wrong("others on this machine can read the file secret_key", "chmod 600 it")
    return well("the secret key lies in a file that its owner alone can read")


def file_keys() -> Answer:
    """The keys that wrap those of sealed files are keys, and read by their owner alone."""
    try:
        sealed = seal(b"sealed by muster doctor")
        same = unseal(sealed.content, sealed.key) == b"sealed by muster doctor"
    except (ValueError, IndexError):
        return wrong(
            "no file can be sealed: one of MUSTER_FILE_KEYS is no key",
            "give 32 random bytes in URL-safe base64; several, the newest first, with commas between",
        )
    if not same:
        return wrong("a file unsealed is not what was sealed", "take no files until the keys are put right")
    if environment.text("FILE_KEYS"):
        return well("files are sealed with the keys of the environment")
    if stat.S_IMODE((settings.DATA / "file_keys").stat().st_mode) & 0o077:
        return wrong("others on this machine can read the file file_keys", "chmod 600 it")
    return well("files are sealed with the keys in a file that its owner alone can read")


def https() -> Answer:
    """Pages go over HTTPS only."""
    if not settings.HTTPS:
        return wrong(
            "pages and passwords go over plain HTTP",
            "put a proxy with a certificate before it and set MUSTER_HTTPS=yes",
        )
    if not settings.SITE_URL.startswith("https://"):
        return wrong(
            f"links in e-mails begin with {settings.SITE_URL.split(':')[0]}://",
            "set MUSTER_SITE_URL to the https address",
        )
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return doubtful("HTTPS is on, and no proxy is named", "behind a proxy set MUSTER_BEHIND_PROXY=yes")
    return well("HTTPS only, with HSTS and secure cookies")


def debugging() -> Answer:
    """Error pages show nothing of the inside."""
    if settings.DEBUG:
        return wrong("debugging is on: error pages show settings and data", "leave MUSTER_DEBUG out")
    return well("debugging is off")


def hosts() -> Answer:
    """Only the site's own names are answered."""
    if "*" in settings.ALLOWED_HOSTS:
        return wrong("every host name is answered", "set MUSTER_HOSTS to the names of the site")
    if not environment.listed("HOSTS"):
        return doubtful(
            "only this machine's own names are answered", "set MUSTER_HOSTS to the names of the site"
        )
    return well(f"answers to {', '.join(settings.ALLOWED_HOSTS)}")


def demonstration() -> Answer:
    """The invented people of the demo, whose passwords are known, are not here."""
    if settings.DEMO:
        return wrong(
            "this is the demo: its passwords are printed for everybody", "start a real service without --demo"
        )
    return well("no demo")
