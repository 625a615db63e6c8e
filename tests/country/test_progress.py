"""The bar beside long work: on a terminal, and only there."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest

from ustm_cli.cli.country.progress import FEWEST, progress
from ustm_cli.render.voice import Voice


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "env", "count", "shown"),
    [
        (Terminal, {}, FEWEST, True),
        (Terminal, {"NO_COLOR": "1"}, FEWEST, True),
        (Terminal, {"TERM": "dumb"}, FEWEST, False),
        (Terminal, {}, FEWEST - 1, False),
        (io.StringIO, {}, FEWEST, False),
    ],
)
def test_where_a_bar_is_shown(stream: Any, env: dict[str, str], count: int, shown: bool) -> None:
    """Much work on a terminal shows how far it is, and nothing is left of the bar; elsewhere nothing is written."""
    told = stream()
    session: Any = SimpleNamespace(stderr=told, env=env, voice=Voice("en"))
    with progress(session, count) as advance:
        for _ in range(count):
            advance(1)
    text = told.getvalue()
    assert bool(text) == shown
    if shown:
        assert Voice("en").say("progress_folders") in text
        assert f"{count}/{count}" in text
        # The cursor is shown again, and the line of the bar is erased last.
        assert text.endswith("\x1b[2K")
        assert "\x1b[?25h" in text
    if "NO_COLOR" in env:
        assert "\x1b[3" not in text
