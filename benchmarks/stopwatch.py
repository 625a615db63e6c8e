"""Programs timed in turn, so that what slows the machine slows all of them: medians, as ratios to an interpreter."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

BARE = "python -c pass"


@dataclass(frozen=True)
class Program:
    """One command line to be timed. `touched`: a file that is edited before every run, so that nothing is warm."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    terminal: bool = False
    touched: Path | None = None

    def run(self) -> float:
        """Seconds of one run. Raises CalledProcessError where it fails otherwise than by an empty answer."""
        if self.touched:
            with self.touched.open("a", encoding="utf-8") as file:
                file.write("#\n")
        env = clean_environment() | self.env
        start = time.perf_counter()
        code = self._in_terminal(env) if self.terminal else self._piped(env)
        seconds = time.perf_counter() - start
        if code not in (0, 1):
            raise subprocess.CalledProcessError(code, list(self.argv))
        return seconds

    def _piped(self, env: Mapping[str, str]) -> int:
        done = subprocess.run(
            self.argv, env=env, cwd=self.cwd, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        return done.returncode

    def _in_terminal(self, env: Mapping[str, str]) -> int:
        outer, inner = pty.openpty()
        reader = threading.Thread(target=_drain, args=(outer,))
        reader.start()
        done = subprocess.run(
            self.argv, env=env, cwd=self.cwd, stdin=subprocess.DEVNULL, stdout=inner, stderr=inner, check=False
        )
        os.close(inner)
        reader.join()
        os.close(outer)
        return done.returncode


def _drain(terminal: int) -> None:
    try:
        while os.read(terminal, 1 << 16):
            pass
    except OSError:
        return


def clean_environment() -> dict[str, str]:
    """This environment without what would make Python slower or its answers other."""
    unwanted = ("PYTHON", "USTM_", "COLUMNS", "LINES", "NO_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return kept | {"PYTHONUTF8": "1", "TERM": "xterm-256color"}


def bare() -> Program:
    return Program(BARE, [sys.executable, "-c", "pass"])


def ratios(programs: Sequence[Program], rounds: int) -> tuple[dict[str, float], float]:
    """Each program's median time as a ratio to the bare interpreter's, and that one's in seconds."""
    measured = [bare(), *programs]
    times: dict[str, list[float]] = {program.name: [] for program in measured}
    for program in measured:
        program.run()  # what is cold in the machine, and what a cache has not seen
    for _ in range(rounds):
        for program in measured:
            times[program.name].append(program.run())
    medians = {name: median(seconds) for name, seconds in times.items()}
    unit = medians.pop(BARE)
    return {name: seconds / unit for name, seconds in medians.items()}, unit


def once(program: Program) -> tuple[float, int]:
    """Seconds and peak memory in bytes of one run, measured in a process of its own."""
    code = (
        "import resource, subprocess, sys, time; start = time.perf_counter();"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode;"
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *program.argv],
        env=clean_environment() | program.env,
        cwd=program.cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, peak, _ = done.stdout.split()
    return float(seconds), int(peak) * (1 if sys.platform == "darwin" else 1024)
