"""Findings as text: full (line, caret, help), concise, JSON, GitHub annotations."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ustm_cli.plan.findings import Finding
from ustm_cli.render.harmless import plain
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import width

Lines = Mapping[str, Sequence[str]]
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[36m"}
_PLAIN = "\x1b[0m"
_WIDEST = 160
_UNSAFE = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def concise(findings: Sequence[Finding], voice: Voice) -> str:
    return "\n".join(_head(finding, voice) for finding in findings)


def _head(finding: Finding, voice: Voice) -> str:
    mark, message = finding.mark, finding.message(voice.lang, voice.number)
    return f"{plain(finding.file)}:{mark.line}:{mark.column}: {finding.code} {message}"


def full(findings: Sequence[Finding], lines: Lines, voice: Voice, *, colour: bool) -> str:
    return "\n".join(_one(finding, lines, voice, colour) for finding in findings)


def _one(finding: Finding, lines: Lines, voice: Voice, colour: bool) -> str:
    paint = _COLOURS[finding.severity] if colour else ""
    plain = _PLAIN if colour else ""
    parts = [f"{paint}{voice.say(finding.severity)}{plain} {_head(finding, voice)}"]
    if (shown := _shown(finding, lines)) is not None:
        text, before, length = shown
        parts.append(f"  {finding.mark.line:>5} │ {text}")
        parts.append(f"        │ {' ' * before}{paint}{'^' * length}{plain}")
    if help := finding.help(voice.lang, voice.number):
        parts.append(f"  help: {help}")
    return "\n".join(parts)


def _shown(finding: Finding, lines: Lines) -> tuple[str, int, int] | None:
    """The line, the cells before the caret and the cells below it; a long line is cut around the place."""
    own = lines.get(finding.file, ())
    mark = finding.mark
    if mark.line > len(own) or not (line := own[mark.line - 1]) or line.isspace():
        return None
    start, end = mark.column - 1, max(mark.end - 1, mark.column)
    # Cut before anything is done to it: many findings may lie on one line of a megabyte.
    if len(line) > _WIDEST:
        cut = max(start - 60, 0)
        line, start, end = line[cut : cut + _WIDEST], start - cut, end - cut
    line, end = _visible(line), min(end, len(line))
    return line.rstrip(), width(line[:start]), max(width(line[start:end]), 1)


def _visible(line: str) -> str:
    """The line without characters that would steer the terminal."""
    return "".join(char if char.isprintable() or char == "\u200b" else " " for char in line)


def as_json(findings: Sequence[Finding], voice: Voice) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "file": finding.file,
                "line": finding.mark.line,
                "column": finding.mark.column,
                "end_column": finding.mark.end,
                "path": finding.path,
                "message": finding.message(voice.lang),
                "help": finding.help(voice.lang),
            }
            for finding in findings
        ],
    }


_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def github(findings: Sequence[Finding], voice: Voice) -> str:
    """Workflow commands: https://docs.github.com/actions, "Workflow commands"."""
    return "\n".join(
        f"::{_LEVELS[finding.severity]} file={_property(plain(finding.file))},line={finding.mark.line},"
        f"col={finding.mark.column},endColumn={finding.mark.end},title={finding.code}::"
        f"{_data(finding.message(voice.lang))}"
        for finding in findings
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def dump(value: object, *, ascii_only: bool = False) -> str:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=2) + "\n"
    # JSON lets controls beyond ASCII stand; a terminal obeys them.
    return text if ascii_only else re.sub(_UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", text)
