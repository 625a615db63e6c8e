"""Programs timed in turn, so that what slows the machine slows all of them: medians, as ratios to an interpreter.

Processor time is what counts: the clock on the wall would count others' programs too, a short program's waiting for its
turn as much as a long one's.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

BARE = "python -c pass"


@dataclass(frozen=True)
class Program:
    """One command line to be timed. `touched`: a file that is edited before every run, so that nothing is warm.

    `reports`: it prints the seconds that count, being more than they are about.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    terminal: bool = False
    touched: Path | None = None
    reports: bool = False

    def run(self) -> float:
        """Seconds of one run by the processor's clock, with those of the programs that it started and awaited.

        Raises CalledProcessError where it fails otherwise than by an empty answer.
        """
        if self.touched:
            with self.touched.open("a", encoding="utf-8") as file:
                file.write("#\n")
        seconds, code, printed = self._in_terminal() if self.terminal else self._piped()
        if code not in (0, 1):
            raise subprocess.CalledProcessError(code, list(self.argv))
        return float(printed) if self.reports else seconds

    def _piped(self) -> tuple[float, int, bytes]:
        running = self._start(subprocess.PIPE, subprocess.DEVNULL)
        assert running.stdout is not None
        with running.stdout:
            printed = running.stdout.read()
        return *_awaited(running), printed

    def _in_terminal(self) -> tuple[float, int, bytes]:
        outer, inner = pty.openpty()
        reader = threading.Thread(target=_drain, args=(outer,))
        reader.start()
        seconds, code = _awaited(self._start(inner, inner))
        os.close(inner)
        reader.join()
        os.close(outer)
        return seconds, code, b""

    def _start(self, out: int, err: int) -> subprocess.Popen[bytes]:
        env = clean_environment() | self.env
        return subprocess.Popen(self.argv, env=env, cwd=self.cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err)


def _awaited(running: subprocess.Popen[bytes]) -> tuple[float, int]:
    """(seconds of the processor, exit code) of a program, once it ended."""
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, running.returncode


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
