"""Writers for the tests of the store, run in a process of their own: `python writers.py MODE PATH [NUMBERS…]`.

Each record that the store acknowledged is told on stdout, a line each, by one small write that is whole or not there.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from ustm_cli.register.store import _locked, append


def line(name: str) -> str:
    return json.dumps({"id": name, "note": "บันทึก" * 40}, ensure_ascii=False)


def write(path: Path, name: str, count: int) -> None:
    """Append records until `count` or until death, telling each once it is acknowledged."""
    for number in range(count):
        append(path, [line(f"{name}-{number}")])
        os.write(1, f"{name}-{number}\n".encode())


def fork(path: Path, name: str, count: int) -> int:
    """A writer of its own, already at work."""
    ready, begun = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(begun, b".")
            write(path, name, count)
        finally:
            os._exit(0)
    os.read(ready, 1)
    os.close(ready)
    os.close(begun)
    return child


def together(path: Path, processes: int, count: int) -> None:
    for child in [fork(path, f"p{number}", count) for number in range(processes)]:
        os.waitpid(child, 0)


def killed(path: Path, times: int, seed: int) -> None:
    """Writers three at a time, each killed at a random moment of its work."""
    chance = random.Random(seed)
    running: list[tuple[float, int]] = []
    for number in range(times):
        child = fork(path, f"k{seed}.{number}", 10_000)
        running.append((time.monotonic() + chance.uniform(0, 0.02), child))
        while len(running) == 3 or (number == times - 1 and running):
            moment, child = min(running)
            time.sleep(max(moment - time.monotonic(), 0))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            running.remove((moment, child))


def hold(path: Path) -> None:
    """Take the lock, say so, and keep it for ever."""
    with _locked(path, os.O_RDWR | os.O_CREAT, 10):
        os.write(1, b"held\n")
        time.sleep(600)


def full(path: Path, room: int) -> None:
    """Write where only `room` more bytes are to be had."""
    import resource

    from ustm_cli.register.store import StoreFault

    size = path.stat().st_size if path.exists() else 0
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, before[1]))
    try:
        append(path, [line("too-much")])
    except StoreFault as fault:
        os.write(1, f"{fault.doing}\n".encode())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)  # who measures this process writes after it


if __name__ == "__main__":
    mode, file, *numbers = sys.argv[1:]
    {"together": together, "killed": killed, "hold": hold, "full": full}[mode](Path(file), *map(int, numbers))
