"""Wrong use, as the command-line library found it, in words of ours."""

from __future__ import annotations

import re
from typing import Any

import typer

from ustm_cli.cli.faults import UseFault

# The library carries click inside itself in some versions and beside itself in others; these are its own classes.
_NO_COMMAND = re.compile(r"No such command '([^']*)'\.(?:.*?'([^']*)')?", re.DOTALL)
UsageError: Any = typer.BadParameter.__bases__[0]
ClickException: Any = UsageError.__bases__[0]


def as_fault(error: Any) -> UseFault:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "ustm"
    match type(error).__name__:
        case "NoSuchOption":
            near = f" ({', '.join(error.possibilities)}?)" if error.possibilities else ""
            return UseFault("no_such_option", option=error.option_name, near=near, command=command)
        case "MissingParameter":
            option = getattr(error.param, "param_type_name", "") == "option"
            name = (error.param.opts[0] if option else error.param.human_readable_name) if error.param else ""
            return UseFault("missing_argument", name=name, command=command)
        case "NoSuchCommand":
            near = f" ({', '.join(error.possibilities)}?)" if getattr(error, "possibilities", None) else ""
            return UseFault("no_such_command", name=getattr(error, "command_name", ""), near=near, command=command)
        case "BadParameter" if "not a valid int" in error.message:
            return UseFault("not_a_number", name=error.param.opts[0] if error.param else "", command=command)
        case "BadParameter":
            name = error.param.opts[0] if error.param else ""
            return UseFault("bad_value", name=name, problem=error.message, command=command)
        case _ if match := _NO_COMMAND.match(error.format_message()):
            near = f" ({match[2]}?)" if match[2] else ""
            return UseFault("no_such_command", name=match[1], near=near, command=command)
        case _:
            return UseFault("wrong_use", problem=error.format_message(), command=command)


def needing_text(command: Any) -> Any:
    """The command, its options refusing an empty text: a script's `--on "$D"` means no day of ours."""
    for parameter in command.params:
        if parameter.param_type_name == "option":
            parameter.callback = parameter.callback or _text
    for child in getattr(command, "commands", {}).values():
        needing_text(child)
    return command


def _text(_context: Any, option: Any, value: Any) -> Any:
    given: Any = value if isinstance(value, (list, tuple)) else (value,)
    if any(isinstance(one, str) and not one.strip() for one in given):
        raise UseFault("empty_text", option=option.opts[0])
    return value
