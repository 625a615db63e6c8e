"""Help in the reader's language: Thai as declared, English from the texts."""

from __future__ import annotations

from typing import Any

from ustm_cli.dates.era import Lang
from ustm_cli.render.texts import HELP

COMMON_HINT = "ตัวเลือกร่วมของทุกคำสั่ง (--plan --today --as-of --lang --digits --width): ustm --help"


def localized(command: Any, lang: Lang) -> Any:
    """The command, its options and its subcommands with their help in `lang`."""
    command.help = _said(command.help, lang)
    if not hasattr(command, "commands"):
        command.epilog = _said(COMMON_HINT, lang)
    for parameter in command.params:
        parameter.help = _said(parameter.help, lang)
    command.get_help_option = _with_help(command.get_help_option, lang)
    for child in getattr(command, "commands", {}).values():
        localized(child, lang)
    return command


def _said(text: str | None, lang: Lang) -> str | None:
    return HELP.get(text, text) if text and lang == "en" else text


def _with_help(get_help_option: Any, lang: Lang) -> Any:
    def localized_option(context: Any) -> Any:
        option = get_help_option(context)
        option.help = _said("แสดงวิธีใช้", lang)
        option.callback = _say_help
        return option

    return localized_option


def _say_help(context: Any, _parameter: Any, wanted: bool) -> None:
    """Help is an answer like any other: in the encoding that stdout has."""
    if wanted and not context.resilient_parsing:
        text = context.get_help()
        context.obj.say(as_page(text, context.obj.voice.lang))
        context.exit()


# What the library itself writes into a help page.
_HEADINGS = {"Options:": "ตัวเลือก:", "Commands:": "คำสั่ง:", "Arguments:": "สิ่งที่ระบุ:"}


def as_page(text: str, lang: Lang) -> str:
    if lang == "en":
        return text
    lines = [_HEADINGS.get(line, line) for line in text.split("\n")]
    lines[0] = lines[0].replace("Usage:", "วิธีใช้:", 1)
    return "\n".join(lines).replace("[default: ", "[ค่าปริยาย: ").replace("[required]", "[ต้องมี]")
