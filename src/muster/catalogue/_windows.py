"""Windows in derived tables: the row before, the row after, sums so far; written so that no engine has a choice.

Rows that tie have no order of their own, and engines disagree about where empty values stand.  So the rows
of a window are always ordered, down to a key, and empty values always come last.
"""

from __future__ import annotations

from sqlglot import exp

from muster.catalogue._language import AGGREGATES, WINDOWS, PredicateError


def check_windows(tree: exp.Expr) -> None:
    """Refuse a window whose answer could depend on the engine; put empty values last.  Raises PredicateError."""
    for function in tree.find_all(*WINDOWS):
        if not isinstance(function.parent, exp.Window):
            raise PredicateError(
                f"'{function.sql(dialect='duckdb')}' needs over (partition by ... order by ...)"
            )
        _check_values(function)
    for order in tree.find_all(exp.Order):
        if not isinstance(order.parent, exp.Window):
            raise PredicateError("a table has no order; 'order by' stands within over (...)")
    for window in tree.find_all(exp.Window):
        _check_window(window)


def _check_window(window: exp.Window) -> None:
    text = window.sql(dialect="duckdb")
    if not isinstance(window.this, (*AGGREGATES, *WINDOWS)):
        raise PredicateError(
            f"'{text}': only row_number, lag, lead, count, sum, avg, min and max look at a window"
        )
    if not window.args.get("partition_by"):
        raise PredicateError(f"'{text}' needs 'partition by': a window lies within one return at the most")
    order = window.args.get("order")
    if order is None:
        if not isinstance(window.this, AGGREGATES):
            raise PredicateError(f"'{text}' needs 'order by'")
        return
    _check_order(order, text)
    _check_frame(window, text)


def _check_order(order: exp.Order, text: str) -> None:
    for part in order.expressions:
        part.set("nulls_first", False)
    last = order.expressions[-1].this
    if not (isinstance(last, exp.Column) and last.name.endswith("_id")):
        raise PredicateError(f"'{text}': end 'order by' with a key, so that no two rows tie")


def _check_frame(window: exp.Window, text: str) -> None:
    """Sums so far run over rows; a bare order by would take rows that tie together, in some engines only."""
    frame = window.args.get("spec")
    if not isinstance(window.this, AGGREGATES):
        if frame is not None:
            raise PredicateError(f"'{text}': lag, lead and row_number take no frame")
    elif frame is None or str(frame.args.get("kind")).upper() != "ROWS":
        raise PredicateError(
            f"'{text}': write 'rows between unbounded preceding and current row' after 'order by'"
        )


def _check_values(function: exp.Expr) -> None:
    """lag(x) and lag(x, 2): a number of rows written out, and no value in place of none."""
    offset = function.args.get("offset")
    if offset is not None and not (isinstance(offset, exp.Literal) and offset.name.isdigit()):
        raise PredicateError(f"'{function.sql(dialect='duckdb')}': the number of rows must be written out")
    if function.args.get("default") is not None:
        raise PredicateError(f"'{function.sql(dialect='duckdb')}' takes a value and a number of rows only")
