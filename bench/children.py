"""Children in need: one official XML file to findings in a fresh process, and how cost grows with the children.

The peer is the figure of the pandas validator of the same 109 rules on 2,000 children, measured on this machine
when the engines were chosen (32 s); ``make bench-peer`` measures it again, side by side.
"""

from __future__ import annotations

from bench.invented_children import write_children
from bench.measure import OUT, Run, best_of, machine, met, muster, table

SIZES = ((2_000, 5), (10_000, 3), (100_000, 1))
PEER_SECONDS, TIMES_FASTER, SECONDS, MEGABYTES = 32.0, 40, 1.0, 500


def checked(children: int, runs: int) -> Run:
    """The quickest of some fresh processes that check a file of so many children."""
    OUT.mkdir(exist_ok=True)
    path = write_children(OUT / f"children-{children}.xml", children)
    return best_of(runs, lambda: muster("check", path, "--quiet"))


def main() -> None:
    """Print the table and what became of each aim."""
    found = {children: checked(children, runs) for children, runs in SIZES}
    first = found[SIZES[0][0]]
    per_child = {children: run.processor / children for children, run in found.items()}
    rows = [
        (
            f"{children:,}", f"{run.seconds:.2f} s", f"{run.processor:.2f} s",
            f"{1e6 * per_child[children]:.0f} µs", f"{run.megabytes:,.0f} MB",
        )
        for children, run in found.items()
    ]  # fmt: skip
    table(
        f"Children in need: official XML to findings, fresh process ({machine()})",
        ("children", "time", "processor", "per child", "memory"),
        rows,
    )
    smallest, largest = per_child[SIZES[0][0]], per_child[SIZES[-1][0]]
    table(
        "Aims",
        ("aim", "found", ""),
        [
            (f"2,000 children in {SECONDS:.0f} s", f"{first.seconds:.2f} s", met(first.seconds <= SECONDS)),
            ("the same, by processor time", f"{first.processor:.2f} s", met(first.processor <= SECONDS)),
            (
                f"{TIMES_FASTER} × faster than the peer's {PEER_SECONDS:.0f} s (its figure of another day)",
                f"{PEER_SECONDS / first.seconds:.0f} ×",
                met(first.seconds * TIMES_FASTER <= PEER_SECONDS),
            ),
            (
                "the same, by processor time",
                f"{PEER_SECONDS / first.processor:.0f} ×",
                met(first.processor * TIMES_FASTER <= PEER_SECONDS),
            ),
            (
                "no dearer per child at 100,000 than at 2,000 (linear)",
                f"{largest / smallest:.2f} of it",
                met(largest <= smallest),
            ),
            *(
                (f"{children:,} children under {MEGABYTES} MB", f"{run.megabytes:,.0f} MB",
                 met(run.megabytes < MEGABYTES))
                for children, run in found.items()
            ),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
