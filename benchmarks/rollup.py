"""`python -m benchmarks.rollup N…`: a country of N plans rolled up, again, and again after an edit; a week asked of it.

Memory is that of the whole tree of processes at its highest, shared pages counted once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import plans
from benchmarks.goals import TODAY, USTM
from benchmarks.stopwatch import clean_environment

PROVINCES = 77
EVERY_SECONDS = 0.1
MOST_BYTES = 1_000_000_000
WEEK = """
    SELECT province, count(*) FROM read_parquet(?, hive_partitioning = true)
    WHERE status = 'overdue' OR (status = 'open' AND act_by BETWEEN DATE '2020-11-16' AND DATE '2020-11-22')
    GROUP BY province ORDER BY 2 DESC
"""


Row = tuple[str, str, str, str]
"""What, measured, goal, whether it is met."""


class Took(NamedTuple):
    """Seconds, seconds of processors, and bytes of one run."""

    seconds: float
    worked: float
    peak: int


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.rollup")
    reader.add_argument("counts", type=int, nargs="+", metavar="N", help="plans of the country (all: 7927)")
    for count in reader.parse_args().counts:
        with tempfile.TemporaryDirectory(prefix="ustm-bench-") as folder:
            for what, measured, goal, met in figures(Path(folder), count):
                print(f"{what:70}{measured:>10}  {goal}  {met}".rstrip(), flush=True)


def figures(folder: Path, count: int) -> Iterator[Row]:
    """Those of a country of so many plans, which is written below `folder`."""
    written = plans.country(folder / "country", max(count - PROVINCES, 0))
    program = [USTM, "rollup", "country", "--out", "data", *TODAY]
    for way in ("from nothing", "again", "after an edit"):
        if way == "after an edit":
            plan = next((folder / "country").rglob("*.yaml"))
            plan.write_text(plan.read_text(encoding="utf-8") + "#\n", encoding="utf-8")
        took = measured(program, folder)
        yield f"rollup of {written} plans, {way}, seconds", f"{took.seconds:.1f}", "", ""
        yield f"rollup of {written} plans, {way}, seconds of processors", f"{took.worked:.1f}", "", ""
        met = "met" if took.peak <= MOST_BYTES else f"{(took.peak - MOST_BYTES) / 1e6:.0f} over"
        yield f"rollup of {written} plans, {way}, MB at its highest", f"{took.peak / 1e6:.0f}", "1000", met
    files = list((folder / "data").rglob("*.parquet"))
    yield f"its data set, MB in {len(files)} files", f"{sum(file.stat().st_size for file in files) / 1e6:.1f}", "", ""
    yield from _asked(folder / "data")


def measured(program: Sequence[str], folder: Path) -> Took:
    """One run of a program in a folder, with all processes that it starts. Raises CalledProcessError."""
    start, peak = time.perf_counter(), 0
    worked: dict[int, float] = {}
    with subprocess.Popen(program, cwd=folder, env=clean_environment(), stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            found = list(_processes(running.pid))
            peak = max(peak, sum(memory for _, _, memory in found))
            worked |= {process: seconds for process, seconds, _ in found}
            time.sleep(EVERY_SECONDS)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, list(program))
    return Took(time.perf_counter() - start, sum(worked.values()), peak)


def _processes(process: int) -> Iterator[tuple[int, float, int]]:
    """(number, seconds worked, bytes) of a process and all below it; shared bytes are counted once. Linux only."""
    here = Path("/proc", str(process))
    try:
        facts = (here / "stat").read_text().rpartition(")")[2].split()
        lines = (here / "smaps_rollup").read_text().splitlines()
        below = " ".join(path.read_text() for path in here.glob("task/*/children"))
    except OSError:  # it has ended
        return
    memory = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    yield process, (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK"), memory
    for child in below.split():
        yield from _processes(int(child))


def _asked(data: Path) -> Iterator[Row]:
    """The week asked by DuckDB, in the middle of seven times."""
    try:
        import duckdb
    except ImportError:
        yield "the week, asked by DuckDB", "absent", "", ""
        return
    times, files = [], [f"{data}/**/*.parquet"]
    with duckdb.connect() as db:
        (rows,) = db.execute("SELECT count(*) FROM read_parquet(?)", files).fetchone() or (0,)
        for _ in range(7):
            start = time.perf_counter()
            db.execute(WEEK, files).fetchall()
            times.append(time.perf_counter() - start)
    yield f"the week of {rows} obligations by province, DuckDB, ms", f"{sorted(times)[3] * 1000:.0f}", "", ""


if __name__ == "__main__":
    main()
