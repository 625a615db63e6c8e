"""How much slower `ustm due` is with 5,000 records than with none: `python benchmarks/register.py [RUNS]`.

The quick way is turned off, so that every run reads the plan and the register. `recorded`: work done, reopened,
progress, meetings. `mixed`: a fifth of the records are cases. `cases`: 2,500 cases received and closed.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

TOP = Path(__file__).parent.parent
sys.path.insert(0, str(TOP))

from ustm_cli.register import records as kinds  # noqa: E402
from ustm_cli.register.records import BANGKOK, Head, Record, case_period, new_id, to_line  # noqa: E402
from ustm_cli.register.store import append  # noqa: E402

COUNT = 5_000
WITHIN = 1.3
START = datetime(2020, 10, 1, 9, tzinfo=BANGKOK)
DAY = date(2020, 9, 30)
ACTIVITIES = ("ktb-reconcile", "ci-reconcile", "it-service", "ef-monthly", "ef-report", "ef-monitor")


def records(sort: str) -> Iterator[Record]:
    chance = random.Random(1)  # noqa: S311
    case = ""
    for number in range(COUNT):
        moment = START + timedelta(minutes=number)
        head = Head(new_id(10**18 + number * 10**6, chance.getrandbits(35)), moment, "สมชาย ใจดี", "หมายเหตุของรายการ")
        turn = {"recorded": number % 8, "mixed": number % 10, "cases": 8 + number % 2}[sort]
        id = f"{ACTIVITIES[number % 6]}@{'2563' if number % 2 else '2564'}-{number % 9 + 1:02d}"
        if turn < 5:
            yield kinds.Done(head, id, DAY, f"กค 0403/{number}")
        elif turn == 5:
            yield kinds.Reopened(head, id, DAY)
        elif turn == 6:
            yield kinds.Progress(head, "audit-notify", DAY, number % 239)
        elif turn == 7:
            yield kinds.EventSet(head, "provincial-meeting", "2564-01", date(2021, 1, 28), DAY)
        elif turn == 8:
            case = f"consult-line@{case_period(2564, moment, chance.getrandbits(40))}"
            yield kinds.Received(head, case, moment, f"LINE {number}")
        else:
            yield kinds.Closed(head, case, moment + timedelta(seconds=40))


def office(folder: Path, sort: str) -> Path:
    plans = folder / sort / "plans"
    plans.mkdir(parents=True)
    shutil.copy(TOP / "plans" / "fy2564.yaml", plans)
    if sort != "none":
        append(plans / "fy2564.register.jsonl", [to_line(record) for record in records(sort)])
    return folder / sort


def seconds(folder: Path) -> float:
    """Seconds of processor time, which other programs disturb less than the clock."""
    env = os.environ | {"USTM_TODAY": "2563-11-16", "PYTHONPATH": str(TOP), "USTM_NO_CACHE": "1"}
    before = os.times()
    subprocess.run([sys.executable, "-m", "ustm_cli", "due"], cwd=folder, env=env, capture_output=True, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main(runs: int) -> int:
    sorts = ("none", "recorded", "mixed", "cases")
    with tempfile.TemporaryDirectory() as name:
        folders = {sort: office(Path(name), sort) for sort in sorts}
        found: dict[str, list[float]] = {sort: [] for sort in sorts}
        for _ in range(runs):
            for sort, folder in folders.items():
                found[sort].append(seconds(folder))
    middle = {sort: statistics.median(times) for sort, times in found.items()}
    for sort in sorts:
        print(f"{sort:9} {middle[sort] * 1000:6.0f} ms  x {middle[sort] / middle['none']:.2f}")
    return 0 if middle["recorded"] <= WITHIN * middle["none"] else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
