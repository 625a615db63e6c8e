"""The samples of export and calendar in docs/samples are what the program makes of the plan today."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

TOP = Path(__file__).parent.parent
PAGE = (TOP / "docs" / "samples" / "export.md").read_text("utf-8")
COMMANDS = [
    (words.split(), target or re.findall(r"--out (\S+)", words)[0])
    for words, target in re.findall(r"`ustm ([^`]+?)(?: > ([^` ]+))?`", PAGE)
]


@pytest.mark.parametrize(("words", "sample"), COMMANDS, ids=[Path(sample).name for _, sample in COMMANDS])
def test_sample_is_current(run: Callable[..., Any], tmp_path: Path, words: list[str], sample: str) -> None:
    """The command beside a sample makes that sample: run `python scripts/samples.py` where it does not any more."""
    made = tmp_path / Path(sample).name
    if "--out" in words:
        assert run(*[str(made) if word == sample else word for word in words]).code == 0
    else:
        made.write_text(run(*words).out, "utf-8", newline="\n")
    if sample.endswith(".xlsx"):
        # The bytes hang on the versions of the writer and of zlib, the cells do not.
        assert cells(made) == cells(TOP / sample)
    else:
        assert made.read_bytes() == (TOP / sample).read_bytes()


def cells(path: Path) -> list[tuple[str, str, object, str]]:
    book = load_workbook(path)
    return [
        (sheet.title, cell.coordinate, cell.value, cell.number_format)
        for sheet in book
        for line in sheet
        for cell in line
    ]


def test_every_sample_has_its_command() -> None:
    """Eight samples, each linked from the page and made by a command of it."""
    assert len(COMMANDS) == 8
    for _, sample in COMMANDS:
        assert f"({Path(sample).name})" in PAGE
        assert (TOP / sample).is_file()
