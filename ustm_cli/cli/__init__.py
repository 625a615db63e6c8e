"""The thin edge: options, clock, files, exit codes; the one place that catches expected failures."""

from __future__ import annotations

# Without pathlib, contextlib and typing: the completion of a word has not the time to import them.
import gc
import os
import sys

from ustm_cli import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType
    from typing import Any, NoReturn, TextIO

    from ustm_cli.cli.faults import Fault
    from ustm_cli.cli.session import Session
    from ustm_cli.render.voice import Voice


def main(argv: Sequence[str] | None = None) -> NoReturn:
    begin()
    leave(run(sys.argv[1:] if argv is None else list(argv)))


def begin() -> None:
    """What a program does that lives for one answer: it seldom looks for cycles, and not for others' plugins."""
    gc.set_threshold(100_000)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _spare_the_look_for_plugins()
    prepare_streams()


def _spare_the_look_for_plugins() -> None:
    """Put a stand-in before the module in which pydantic looks for plugins, disabled or not.

    To look, that module imports packages' metadata, and with it the library of mail: a bare interpreter's time.
    """
    loader = "pydantic.plugin._loader"

    def wanted(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from importlib import import_module

        sys.modules.pop(loader)  # whatever else pydantic may come to want of it, the real one has
        return getattr(import_module(loader), name)

    stand_in: ModuleType = type(sys)(loader)
    vars(stand_in).update(get_plugins=tuple, __getattr__=wanted)
    sys.modules.setdefault(loader, stand_in)


def leave(code: int) -> NoReturn:
    # What is left are cycles for the most part, and to look for them would be a sixth of a short answer's time.
    gc.freeze()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
        code = 141
    except OSError:  # no room behind stdout
        _hush()
        code = code or 3
    try:
        sys.stderr.flush()
    except OSError:
        _hush(sys.stderr)
    sys.exit(code)


def prepare_streams() -> None:
    """Closed streams lead nowhere; what an encoding cannot say is written as escapes, so that nothing fails."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (open to the end)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def run(argv: Sequence[str]) -> int:
    """Run one command line; returns its exit code. stdout gets the answer only when there is one."""
    if argv[:1] in (["--version"], ["_complete"]):
        return _in_short(argv)
    from ustm_cli.cli import argv as arguments
    from ustm_cli.cli import faults
    from ustm_cli.cli.session import session_of, voice_of, write
    from ustm_cli.render.harmless import plain
    from ustm_cli.render.voice import Voice

    voice = Voice("en" if os.environ.get("USTM_LANG") == "en" else "th")
    session: Session | None = None
    try:
        common, rest = arguments.split(argv)
        voice = voice_of(common, os.environ)
        session = session_of(common, voice, os.environ)
        code = _command(rest, session)
        for part in session.answers():
            write(sys.stdout, part)
    except faults.FaultyPlans as fault:
        _tell(plain(f"{fault.text}\nustm: {voice.say(fault.key)}\n"))
        return fault.exit_code
    except faults.Fault as fault:
        _tell(plain(f"ustm: {_told(fault, voice, session)}\n"))
        return fault.exit_code
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _untold(error, voice)
    except Exception as error:  # nobody shall see a traceback; USTM_DEBUG shows it
        if os.environ.get("USTM_DEBUG"):
            raise
        _tell(plain(f"ustm: {voice.say('bug', problem=f'{type(error).__name__}: {error}')}\n"))
        return faults.COULD_NOT_RUN
    return code


def unwritten(argv: Sequence[str], error: OSError) -> int:
    """Say, as the command line wants it said, that stdout did not take the answer; returns the exit code."""
    from ustm_cli.cli import argv as arguments
    from ustm_cli.cli.session import voice_of

    prepare_streams()
    return _untold(error, voice_of(arguments.split(argv)[0], os.environ))


def _untold(error: OSError, voice: Voice) -> int:
    """Nobody reads any more, there is no room behind stdout, or a name is one that no file can have."""
    from ustm_cli.cli.faults import COULD_NOT_RUN
    from ustm_cli.render.harmless import plain

    if isinstance(error, BrokenPipeError):
        _hush()
        return 141
    key, name = ("cannot_read", str(error.filename)[:80]) if error.filename else ("cannot_write", "stdout")
    _tell(plain(f"ustm: {voice.say(key, file=name, problem=error.strerror or error)}\n"))
    return COULD_NOT_RUN


def _in_short(argv: Sequence[str]) -> int:
    """What is answered without a session."""
    try:
        if argv[0] == "--version":
            sys.stdout.write(f"ustm {__version__}\n")
            return 0
        from ustm_cli.cli.completing import answer

        return answer(argv[1:])
    except BrokenPipeError:
        _hush()
        return 141
    except OSError:  # no room behind stdout
        _hush()
        return 3


def _command(rest: list[str], session: Session) -> int:
    import typer

    from ustm_cli.cli.app import build
    from ustm_cli.cli.faults import WRONG_USE
    from ustm_cli.cli.help import as_page
    from ustm_cli.cli.usage import ClickException, as_fault

    wanted = next((word for word in rest if not word.startswith("-")), None)
    command = build(session.voice.lang, wanted, listed=rest in (["--help"], ["-h"]))
    try:
        page = {"terminal_width": min(session.width, 80) - 2}
        code = command.main(rest, prog_name="ustm", standalone_mode=False, obj=session, **page)
    except ClickException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            session.tell(as_page(error.format_message(), session.voice.lang))
            return WRONG_USE
        raise as_fault(error, _typed(command, rest)) from None
    except typer.Abort:
        return 130
    except SystemExit:  # the library's own way to end when nobody reads stdout
        raise BrokenPipeError from None
    return code if isinstance(code, int) and code else session.exit_code


def _typed(command: Any, words: Sequence[str]) -> str:
    """`ustm event set` of the words behind `ustm`."""
    found = ["ustm"]
    for word in words:
        if word in getattr(command, "commands", {}):
            command = command.commands[word]
            found.append(word)
    return " ".join(found)


def _told(fault: Fault, voice: Voice, session: Session | None) -> str:
    """The fault's sentence; a finding's code among its facts is told in that finding's words."""
    from ustm_cli.cli.faults import Code
    from ustm_cli.cli.session import today
    from ustm_cli.dates.era import format_be

    facts = {"example": format_be(session.today if session else today(), "iso"), **fault.facts}
    for name, fact in facts.items():
        if isinstance(fact, Code):
            from ustm_cli.plan.findings import START, Finding

            facts[name] = Finding(fact.code, "", START, detail=fact.detail).message(voice.lang, voice.number)
    return voice.say(fault.key, **facts)


def _tell(text: str) -> None:
    """Say on stderr, where there is one that takes it."""
    from contextlib import suppress

    from ustm_cli.cli.session import write

    with suppress(OSError):
        write(sys.stderr, text)


def _hush(stream: TextIO | None = None) -> None:
    """Nobody takes what a stream (stdout) still holds (`ustm due | head -1`): end quietly, as others do."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())
