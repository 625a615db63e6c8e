"""`make bench`: every figure of speed and size beside its goal and beside the peers that the machine has.

`python -m benchmarks [--rounds N] [--country N]`; ratios are medians over those of `python -c pass`, all
programs being run in turn.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from benchmarks import country, goals, peers, plans, rollup
from benchmarks.stopwatch import Program, clean_environment, once, ratios

Row = tuple[str, str, str, str]


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks")
    reader.add_argument("--rounds", type=int, default=15, help="runs of each program")
    reader.add_argument("--country", type=int, default=0, help="plans of a country, 0 for none (all: 7927)")
    options = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="ustm-bench-") as name:
        folder = Path(name)
        rows, unit = _timed(folder, options.rounds)
        rows += [*_sizes(folder), _modules(folder)]
        if options.country:
            rows += country.figures(folder / "country", options.country, options.rounds)
            rows += rollup.figures(folder / "rollup", options.country)
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()};")
    print(f"1 = python -c pass = {unit * 1000:.1f} ms; ustm {version('ustm')}; {options.rounds} rounds\n")
    _print(rows)


def _timed(folder: Path, rounds: int) -> tuple[list[Row], float]:
    """The figures and the peers, in turn in one run."""
    asked = goals.figures(folder)
    found: list[Program] = []
    absent: list[str] = []
    for items in (150, 1_500, 15_000):
        here, absent = peers.programs(folder / "peers", items)
        found += here
    took, unit = ratios([*(figure.program for figure in asked), *found], rounds)
    rows = [_row(figure.program.name, took[figure.program.name], figure.goal) for figure in asked]
    single, ten = "due --week json, {}", "ten times the activities, json, {}"
    for way, goal in (("warm", 1.3), ("cold", 2.5)):
        rows.append(
            _row(f"ten times the activities over one, {way}", took[ten.format(way)] / took[single.format(way)], goal)
        )
    if (remind := "Remind, 15000 items") in took:
        rows.append(_row(f"{goals.HUNDRED}, over Remind with 15,000", took[goals.HUNDRED] / took[remind], 1))
    rows += [_over_engine(engine, name, took) for engine, name in goals.DOCUMENTS.items()]
    rows += [(program.name, f"{took[program.name]:.2f}", "peer", "") for program in found]
    rows += [(name, "absent", "peer", "") for name in absent]
    return rows, unit


def _row(name: str, value: float, goal: float | None) -> Row:
    if goal is None:
        return name, f"{value:.2f}", "", ""
    return name, f"{value:.2f}", f"{goal:g}", "met" if value <= goal else f"{value - goal:.2f} over"


def _over_engine(engine: str, name: str, took: Mapping[str, float]) -> Row:
    """Our documents over what their engine takes alone."""
    alone = took[f"import of {engine}'s engine"] + took[f"work of {engine}'s engine"]
    return _row(f"{name} over its engine alone ({alone:.1f})", took[name] / alone, 2)


def _python(cwd: Path, *words: str) -> str:
    env = clean_environment() | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, *words], cwd=cwd, env=env, capture_output=True, text=True, check=True)
    return done.stdout


def _sizes(folder: Path) -> list[Row]:
    """`check` of large plans, and the expansion alone."""
    took = {}
    peak = 0
    for lines in (5_000, 50_000):
        office = goals.Office(folder / f"lines-{lines}", plans.of_lines(lines))
        seconds, peak = once(office.asks("", "check", "--format", "concise", *goals.TODAY))
        took[lines] = seconds
    growth = took[50_000] / took[5_000]
    rows = [
        _row("check, 50,000 lines over 5,000 (linear: 10)", growth, 11),
        ("check, 50,000 lines, seconds", f"{took[50_000]:.2f}", "", ""),
        _row("check, 50,000 lines, MB", peak / 1e6, 150),
    ]
    local, big = (float(speed) / 1e6 for speed in _python(folder / "lines-50000", "-c", EXPANSION).split())
    rows.append(("expansion, millions a second, local administrations", f"{local:.2f}", "1", _short(local, 1)))
    rows.append(("expansion, millions a second, 50,000 lines", f"{big:.2f}", "1", _short(big, 1)))
    return rows


def _short(value: float, goal: float) -> str:
    return "met" if value >= goal else f"{goal - value:.2f} short"


# A hundred offices of one province, and one plan of which every sixth obligation awaits an event.
EXPANSION = """
import time
from pathlib import Path
from benchmarks.plans import local_administration
from ustm_cli.dates.holidays import days_off
from ustm_cli.dates.workdays import Workdays
from ustm_cli.obligations import expand
from ustm_cli.plan.load import load

here = Path("plans/fy2564.yaml")
small = [load(here, "", local_administration(str(number), "อุบลราชธานี").encode()).plan for number in range(100)]
for plans in (small, [load(here, "").plan]):
    times = []
    for _ in range(7):
        workdays = Workdays(days_off("อุบลราชธานี").workdays.off)  # new every time, so that nothing is known of it
        start = time.process_time()
        count = sum(1 for plan in plans for _ in expand(plan, workdays))
        times.append(time.process_time() - start)
    print(count / sorted(times)[3])
"""


def _modules(folder: Path) -> Row:
    """How many modules the warm way imports; a bare interpreter has 26."""
    code = (
        "import atexit, sys; from ustm_cli.quick import main;"
        "atexit.register(lambda: sys.stderr.write(str(len(sys.modules)))); main()"
    )
    program = goals.Office(folder / "modules", plans.province()).asks("", *goals.WEEK)
    env = clean_environment() | program.env | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    argv = [sys.executable, "-c", code, *goals.WEEK]
    for _ in range(2):
        done = subprocess.run(argv, cwd=program.cwd, env=env, capture_output=True, text=True, check=True)
    return _row("modules imported on the warm way", int(done.stderr), 40)


def _print(rows: Iterable[Row]) -> None:
    shown = [("what", "measured", "goal", ""), *rows]
    widths = [max(len(row[column]) for row in shown) for column in range(4)]
    for row in shown:
        cells = (row[0].ljust(widths[0]), row[1].rjust(widths[1]), row[2].rjust(widths[2]), row[3])
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    main()
