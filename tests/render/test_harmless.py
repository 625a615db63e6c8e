"""What is told of a text at one glance, before any pattern is compiled, is what the patterns would tell."""

from __future__ import annotations

import re
import sys

import pytest

from ustm_cli.deadlines import text
from ustm_cli.plan import findings, source
from ustm_cli.register import records
from ustm_cli.render import harmless

PRINTABLE = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if char.isprintable())
PATTERNS = {
    "control characters": harmless._CONTROL,
    "what steers": harmless._STEERING,
    "what turns": harmless._TURNING,
    "in a finding": findings._STEERING,
    "in a plan": source._CONTROL.pattern,
    "in a register": records._CONTROL,
    "spaces": text._SPACES,
    "without width": text._ZERO_WIDTH,
}


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_what_is_printable_needs_no_pattern(pattern: str) -> None:
    """No printable character of Unicode is one that is looked for."""
    assert re.search(pattern, PRINTABLE) is None


def test_the_only_printable_space_is_the_space() -> None:
    assert {char for char in PRINTABLE if char.isspace()} == {" "}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("งาน", "งาน"),
        ("", ""),
        (" งาน", "งาน"),
        ("งาน ", "งาน"),
        ("งาน  ก", "งาน ก"),
        ("งาน\u00a0ก", "งาน ก"),
        ("งาน\nก\r\nข\tค", "งาน ก ข ค"),
        ("\u202eงาน\u2066", "งาน"),
        ("งาน\x1b[31m", "งาน [31m"),
        ("งาน\u200bก", "งาน\u200bก"),
        ("\ud800", ""),
    ],
    ids=ascii,
)
def test_one_line(text: str, line: str) -> None:
    """In one line, single spaces between, none around, nothing that steers."""
    assert harmless.one_line(text) == line
