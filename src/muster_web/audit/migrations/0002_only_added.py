"""On PostgreSQL the database itself refuses to change or delete an event of the audit."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

ON = """
CREATE OR REPLACE FUNCTION audit_events_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an audit event cannot be changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_events_are_only_added BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_events_are_only_added();
"""
OFF = """
DROP TRIGGER audit_events_are_only_added ON audit_auditevent;
DROP FUNCTION audit_events_are_only_added();
"""


def on_postgresql(sql: str) -> Callable[[object, Any], None]:
    def run(_apps: object, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(on_postgresql(ON), on_postgresql(OFF))]
