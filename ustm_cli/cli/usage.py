"""Wrong use, as the command-line library found it, in words of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

import typer

from ustm_cli.cli.faults import UseFault

# The library carries click inside itself in some versions and beside itself in others; these are its own classes.
_EXTRA = re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", re.DOTALL)
_NO_COMMAND = re.compile(r"No such command '([^']*)'\.(?:.*?'([^']*)')?", re.DOTALL)
UsageError: Any = typer.BadParameter.__bases__[0]
ClickException: Any = UsageError.__bases__[0]


def as_fault(error: Any, typed: str = "ustm") -> UseFault:
    """The fault in our words; `typed` is the command where the library does not tell which it was."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else typed
    match type(error).__name__:
        case "NoSuchOption" if error.option_name.lstrip("-").isdigit():
            return UseFault("below_zero", number=error.option_name, command=command)
        case "NoSuchOption":
            near = f" ({', '.join(error.possibilities)}?)" if error.possibilities else ""
            return UseFault("no_such_option", option=error.option_name, near=near, command=command)
        case "MissingParameter":
            return UseFault("missing_argument", name=_name(error.param), command=command)
        case "NoSuchCommand":
            near = f" ({', '.join(error.possibilities)}?)" if getattr(error, "possibilities", None) else ""
            return UseFault("no_such_command", name=getattr(error, "command_name", ""), near=near, command=command)
        case "BadOptionUsage":
            key = "no_value" if "does not take a value" in error.message else "value_missing_see"
            return UseFault(key, option=error.option_name, command=command)
        case "BadParameter" if "not a valid int" in error.message:
            return UseFault("not_a_number", name=_name(error.param), command=command)
        case "BadParameter":
            return UseFault("bad_value", name=_name(error.param), problem=error.message, command=command)
        case _ if match := _EXTRA.match(error.format_message()):
            return UseFault("too_much", words=match[1], command=command)
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
    if any(isinstance(one, str) and not one.strip() for one in _given(value)):
        raise UseFault("empty_text", option=option.opts[0])
    return value


def _given(value: Any) -> Sequence[object]:
    return cast("Sequence[object]", value) if isinstance(value, (list, tuple)) else [value]


def _name(parameter: Any) -> str:
    """As the help page has it: `--of`, COUNT."""
    if parameter is None:
        return ""
    option = getattr(parameter, "param_type_name", "") == "option"
    return str(parameter.opts[0] if option else parameter.human_readable_name)
