"""How far a long piece of work has come: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from ustm_cli.cli.session import Session

FEWEST = 10
"""Work of fewer pieces shows no bar: it is done before the eye moves."""


@contextmanager
def progress(session: Session, count: int, doing: str = "progress_folders") -> Generator[Callable[[int], None]]:
    """To be called with the number of pieces (of `count`) that were done since; `doing` is the text beside the bar.

    The bar stands on stderr and is gone afterwards. Let nothing else be told on stderr meanwhile.
    """
    if count < FEWEST or not session.stderr.isatty() or session.env.get("TERM") == "dumb":
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(
        file=session.stderr, force_terminal=True, no_color=bool(session.env.get("NO_COLOR")), highlight=False
    )
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(session.voice.say(doing), total=count)
        yield lambda done: bar.advance(task, done)
