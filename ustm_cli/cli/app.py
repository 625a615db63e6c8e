"""The typer app: which command is which module."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer

from ustm_cli.cli.help import localized
from ustm_cli.cli.usage import needing_text
from ustm_cli.dates.era import Lang

# Command to module; the module has a function of the command's name, or for a group of commands an `app`.
# Only the module of the command that is run is loaded.
COMMANDS = {
    "due": "due",
    "show": "show",
    "explain": "explain",
    "calendar": "calendar",
    "export": "export",
    "check": "check",
    "done": "done",
    "reviewed": "reviewed",
    "waive": "waive",
    "reopen": "reopen",
    "progress": "progress",
    "event": "event",
    "notify": "notify",
    "receive": "receive",
    "close": "close",
    "pause": "pause",
    "resume": "resume",
    "cases": "cases",
    "stats": "stats",
    "schema": "schema",
    "render": "render",
    "digest": "digest",
    "init": "init",
    "rollover": "rollover",
    "diff": "diff",
    "fmt": "fmt",
    "rollup": "rollup",
    "doctor": "doctor",
    "completion": "completion",
}


def build(lang: Lang, wanted: str | None = None, *, listed: bool = False) -> Any:
    """The command of the library, its help in `lang`; with `wanted`, a command's name, that one only.

    `listed`: the commands are only to be listed, so their options are left out.
    """
    app = typer.Typer(
        name="ustm",
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_common)
    for name in [wanted] if wanted in COMMANDS else COMMANDS:
        module = import_module(f"ustm_cli.cli.commands.{COMMANDS[name]}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            command = getattr(module, name)
            app.command(name)(_without_options(command) if listed else command)
    return localized(needing_text(typer.main.get_command(app)), lang)


def _without_options(command: Callable[..., None]) -> Callable[[], None]:
    def named() -> None: ...

    named.__doc__ = command.__doc__
    return named


def _common(
    plan: Annotated[str | None, typer.Option("--plan", metavar="FILE|GLOB", help="แฟ้มแผน (ซ้ำได้)")] = None,
    today: Annotated[str | None, typer.Option("--today", metavar="DATE", help="วันที่ยืนดู เช่น 2563-11-16")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="เฉพาะสิ่งที่รู้ในวันนั้น")] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="th|en", help="ภาษา")] = None,
    digits: Annotated[str | None, typer.Option("--digits", metavar="thai|arabic", help="ตัวเลข")] = None,
    width: Annotated[str | None, typer.Option("--width", metavar="N", help="ความกว้างจอ")] = None,
    version: Annotated[bool, typer.Option("--version", help="รุ่นของโปรแกรม")] = False,
) -> None:
    """แผนปฏิบัติงานประจำปีงบประมาณ เป็นงานที่มีวันกำหนด"""
