"""Muster's own template as a mapping: one sheet for each table, one heading for each item.

``muster_template.toml`` is made here, so that the template that is written and the mapping that reads it agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster.model import Collection, Item, Table

NAME = "muster_template"
NOTES_SHEET, CODES_SHEET = "Read me", "Codes"
STAFF, CONTRACT, ROLE, SCHOOL = "Staff reference", "Contract reference", "Role reference", "School"
# The official file holds pay and hours below a contract or below a role; the sheet refers to either.
_REFERENCES = {"contracts": CONTRACT, "roles": ROLE}


def references(collection: Collection, table: Table) -> tuple[str, ...]:
    """The headings before the items: whose record a row is, and of which contract or role."""
    if table.name == "returns":
        return ()
    above = (table.name, *collection.ancestors(table.name))
    if "members" not in above:
        return (SCHOOL,)
    named = [heading for name, heading in _REFERENCES.items() if name in above]
    return (SCHOOL, STAFF, *named)


def heading_of(table: Table, item: Item) -> str:
    """An item's heading: its title, with the table's where the title alone says too little."""
    return (
        f"{table.record.capitalize()}: {item.title[:1].lower()}{item.title[1:]}"
        if _is_vague(item)
        else item.title
    )


def _is_vague(item: Item) -> bool:
    return item.title in ("Category", "Headcount", "Hours", "Role")


def template_mapping(collection: Collection) -> str:
    """The text of the mapping file that reads the template of this collection."""
    lines = [
        "# Muster's own template, as 'muster template' writes it.  Generated from the schema: do not edit.",
        f'name    = "{NAME}"',
        'version = "1"',
        'title   = "Muster\'s own template"',
        'source  = "mis"',
        f'other_sheets = ["{NOTES_SHEET}", "{CODES_SHEET}"]',
        "",
        "[recognise]",
        f'headings = ["{SCHOOL}", "{STAFF}"]',
    ]
    for table in collection.tables.values():
        lines += ["", *_sheet(collection, table)]
    return "\n".join(lines) + "\n"


def _sheet(collection: Collection, table: Table) -> Iterator[str]:
    held = references(collection, table)
    keys = {name: heading for name, heading in _REFERENCES.items() if heading in held}
    yield f"[sheets.{table.name}]"
    yield f'title  = "{sheet_title(table)}"'
    yield f'row    = "{table.name}"'
    if STAFF in held:
        yield f'person = "{STAFF}"'
    if SCHOOL in held:
        yield f'school = "{SCHOOL}"'
    if keys:
        yield "keys   = { " + ", ".join(f'{name} = "{heading}"' for name, heading in keys.items()) + " }"
    if table.name == "qualifications":
        yield "every_school = true"
    yield ""
    yield f"[sheets.{table.name}.if_present]"
    for item in table.items.values():
        yield f'"{heading_of(table, item)}" = "{table.name}.{item.name}"'


def sheet_title(table: Table) -> str:
    """The worksheet's name, within the 31 characters a workbook allows."""
    return table.title if len(table.title) <= 31 else table.name.replace("_", " ").capitalize()
