"""docs/register.md tells what the program really says, and every key of every kind of record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.register.manual import MANUAL, rerun
from ustm_cli.register.records import KINDS
from ustm_cli.render.texts.starter import ATTRIBUTES


def test_console_blocks_are_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the manual, run in its order, says what stands below it."""
    from ustm_cli.cli import recording

    monkeypatch.setattr(recording, "noise", recording.noise)
    for block, real in rerun(MANUAL.read_text("utf-8"), tmp_path):
        assert block == real


def test_every_kind_and_key_is_told() -> None:
    """The table of kinds has each with its keys, the optional ones in brackets."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (`.*) \|$", MANUAL.read_text("utf-8"), flags=re.MULTILINE))
    for name, kind in KINDS.items():
        needed = [f"`{key}`" for key in kind._fields[1:] if key not in kind._field_defaults]
        more = [f"`{key}`" for key in kind._fields[1:] if key in kind._field_defaults]
        assert rows[name] == " ".join(needed) + (f" [{' '.join(more)}]" if more else "")


def test_attribute_is_told() -> None:
    """The line of .gitattributes stands there as `init` writes it."""
    [line] = [one for one in ATTRIBUTES.splitlines() if "merge=union" in one]
    assert f"```text\n{line}\n```" in MANUAL.read_text("utf-8")
