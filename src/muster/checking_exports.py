"""Check returns that were read from the exports of schools' systems, all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muster.catalogue import with_local_dates
from muster.checking import Checked
from muster.model import Collection, Return
from muster.model.local import NOTHING_LOCAL, Local
from muster.read.doubts import emptiness_doubts
from muster.read.register import with_register
from muster.resolve import resolve
from muster.validate import check


def check_exports(
    collection: Collection,
    returns: Sequence[Return],
    *,
    names: Mapping[str, str],
    local: Local = NOTHING_LOCAL,
) -> Checked:
    """Check returns of one year, with the names of schools by number for collections that ask for a register."""
    year = returns[0].year
    for one in returns:
        with_register(collection, one, names)
        one.notices += emptiness_doubts(collection, one)
    dated = with_local_dates(collection, year, local.constants)
    resolved = resolve(check(dated, year, returns, local=local), returns, {})
    return Checked(resolved.result, resolved.causes, (), {})
