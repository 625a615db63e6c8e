"""What the shell may put for the word being typed: `ustm _complete [--next] -- WORDS`, one answer a line.

The ids that a command would take are found by the command itself (`completion.py`), which means loading the plans. So
the answer is kept beside the user's other caches until a plan or its record changes, and given again without that.
"""

from __future__ import annotations

# Without pathlib, contextlib, datetime and typing, whose import would cost more than the whole answer.
import os
import sys
import time

from ustm_cli import __version__, cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from ustm_cli.cli.session import Session

NAME = "_complete"
NEXT = "--next"
DAY, BANGKOK = 86_400, 7 * 3_600
KEPT = 7 * DAY


def answer(argv: Sequence[str]) -> int:
    """Print the candidates. Whatever goes wrong, the shell is told nothing and the user not disturbed."""
    try:
        head, _, words = _parted(argv)
        typed = "" if NEXT in head or not words else words[-1]
        before = words if NEXT in head else words[:-1]
        found = [one for one in _candidates(before, typed) if one.startswith(typed)]
        sys.stdout.write("".join(f"{one}\n" for one in found))
    except Exception:  # noqa: BLE001, S110 (as it says)
        pass
    return 0


def _parted(argv: Sequence[str]) -> tuple[Sequence[str], str, Sequence[str]]:
    at = list(argv).index("--")
    return argv[:at], "--", argv[at + 1 :]


def _candidates(before: Sequence[str], typed: str) -> Sequence[str]:
    kind = "options" if typed.startswith("-") else "words"
    path = _kept_at(before, kind)
    if path is not None:
        try:
            with open(path, encoding="utf-8") as file:
                return file.read().splitlines()
        except OSError:
            pass
    found = _found(before, typed[:1] if kind == "options" else "")
    if path is not None and found:
        _keep(path, found)
    return found


# ---- asking the command


def _found(before: Sequence[str], typed: str) -> list[str]:
    from ustm_cli.cli import argv as arguments
    from ustm_cli.cli.app import COMMANDS, build
    from ustm_cli.cli.session import session_of, voice_of

    common, rest = arguments.split(before)
    command = next((word for word in rest if word in COMMANDS), None)
    session = session_of(common, voice_of(common, os.environ), os.environ)
    library = build("en", command)
    if command is None:
        return [*COMMANDS] if not typed else _options(library)
    completer = _completer(library, session)
    items = completer.get_completions(list(rest), typed)
    # Paths are the shell's own to complete.
    return [str(item.value) for item in items if item.type == "plain"] + (_common() if typed else [])


def _completer(command: Any, session: Session) -> Any:
    """The completer of the library, which in some versions is a part of typer and in others of its own."""
    from importlib import import_module

    core = next(kind.__module__ for kind in type(command).__mro__ if kind.__module__.endswith("click.core"))
    base = import_module(core.replace("click.core", "click.shell_completion")).ShellComplete
    # What belongs to a shell is left out: only the finding is used.
    finder = type("Finder", (base,), dict.fromkeys(getattr(base, "__abstractmethods__", ())))
    return finder(command, {"obj": session}, "ustm", "_USTM_COMPLETE")


def _options(command: Any) -> list[str]:
    return [option for parameter in command.params for option in parameter.opts]


def _common() -> list[str]:
    from ustm_cli.cli.argv import COMMON

    return list(COMMON)


# ---- keeping the answer


def _kept_at(before: Sequence[str], kind: str) -> str | None:
    """Where the answer to these words is kept: a name that changes with the plans, the day and the program."""
    folder = cache.folder()
    if folder is None or not cache.wanted():
        return None
    day = os.environ.get("USTM_TODAY") or str(int(time.time() + BANGKOK) // DAY)
    facts = "\0".join([__version__, kind, os.getcwd(), day, *before, *_stamps()])
    return os.path.join(folder, f"complete-{cache.digest(facts.encode('utf-8', 'surrogateescape')).hex()}")


def _stamps() -> Iterator[str]:
    """Every file in the nearest folder of plans, with what changes when it does."""
    folder, below = os.getcwd(), ""
    while folder != below:
        plans = os.path.join(folder, "plans")
        if os.path.isdir(plans):
            for name in sorted(os.listdir(plans)):
                path = os.path.join(plans, name)
                yield f"{path}:{cache.number(path)}"
            return
        folder, below = os.path.dirname(folder), folder


def _keep(kept: str, found: Sequence[str]) -> None:
    from contextlib import suppress
    from pathlib import Path

    path = Path(kept)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text("".join(f"{one}\n" for one in found), encoding="utf-8")
        beside.replace(path)
        oldest = path.stat().st_mtime - KEPT
        for old in path.parent.glob("complete-*"):
            if old.stat().st_mtime < oldest:
                old.unlink(missing_ok=True)
