"""``muster rules new``: begin a rule in the file of its table, in the order of the codes."""

from __future__ import annotations

import argparse
import re

from muster.catalogue.find import find_table, rules_called
from muster.cli.chosen import chosen_collection
from muster.cli.console import Console
from muster.model import Collection, MusterError, Table
from muster.model.writing import write_whole

_CODE = re.compile(r"(\d{4}Q?(~[a-z][a-z0-9_]*)?|[a-z][a-z0-9_]*)")
_NUMBERED_HEADING = re.compile(r"\[\"?(\d{4})Q?(~\w+)?\"?\]")
# Every gap is a name that is not known, so that the build refuses the rule until it is filled in.
_RULE = """\
[{heading}]
years      = "{year}-"
message    = "{{fill_in}}: what is wrong, with the value, such as {{{item}}}."
fix        = "{{fill_in}}: what to do."
table      = "{table}"
fails_when = "fill_in"
source     = ""
examples   = '''
{columns} | ?
{empty} | fails
{empty} | ok
'''
"""


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the beginning of a rule and say where it stands."""
    collection = chosen_collection(args)
    table = find_table(collection, args.table)
    _refuse_code(collection, args.code)
    path = args.catalogue / collection.folder / "rules" / f"{table.name}.toml"
    text = path.read_text(encoding="utf-8") if path.exists() else f"# Rules about {table.title.lower()}.\n"
    written, line = _inserted(text, _block(args.code, table, collection.years[-1]), args.code)
    write_whole(path, written.encode())
    where = f"{path.relative_to(args.catalogue)}:{line}"
    console.answer({"code": args.code, "file": str(path), "line": line})
    console.say(f"Rule {args.code} begins at {where}")
    console.detail(
        "Fill in the message, the test and at least two examples, one that fails and one that is ok."
    )
    console.detail("Until then 'muster rules build' refuses it. The format: docs/reference/rule-format.md")
    return 0


def _refuse_code(collection: Collection, code: str) -> None:
    if not _CODE.fullmatch(code):
        raise MusterError(
            f"'{code}' is no code: write an official number such as 4999 or 4999Q, or a name in snake_case"
        )
    known = rules_called(collection, code)
    if known:
        raise MusterError(
            f"rule {code} stands already at {known[-1].where}; to change it from a year on, add [{code}.YEAR] there"
        )


def _block(code: str, table: Table, year: int) -> str:
    items = list(table.items)[:3]
    return _RULE.format(
        heading=f'"{code}"' if "~" in code else code,
        year=year,
        item=items[0],
        table=table.name,
        columns=" | ".join(items),
        empty=" | ".join(" " * len(name) for name in items),
    )


def _inserted(text: str, block: str, code: str) -> tuple[str, int]:
    """The text with the block before the first rule with a higher number, else at the end; and its line."""
    lines = text.rstrip("\n").splitlines()
    at = _place(lines, code)
    while at < len(lines) and at > 0 and lines[at - 1].startswith("#"):
        at -= 1
    before, after = lines[:at], lines[at:]
    while before and not before[-1].strip():
        before.pop()
    whole = [*before, "", *block.rstrip("\n").splitlines(), *(["", *after] if after else [])]
    return "\n".join(whole) + "\n", len(before) + 2


def _place(lines: list[str], code: str) -> int:
    if not code[0].isdigit():
        return len(lines)
    headings = ((n, _NUMBERED_HEADING.fullmatch(line)) for n, line in enumerate(lines))
    return next((n for n, found in headings if found and found[1] > code[:4]), len(lines))
