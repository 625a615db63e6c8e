"""What several tests share: ways to run the program, the example plans, a plan made on the spot."""

from __future__ import annotations

import ctypes
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

TOP = Path(__file__).parent.parent
PLANS = TOP / "tests" / "plans"
MONDAY = "2563-11-16"
"""The Monday of the week that the README shows: the day that most tests stand on."""


class Ran(NamedTuple):
    """How one run of the program ended."""

    out: str
    err: str
    code: int


class _Out(io.TextIOWrapper):
    """A stream in memory with an encoding, as a pipe has one."""

    def __init__(self, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="\n", write_through=True)

    @property
    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)  # type: ignore[attr-defined]


def run_here(*args: str | Path, cwd: Path = TOP, env: Mapping[str, str] | None = None, encoding: str = "utf-8") -> Ran:
    """Run a command line in this process; working folder, environment and streams are put back."""
    from ustm_cli.cli import run

    before, folder = dict(os.environ), Path.cwd()
    streams = sys.stdout, sys.stderr
    out, err = _Out(encoding), _Out(encoding)
    for name in ("USTM_TODAY", "USTM_LANG", "NO_COLOR", "COLUMNS", "TERM"):
        os.environ.pop(name, None)
    os.environ |= {"USTM_TODAY": MONDAY, "USTM_DEBUG": "1", "USTM_NO_CACHE": "1", **(env or {})}
    os.chdir(cwd)
    sys.stdout, sys.stderr = out, err
    try:
        code = run([str(arg) for arg in args])
    finally:
        sys.stdout, sys.stderr = streams
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(before)
    return Ran(out.text, err.text, code)


def run_apart(
    *args: str | Path, cwd: Path = TOP, env: Mapping[str, str] | None = None, python: Sequence[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own; `python` are words that stand instead of `-m ustm_cli`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("USTM_", "PYTHONIO"))}
    command = [sys.executable, *(python or ("-m", "ustm_cli")), *map(str, args)]
    return subprocess.run(
        command,
        cwd=cwd,
        env=clean | {"PYTHONPATH": str(TOP), "USTM_TODAY": MONDAY, "USTM_NO_CACHE": "1"} | dict(env or {}),
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="session")
def run() -> Callable[..., Ran]:
    return run_here


@pytest.fixture(scope="session")
def run_process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    return run_apart


@pytest.fixture
def ordinary() -> Iterator[None]:
    """What is forbidden is refused within the test: Linux lets root lay its right to pass over permissions down."""
    if os.name == "nt":
        pytest.skip("permissions of POSIX")
    if os.geteuid():
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root may read and write everywhere")
    libc = ctypes.CDLL(None)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3 of the sets, of this thread
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable: the lower half, then the upper
    assert libc.capget(head, sets) == 0
    whole = sets[0]
    sets[0] = whole & ~0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert libc.capset(head, sets) == 0
    try:
        yield
    finally:
        sets[0] = whole
        assert libc.capset(head, sets) == 0


def plan_text(activities: str = "", *, year: int = 2564, top: str = "", group: str = "กลุ่มงานวิชาการ") -> str:
    """A plan of one group: `activities` is the YAML below `activities:`, `top` the YAML above the groups."""
    lines = "".join(f"      {line}\n" for line in activities.strip("\n").splitlines())
    below = f"    activities:\n{lines}" if lines else ""
    return f"fiscal_year: {year}\nprovince: อุบลราชธานี\n{top}groups:\n  - title: {group}\n{below}"


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Path]:
    """Write a plan as `plans/NAME` below a folder of the test's own."""

    def write(activities: str = "", name: str = "fy2564.yaml", **more: object) -> Path:
        path = tmp_path / "plans" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(plan_text(activities, **more), "utf-8", newline="\n")  # type: ignore[arg-type]
        return path

    return write


@pytest.fixture
def offices(tmp_path: Path) -> Callable[[str], str]:
    """Write the same activities as the plans of two offices; returns the pattern that names both."""

    def write(activities: str) -> str:
        for office in ("เหนือ", "ใต้"):
            path = tmp_path / office / "plans" / "fy2564.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(plan_text(activities, top=f"office: {office}\n"), "utf-8", newline="\n")
        return str(tmp_path / "*" / "plans" / "*.yaml")

    return write
