"""What a deployment sets: read from MUSTER_... variables of the environment, with safe values where none is set."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The text of a variable, without the spaces around it."""
    return os.environ.get(f"MUSTER_{name}", default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no; anything but the usual words for them is refused."""
    value = text(name).lower()
    if value in ("", "1", "0", "yes", "no", "true", "false"):
        return default if not value else value in ("1", "yes", "true")
    raise ImproperlyConfigured(f"MUSTER_{name} is '{value}'; write yes or no")


def listed(name: str) -> list[str]:
    """The parts of a variable separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def whole(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"MUSTER_{name} is '{value}'; write a whole number")
    return int(value)


def data_folder() -> Path:
    """Where the service keeps its database, its files and its secret key."""
    folder = Path(text("DATA", "muster-data")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key given by the deployment, or one made once and kept readable by its owner alone."""
    return text("SECRET_KEY") or _kept(folder / "secret_key", lambda: secrets.token_urlsafe(64))


def file_keys(folder: Path) -> list[str]:
    """The keys that wrap those of stored files, the one in use first: MUSTER_FILE_KEYS, or one made once and kept."""
    given = listed("FILE_KEYS")
    return given or _kept(folder / "file_keys", _new_file_key).split()


def _new_file_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _kept(path: Path, made: Callable[[], str]) -> str:
    """What a file says that its owner alone can read; where there is none yet, it is made."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(made())
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def database(folder: Path) -> dict[str, object]:
    """The database: SQLite in the data folder, or the PostgreSQL that MUSTER_DATABASE names as a URL."""
    url = text("DATABASE")
    if not url:
        return _sqlite(folder / "muster.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("MUSTER_DATABASE must begin with postgresql://; leave it out for SQLite")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(path: Path) -> dict[str, object]:
    """SQLite for many processes: readers never wait for a writer, and writers queue instead of failing."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def storage(folder: Path) -> dict[str, object]:
    """Where received files lie: the data folder, or the S3-compatible bucket of MUSTER_STORAGE (s3://bucket)."""
    place = text("STORAGE")
    if not place:
        options: dict[str, object] = {"location": folder / "files", "file_permissions_mode": 0o600}
        return {"BACKEND": "muster_web.returns.storage.WholeFiles", "OPTIONS": options}
    parts = urlsplit(place)
    if parts.scheme != "s3" or not parts.hostname:
        raise ImproperlyConfigured("MUSTER_STORAGE must be s3://bucket; leave it out to keep files on disk")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.hostname,
            "location": parts.path.lstrip("/"),
            "endpoint_url": text("S3_ENDPOINT") or None,
            "file_overwrite": False,
            "default_acl": None,
        },
    }


def identity_provider() -> dict[str, object] | None:
    """The OpenID Connect provider that MUSTER_OIDC_URL, _CLIENT, _SECRET and _NAME describe, for allauth."""
    url = text("OIDC_URL")
    if not url:
        return None
    if not text("OIDC_CLIENT"):
        raise ImproperlyConfigured("MUSTER_OIDC_URL is set, so MUSTER_OIDC_CLIENT must be set too")
    return {
        "provider_id": "organisation",
        "name": text("OIDC_NAME", "your organisation"),
        "client_id": text("OIDC_CLIENT"),
        "secret": text("OIDC_SECRET"),
        "settings": {"server_url": url, "oauth_pkce_enabled": True},
    }


def origin(url: str) -> str:
    """The scheme and host of a URL, as a content security policy names them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def second_factor_roles() -> frozenset[str]:
    """The roles that must sign in with more than a password: MUSTER_SECOND_FACTOR, 'none' for no role.

    Without it these are the approver of returns of an authority, the department's collector, and organisation
    approvers; in a demonstration, nobody.
    """
    if not text("SECOND_FACTOR"):
        return frozenset() if flag("DEMO") else frozenset({"la_approver", "collector", "approver"})
    named = frozenset(listed("SECOND_FACTOR")) - {"none"}
    known = {"preparer", "head", "la_officer", "la_approver", "collector", "approver", "auditor"}
    if named - known:
        raise ImproperlyConfigured(
            f"MUSTER_SECOND_FACTOR names '{sorted(named - known)[0]}'; the roles are {', '.join(sorted(known))}"
        )
    return named
