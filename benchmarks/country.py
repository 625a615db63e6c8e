"""`python -m benchmarks.country N…`: the week's question over a country of N plans: first, again, on another day."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import plans
from benchmarks.goals import USTM
from benchmarks.rollup import measured
from benchmarks.stopwatch import Program, ratios

Row = tuple[str, str, str, str]
PROVINCES = 77
MOST_AGAIN, MOST_MB = 15, 1000
QUESTION = (USTM, "due", "--plan", "**/fy2564.yaml", "--week", "--today")
MONDAY, TUESDAY, WEDNESDAY = "2563-11-16", "2563-11-17", "2563-11-18"


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.country")
    reader.add_argument("counts", type=int, nargs="+", metavar="N", help="plans of the country (all: 7927)")
    reader.add_argument("--rounds", type=int, default=9, help="runs of the question that was asked before")
    options = reader.parse_args()
    for count in options.counts:
        with tempfile.TemporaryDirectory(prefix="ustm-bench-") as folder:
            for what, value, goal, met in figures(Path(folder), count, options.rounds):
                print(f"{what:76}{value:>10}  {goal:6}{met}".rstrip(), flush=True)


def figures(folder: Path, count: int, rounds: int) -> Iterator[Row]:
    """(what, measured, goal, whether met) of a country of so many plans, which is written below `folder`."""
    here, cache = folder / "country", folder / "cache"
    written = plans.country(here, max(count - PROVINCES, 0))
    os.environ["XDG_CACHE_HOME"] = str(cache)
    yield from _first(f"{written} plans, the first question", [*QUESTION, MONDAY], here)
    again = Program("again", [*QUESTION, MONDAY], {"XDG_CACHE_HOME": str(cache)}, here)
    took, unit = ratios([again], rounds)
    yield _judged(f"{written} plans, again, bare interpreters", took["again"], MOST_AGAIN)
    yield f"{written} plans, again, ms of processors", f"{took['again'] * unit * 1000:.0f}", "", ""
    yield from _first(f"{written} plans, another day", [*QUESTION, TUESDAY], here)
    plan = next(here.rglob("*.yaml"))
    plan.write_text(plan.read_text(encoding="utf-8") + "#\n", encoding="utf-8")
    yield from _first(f"{written} plans, one edited, another day", [*QUESTION, WEDNESDAY], here)
    size = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
    yield f"{written} plans, MB of the index", f"{size / 1e6:.0f}", "", ""


def _first(name: str, program: list[str], folder: Path) -> Iterator[Row]:
    took = measured(program, folder)
    yield f"{name}, seconds", f"{took.seconds:.1f}", "", ""
    yield f"{name}, seconds of processors", f"{took.worked:.1f}", "", ""
    yield _judged(f"{name}, MB of all processes at their highest", took.peak / 1e6, MOST_MB)


def _judged(what: str, value: float, most: float) -> Row:
    return what, f"{value:.1f}", f"{most:g}", "met" if value <= most else f"{value - most:.1f} over"


if __name__ == "__main__":
    main()
