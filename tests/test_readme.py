"""The README is true: its commands, typed one after another in a fresh office, print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def commands(text: str) -> Iterator[tuple[str, str]]:
    """(command, what it is said to print) of every `$` line of every console block."""
    for block in BLOCK.findall(text):
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = piece.partition("\n")
            yield command, printed.rstrip("\n")


def pattern_of(printed: str) -> re.Pattern[str]:
    """`…` on a line of its own stands for any lines, within a line for any text."""
    lines = [
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in printed.split("\n")
    ]
    return re.compile("".join(lines) if printed else r"\s*")


def test_the_tour(tmp_path: Path, run: Callable[..., tuple[str, str, int]]) -> None:
    """Every command of the README's tour runs and prints just what is shown."""
    (tmp_path / "plans").mkdir()
    shutil.copy(ROOT / "plans" / "fy2564.yaml", tmp_path / "plans")
    env = {"USTM_TODAY": "2563-11-16", "USTM_BY": "สมหญิง", "COLUMNS": "96"}
    found = list(commands((ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(found) > 10
    for command, printed in found:
        program, *words = shlex.split(command)
        assert program == "ustm"
        out, err, code = run(*words, cwd=tmp_path, env=env)
        assert code == 0, (command, err)
        shown = "".join(line.rstrip() + "\n" for line in out.rstrip("\n").split("\n"))
        assert pattern_of(printed).fullmatch(shown), f"{command}\n{shown}"
