"""The database of a deployment as files and back: SQLite as one file, PostgreSQL as one file for each table."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from muster.model import MusterError

SQLITE = "database.sqlite3"
TABLES = "tables"


def is_empty() -> bool:
    """Whether the database holds nothing that people or the service put there."""
    names = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for name in ("accounts_user", "accounts_organisation", "audit_auditevent"):
            if name in names:
                cursor.execute(f"SELECT count(*) FROM {name}")
                if cursor.fetchone()[0]:
                    return False
    return True


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    found = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names()):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
            found[name] = cursor.fetchone()[0]
    return found


def migrations() -> list[list[str]]:
    """The changes of the tables that were applied, in their order."""
    rows = MigrationRecorder.Migration.objects.order_by("pk").values_list("app", "name")
    return [[app, name] for app, name in rows]


# -- out ---------------------------------------------------------------------------------------------------


def copy_out(folder: Path) -> None:
    """Copy every table as it stands at one moment, while others go on reading and writing."""
    if connection.vendor == "sqlite":
        _copy_sqlite(folder / SQLITE)
    else:
        (folder / TABLES).mkdir()
        _copy_postgres(folder / TABLES)


def _copy_sqlite(path: Path) -> None:
    connection.ensure_connection()
    target = sqlite3.connect(path)
    try:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()


def _copy_postgres(folder: Path) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for name in sorted(connection.introspection.table_names()):
            columns = ", ".join(connection.ops.quote_name(one) for one in _columns(cursor, name))
            sql = f"COPY {connection.ops.quote_name(name)} ({columns}) TO STDOUT"
            with (folder / f"{name}.copy").open("wb") as out, cursor.copy(sql) as rows:
                for piece in rows:
                    out.write(piece)
            (folder / f"{name}.columns").write_text(columns, encoding="utf-8")


def _columns(cursor: Any, table: str) -> list[str]:
    return [one.name for one in connection.introspection.get_table_description(cursor, table)]


# -- back --------------------------------------------------------------------------------------------------


def copy_back(folder: Path, wanted: list[list[str]]) -> None:
    """Make the database what the backup says, then bring its tables up to this version; what was there is gone."""
    _refuse_later(wanted)
    if connection.vendor == "sqlite":
        _back_sqlite(folder / SQLITE)
    else:
        _drop_all()
        _migrate_to(wanted)
        _back_postgres(folder / TABLES)
    call_command("migrate", verbosity=0, interactive=False)


def _refuse_later(wanted: list[list[str]]) -> None:
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(connection, ignore_no_migrations=True).disk_migrations)
    later = [f"{app} {name}" for app, name in wanted if (app, name) not in known]
    if later:
        raise MusterError(
            f"the backup was made by a later version of Muster (it has {later[0]}); install that version, then restore"
        )


def _back_sqlite(path: Path) -> None:
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        connection.ensure_connection()
        source.backup(connection.connection)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
    finally:
        source.close()


def _drop_all() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")


def _migrate_to(wanted: list[list[str]]) -> None:
    """Apply each app's changes up to the last one the backup has."""
    for app, name in dict(wanted).items():  # the last of each app
        call_command("migrate", app, name, verbosity=0, interactive=False)


def _back_postgres(folder: Path) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = [path.stem for path in sorted(folder.glob("*.copy"))]
        quoted = ", ".join(connection.ops.quote_name(one) for one in names)
        cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE")
        for name in names:
            columns = (folder / f"{name}.columns").read_text(encoding="utf-8")
            sql = f"COPY {connection.ops.quote_name(name)} ({columns}) FROM STDIN"
            with (folder / f"{name}.copy").open("rb") as rows, cursor.copy(sql) as into:
                while piece := rows.read(1 << 20):
                    into.write(piece)
        _go_on_numbering(cursor, names)


def _go_on_numbering(cursor: Any, names: list[str]) -> None:
    """Let each table number its next row after its last."""
    for name in names:
        for sequence in connection.introspection.get_sequences(cursor, name):
            column = connection.ops.quote_name(sequence["column"])
            table = connection.ops.quote_name(name)
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({column}), 1), max({column}) IS NOT NULL) "
                f"FROM {table}",
                [name, sequence["column"]],
            )
