"""The index a search looks through: FTS5 kept in step by triggers on SQLite, a GIN index on PostgreSQL."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    "CREATE VIRTUAL TABLE schools_words_index USING fts5(text, content='schools_words', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER schools_words_in AFTER INSERT ON schools_words BEGIN"
    " INSERT INTO schools_words_index(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER schools_words_out AFTER DELETE ON schools_words BEGIN"
    " INSERT INTO schools_words_index(schools_words_index, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER schools_words_over AFTER UPDATE ON schools_words BEGIN"
    " INSERT INTO schools_words_index(schools_words_index, rowid, text) VALUES ('delete', old.id, old.text);"
    " INSERT INTO schools_words_index(rowid, text) VALUES (new.id, new.text); END",
)
SQLITE_BACK = (
    "DROP TRIGGER schools_words_in",
    "DROP TRIGGER schools_words_out",
    "DROP TRIGGER schools_words_over",
    "DROP TABLE schools_words_index",
)
POSTGRES = (
    "CREATE INDEX schools_words_index ON schools_words"
    " USING gin (to_tsvector('simple'::regconfig, COALESCE(text, '')))",
)
POSTGRES_BACK = ("DROP INDEX schools_words_index",)


def make(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
