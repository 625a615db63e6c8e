"""Run the commands of the pages in docs/samples/ that make the samples, on the day that the pages name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parent.parent
COMMAND = re.compile(r"`ustm ([^`]+?)(?: > ([^` ]+))?`")


def commands(page: str) -> Iterator[tuple[list[str], str | None]]:
    """(words after `ustm`, the file that stdout goes to) of every command of a page that makes a sample."""
    for words, target in COMMAND.findall(page):
        if target or "--out docs/samples/" in words:
            yield words.split(), target or None


def main() -> None:
    page = (TOP / "docs" / "samples" / "export.md").read_text("utf-8")
    env = os.environ | {"USTM_TODAY": "2563-11-16", "USTM_NO_CACHE": "1", "PYTHONUTF8": "1"}
    for words, target in commands(page):
        done = subprocess.run(
            [sys.executable, "-m", "ustm_cli", *words], cwd=TOP, env=env, stdout=subprocess.PIPE, check=True
        )
        if target:
            (TOP / target).write_bytes(done.stdout)


if __name__ == "__main__":
    main()
