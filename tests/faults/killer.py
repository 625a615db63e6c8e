"""Runs a command line again and again, killed without warning at a moment of its work; for tests and for `make faults`.

`python killer.py FOLDER TIMES SEED WORD…`: each run is a fork of this process, in which everything is imported
already, so that the moments are those of the command's own work. Prints how many ended by themselves.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import random
import shutil
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


def once(words: list[str], after: float | None) -> tuple[bool, float]:
    """(whether it ended by itself, how long it took); `after`: seconds until it is killed."""
    from ustm_cli import cli

    began = time.monotonic()
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        code = 99
        try:
            code = cli.run(words)
        finally:
            os._exit(code)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status) != 0 and after is None:
        raise SystemExit(f"{words} ended with {os.WEXITSTATUS(status)}")
    return not os.WIFSIGNALED(status), time.monotonic() - began


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder that is no leaving of a killed writer, by name."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if not path.name.startswith(".")}


def trial(folder: Path, words: list[str], times: int, seed: int) -> tuple[int, int]:
    """How often it was killed, and how often a file was then neither the old one nor the new one (or a record lost).

    Runs that append (a register) are whole when every line but the acknowledged ones is a whole line.
    """
    chance = random.Random(seed)
    before = files(folder)
    os.chdir(folder)
    for module in pkgutil.walk_packages([str(Path(__file__).parents[2] / "ustm_cli")], "ustm_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    _, length = once(words, None)
    after = files(folder)
    killed = torn = 0
    for _ in range(times):
        for path in files(folder):
            (folder / path).unlink()
        for path in folder.rglob(".*.new"):
            path.unlink()
        for path, data in before.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        ended, _ = once(words, chance.uniform(0, length * 1.1))
        killed += not ended
        torn += sum(not whole(name, data, before.get(name), after.get(name)) for name, data in files(folder).items())
        torn += sum(name not in files(folder) for name in before)
    return killed, torn


def whole(name: str, data: bytes, old: bytes | None, new: bytes | None) -> bool:
    if name.endswith(".jsonl"):
        return data.startswith(old or b"") and (not data or data.endswith(b"\n"))
    return data in (old, new)


if __name__ == "__main__":
    here, count, start, *line = sys.argv[1:]
    os.environ |= {"USTM_TODAY": "2563-11-16", "USTM_BY": "ก", "USTM_NO_CACHE": "1"}
    spoiled = shutil.copytree(here, f"{here}.trial")
    result = trial(Path(spoiled), line, int(count), int(start))
    print(*result)
