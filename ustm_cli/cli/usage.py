"""Wrong use, as the command-line library found it, in words of ours."""

from __future__ import annotations

import click

from ustm_cli.cli.faults import UseFault


def as_fault(error: click.ClickException) -> UseFault:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "ustm"
    if isinstance(error, click.NoSuchOption):
        near = f" ({', '.join(error.possibilities)}?)" if error.possibilities else ""
        return UseFault("no_such_option", option=error.option_name, near=near, command=command)
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        return UseFault("missing_argument", name=name, command=command)
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else ""
        return UseFault("bad_value", name=name, problem=error.message, command=command)
    return UseFault("wrong_use", problem=error.format_message(), command=command)
