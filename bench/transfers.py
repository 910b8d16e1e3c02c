"""Ten thousand identifiers in one file, and a transfer file of 500 pupils: a fresh process from file to verdicts."""

from __future__ import annotations

from functools import partial
from random import Random

from bench.measure import OUT, best_of, machine, met, muster, table
from muster.identifiers.upn import letter_of
from muster.sample.transfers import TransferSettings, write_transfer

_MANY, _PUPILS, _RUNS = 10_000, 500, 3
_AIM = 2.0  # seconds


def main() -> int:
    """Measure both and print a table; 1 where an aim was missed."""
    folder = OUT / "transfers"
    folder.mkdir(parents=True, exist_ok=True)
    numbers, verdicts = folder / "numbers.csv", folder / "verdicts.csv"
    numbers.write_text("UPN\n" + "\n".join(_numbers()) + "\n", encoding="utf-8")
    file = write_transfer(folder / "file", TransferSettings(pupils=_PUPILS)).file
    rows, missed = [], False
    for what, words in (
        (f"{_MANY:,} UPNs judged, verdicts written", ("identifiers", "check", numbers, "--out", verdicts)),
        (f"a file of {_PUPILS} pupils checked", ("ctf", "check", file, "--quiet")),
    ):
        best = best_of(_RUNS, partial(muster, *words))
        assert best.code in (0, 1), f"{what}: the command ended with {best.code}"
        reached = best.processor <= _AIM
        missed |= not reached
        rows.append(
            (
                what,
                f"{best.processor:.2f} s",
                f"{best.seconds:.2f} s",
                f"{best.megabytes:.0f} MB",
                met(reached),
            )
        )
    headings = ("what", "processor", "clock", "memory", f"aim: {_AIM:.0f} s of processor")
    table(f"Identifiers and transfer files ({machine()})", headings, rows)
    return int(missed)


def _numbers() -> list[str]:
    """Numbers of schools that never were, one in a hundred with a wrong letter."""
    rng = Random(1)
    bodies = [f"8209{rng.randint(0, 999):03d}13{number % 1000:03d}" for number in range(_MANY)]
    return [("A" if number % 100 == 0 else letter_of(body)) + body for number, body in enumerate(bodies)]


if __name__ == "__main__":
    raise SystemExit(main())
