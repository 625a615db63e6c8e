"""Mutation testing of the heart: `python scripts/mutants [MODULE…]`, as `make mutants` does.

Every mutant of the modules (default: dates, deadlines, obligations, register) is tried; a table by module goes to
stdout, the survivors that docs/mutants.md does not list as equivalent below it. Exit 1 where one is not on that page
at all, or where less than 95 of 100 die.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path

from operators import Mutant, mutants_of
from trials import RESULTS, TOP, Reach, Verdict, Warm, load_foreign, try_cold

HEART = ("ustm_cli/dates", "ustm_cli/deadlines", "ustm_cli/obligations.py", "ustm_cli/register")
TESTS = ("tests/dates", "tests/deadlines", "tests/register", "tests/oracle", "tests/test_obligations.py")
EQUIVALENT = TOP / "docs" / "mutants.md"
DIED = RESULTS / "died.json"
LEAST = 95.0
# `| `file:function` | ``before`` → ``after`` | reason |`
ROW = re.compile(r"^\| `([^`]+)` \| ``(.+?)`` → ``(.+?)`` \| \S", re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=HEART)
    parser.add_argument("--tests", nargs="*", default=TESTS)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--left", action="store_true", help="try only those that lived last time and are on no page")
    parser.add_argument("--stages", default="warm,cold,slow")
    parser.add_argument("--cold", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.chdir(TOP)
    os.environ |= {"PYTHONHASHSEED": "0"}
    sys.path.insert(0, str(TOP))
    everything = {
        file.relative_to(TOP).as_posix(): mutants_of(file, file.relative_to(TOP).as_posix()) for file in _files(HEART)
    }
    trees = {module: tree for module, (tree, _) in everything.items()}
    wanted = [file.relative_to(TOP).as_posix() for file in _files(options.modules)]
    mutants = dict(enumerate(mutant for module in wanted for mutant in everything[module][1]))
    if options.cold:
        return _cold(Path(options.cold), mutants, trees, options.jobs)
    still_hypothesis()
    RESULTS.mkdir(parents=True, exist_ok=True)
    before = json.loads(DIED.read_text()) if options.left and DIED.exists() else {}
    named = names(mutants)
    died = {number: before[name] for number, name in named.items() if name in before}
    tried = {number: mutants[number] for number in (_others(mutants, died) if options.left else mutants)}

    def note(verdicts: Sequence[Verdict]) -> None:
        keep(before, named, died | {verdict.mutant: verdict.test for verdict in verdicts if verdict.died})

    warm = Warm({number: mutant for number, mutant in tried.items() if number not in died}, trees, options.jobs, note)
    warm.run(options.tests, trying="warm" in options.stages)
    died |= {verdict.mutant: verdict.test for verdict in warm.verdicts if verdict.died}
    # What could not be tried warm says why.
    broken = {verdict.mutant for verdict in warm.verdicts if verdict.test and not verdict.died}
    keep(before, named, died)
    for stage in ("cold", "slow"):
        left = [
            number
            for number, mutant in tried.items()
            if number not in died and (stage == "slow" or number in broken or not mutant.function)
        ]
        if stage not in options.stages or not left:
            continue
        task = RESULTS / "cold.json"
        given = {
            "left": left,
            "slow": stage == "slow",
            "seconds": warm.reach.seconds,
            "tests": warm.reach.tests,
            "loading": sorted(warm.reach.loading),
        }
        task.write_text(json.dumps(given))
        # A process that has never loaded the package.
        command = [sys.executable, __file__, *options.modules, "--jobs", str(options.jobs), "--cold", str(task)]
        subprocess.run(command, check=True)
        died |= {int(number): test for number, test in json.loads(task.read_text()).items()}
        keep(before, named, died)
    return report(mutants, died)


def names(mutants: Mapping[int, Mutant]) -> dict[int, str]:
    """A name for each mutant that stays while its function stays as it is."""
    seen = Counter[str]()
    named = {}
    for number, mutant in mutants.items():
        seen[mutant.key] += 1
        named[number] = f"{mutant.key} #{seen[mutant.key]}"
    return named


def keep(before: Mapping[str, str], named: Mapping[int, str], died: Mapping[int, str]) -> None:
    killers = {**before, **{named[number]: test for number, test in died.items()}}
    DIED.write_text(json.dumps(killers, indent=1, ensure_ascii=False))


def _files(names: Iterable[str]) -> list[Path]:
    return [
        file for name in names for file in ([TOP / name] if name.endswith(".py") else sorted((TOP / name).glob("*.py")))
    ]


def still_hypothesis() -> None:
    """The same examples every time, and no shrinking: that a test fails is enough."""
    from hypothesis import Phase, settings

    settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate]
    )
    settings.load_profile("mutants")


def _cold(task: Path, mutants: dict[int, Mutant], trees: dict[str, object], jobs: int) -> int:
    given = json.loads(task.read_text())
    load_foreign()
    still_hypothesis()
    reach = Reach(given["seconds"], given["tests"], frozenset(given["loading"]))
    own = {number: mutants[number] for number in given["left"]}
    verdicts = try_cold(own, trees, reach, jobs, slow=given["slow"])  # type: ignore[arg-type]
    task.write_text(json.dumps({verdict.mutant: verdict.test for verdict in verdicts if verdict.died}))
    return 0


def equivalent() -> Counter[str]:
    """The mutants that docs/mutants.md lists, each with a reason, by their keys."""
    rows = ROW.findall(EQUIVALENT.read_text("utf-8")) if EQUIVALENT.exists() else []
    return Counter(f"{where}: {before} -> {after}".replace(r"\|", "|") for where, before, after in rows)


def _others(mutants: Mapping[int, Mutant], died: Container[int]) -> list[int]:
    """Those that neither died nor are listed as equivalent."""
    listed = equivalent()
    others = []
    for number, mutant in mutants.items():
        if number in died:
            continue
        if listed[mutant.key]:
            listed[mutant.key] -= 1
        else:
            others.append(number)
    return others


def report(mutants: Mapping[int, Mutant], died: Mapping[int, str]) -> int:
    others = [mutants[number] for number in _others(mutants, died)]
    total = Counter(mutant.module for mutant in mutants.values())
    killed = Counter(mutants[number].module for number in died)
    same = total - killed - Counter(mutant.module for mutant in others)
    print("| module | mutants | killed | equivalent | others | killed % |\n|---|---:|---:|---:|---:|---:|")
    for module in total:
        print(_row(module, total[module], killed[module], same[module]))
    print(_row("all", total.total(), killed.total(), same.total()))
    for mutant in others:
        print(f"{mutant.line} {mutant.key}")
    page = EQUIVALENT.read_text("utf-8").replace(r"\|", "|")
    new = [mutant for mutant in others if f"``{mutant.before}`` → ``{mutant.after}``" not in page]
    return int(bool(new) or 100 * killed.total() < LEAST * total.total())


def _row(name: str, total: int, killed: int, same: int) -> str:
    return f"| {name} | {total} | {killed} | {same} | {total - killed - same} | {100 * killed / total:.1f} |"


if __name__ == "__main__":
    sys.exit(main())
