"""The console blocks of docs/register.md, run one after the other: `python manual.py` writes what they really say."""

from __future__ import annotations

import random
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[2]
sys.path.insert(0, str(TOP))

from tests.conftest import run_here  # noqa: E402

MANUAL = TOP / "docs" / "register.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
COMMAND = "$ ustm "


def said(line: str, folder: Path) -> str:
    ran = run_here(*shlex.split(line)[2:], cwd=folder, env={"USTM_BY": "สมชาย ใจดี"})
    assert ran.code == 0, (line, ran.err)
    return ran.out


def rerun(text: str, folder: Path) -> Iterator[tuple[str, str]]:
    """(block as it stands, block as it should be) of every console block."""
    from ustm_cli.cli import recording

    chance = random.Random(2564)
    recording.noise = lambda: chance.getrandbits(40)
    (folder / "plans").mkdir()
    shutil.copy(TOP / "plans" / "fy2564.yaml", folder / "plans")
    for block in BLOCK.findall(text):
        lines = [line for line in block.splitlines() if line.startswith(COMMAND)]
        yield block, "".join(f"{line}\n{said(line, folder)}" for line in lines)


if __name__ == "__main__":
    manual = MANUAL.read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        for old, new in rerun(manual, Path(name)):
            manual = manual.replace(f"```console\n{old}```", f"```console\n{new}```", 1)
    MANUAL.write_text(manual, "utf-8")
