"""What the template engine and the workbook writer take alone, whose work no plan can spare them.

`python -m benchmarks.engines html|xlsx`, run in a folder that holds `plans/`, prints the seconds of that work: the
documents once more of views that are ready, and every call of the writer that made the workbook once more, so that
cells, formats, widths and heights are the same, and the bytes too. What their import takes is timed by itself.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

IMPORTS = {"html": "import jinja2, jinja2.sandbox", "xlsx": "import xlsxwriter"}
TODAY = "2563-11-16"


def html() -> float:
    """Jinja alone: every template compiled once, every document rendered once."""
    from ustm_cli.cli.commands.render import papers, shipped_templates
    from ustm_cli.cli.session import session_of, voice_of
    from ustm_cli.cli.world import world_of
    from ustm_cli.render.document import document

    common = {"--today": (TODAY,)}
    world = world_of(session_of(common, voice_of(common, os.environ), os.environ))
    ready, shipped = list(papers(world, ("sheets", "table", "year", "dashboard"))), shipped_templates()
    start = process_time()
    for paper in ready:
        document(paper.kind, "html", paper.view, world.session.voice, shipped, {})
    return process_time() - start


def xlsx() -> float:
    """XlsxWriter alone: the calls of one export, once more."""
    import xlsxwriter

    from ustm_cli.cli import run

    writer = xlsxwriter.Workbook
    calls: list[Call] = []
    xlsxwriter.Workbook = lambda out, options: Recorder(writer(out, options), 0, calls)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.xlsx"
        assert run(["export", "xlsx", "--out", str(file), "--today", TODAY]) == 0
        made = file.read_bytes()
    start = process_time()
    out = BytesIO()
    replay(calls, writer(out, {"in_memory": True}))
    seconds = process_time() - start
    assert out.getvalue() == made, "another workbook than the export's"
    return seconds


class Made(NamedTuple):
    """Stands for what the call of that number returned: a sheet or a format (0: the workbook)."""

    call: int


class Call(NamedTuple):
    of: Made
    name: str
    arguments: Sequence[Any]
    named: Mapping[str, Any]


class Recorder:
    """A workbook, sheet or format that does as it is told and remembers it."""

    def __init__(self, real: Any, number: int, calls: list[Call]) -> None:
        self._real, self._made, self._calls = real, Made(number), calls

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def told(*arguments: Any, **named: Any) -> Any:
            self._calls.append(Call(self._made, name, [_made(one) for one in arguments], _each(_made, named)))
            number = len(self._calls)
            found = getattr(self._real, name)(*map(_real, arguments), **_each(_real, named))
            return Recorder(found, number, self._calls) if name in ("add_format", "add_worksheet") else found

        return told


def _each(change: Callable[[Any], Any], named: Mapping[str, Any]) -> dict[str, Any]:
    return {name: change(value) for name, value in named.items()}


def _made(value: Any) -> Any:
    return value._made if isinstance(value, Recorder) else value  # noqa: SLF001 (its own kind)


def _real(value: Any) -> Any:
    return value._real if isinstance(value, Recorder) else value  # noqa: SLF001


def replay(calls: Sequence[Call], workbook: Any) -> None:
    made = [workbook]

    def real(value: Any) -> Any:
        return made[value.call] if isinstance(value, Made) else value

    for call in calls:
        found = getattr(real(call.of), call.name)(*map(real, call.arguments), **_each(real, call.named))
        made.append(found)


if __name__ == "__main__":
    print({"html": html, "xlsx": xlsx}[sys.argv[1]]())
