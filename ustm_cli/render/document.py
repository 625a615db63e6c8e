"""Documents through Jinja templates: data in, HTML or Markdown out. What a template gets is in docs/templates.md.

Templates run in Jinja's sandbox. Everything that they write out of the data is escaped for the format and made
harmless; an undefined name is a fault, told with the template's file and line.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from jinja2 import ChoiceLoader, Environment, FunctionLoader, PrefixLoader, StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from ustm_cli.dates.era import OFFSET, month_name
from ustm_cli.render import charts
from ustm_cli.render.digits import in_digits
from ustm_cli.render.harmless import one_line
from ustm_cli.render.markdown import escape as escape_markdown
from ustm_cli.render.voice import Voice
from ustm_cli.views.wording import Wording

Kind = Literal["sheets", "table", "year", "dashboard"]
Format = Literal["html", "md"]
KINDS: tuple[Kind, ...] = ("sheets", "table", "year", "dashboard")
# What would begin a list or a line of its own at the beginning of a paragraph.
_LIST_SIGN = re.compile(r"\A([0-9]*)([-+=]|(?<=[0-9])[.)])(?=[-+=\s]|\Z)")
OWN = "ustm"  # the prefix under which a template of an office finds the one that it replaces


class Source(NamedTuple):
    """A template: its text, and the file that faults in it are told of."""

    text: str
    file: str


Sources = Mapping[str, Source]


class TemplateFault(Exception):
    """What is wrong in a template. `line` is 0 where no line is known."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(problem)
        self.file = file
        self.line = line
        self.problem = problem


def document(kind: Kind, format_: Format, view: Any, voice: Voice, shipped: Sources, own: Sources) -> str:
    """The document of a view. `own` templates go before the `shipped` ones. Raises TemplateFault."""
    environment = _environment(format_, voice, tuple(shipped.items()), tuple(own.items()))
    sources = [*own.values(), *shipped.values()]
    name = f"{kind}.{format_}.j2"
    try:
        text = environment.get_template(name).render(_data(kind, view, voice))
    except TemplateSyntaxError as error:
        raise TemplateFault(error.filename or name, error.lineno, error.message or type(error).__name__) from error
    except Exception as error:
        # Whatever a template's own expressions raise is its fault: division by zero, a wrong type, the sandbox.
        raise _fault(error, {source.file for source in sources}, name) from error
    return text if format_ == "html" else _tidy(text)


def _fault(error: Exception, files: set[str], name: str) -> TemplateFault:
    """The fault at the innermost line of a template that the error passed through."""
    at = (name, 0)
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in files:
            at = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    problem = f"no template {error.name}" if isinstance(error, TemplateNotFound) else str(error)
    return TemplateFault(*at, problem or type(error).__name__)


def _tidy(text: str) -> str:
    """Markdown without the blank lines that tags leave behind."""
    lines = (line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


# ---- what templates may use


@lru_cache(maxsize=4)
def _environment(
    format_: Format, voice: Voice, shipped: tuple[tuple[str, Source], ...], own: tuple[tuple[str, Source], ...]
) -> Environment:
    """One for all documents of a run, which share templates that need compiling but once."""
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([_loader(dict(own)), _loader(dict(shipped)), PrefixLoader({OWN: _loader(dict(shipped))})]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown if format_ == "html" else _shown_in_markdown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )
    environment.filters.update(_filters(voice))
    given: dict[str, Any] = environment.globals
    given["t"] = voice.say
    return environment


def _loader(sources: Sources) -> FunctionLoader:
    def load(name: str) -> tuple[str, str | None, None] | None:
        found = sources.get(name)
        return (found.text, found.file, None) if found else None

    return FunctionLoader(load)


def _shown(value: Any) -> Any:
    """What a template writes out of the data; escaping for HTML follows."""
    if value is None:
        return ""
    return _harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _shown_in_markdown(value: Any) -> Any:
    if isinstance(value, Markup | int | float):
        return value
    text = escape_markdown(_harmless("" if value is None else str(value)))
    return Markup(_LIST_SIGN.sub(r"\1\\\2", text))  # noqa: S704 (escaped just now)


def _harmless(text: str) -> str:
    """In one line that turns nothing around; a space at an end stays, since a template may have meant it."""
    inner = one_line(text)
    return f"{' ' * text[:1].isspace()}{inner}{' ' * text[-1:].isspace()}" if inner else text[:1].replace("\n", " ")


def _filters(voice: Voice) -> dict[str, Callable[[Any], str]]:
    return {
        "day": voice.day,
        "long_day": lambda day: voice.day(day, "long"),
        "weekday": voice.weekday_and_day,
        "moment": voice.moment,
        "month": lambda day: _month(day, voice),
        "month_column": lambda day: _month_column(day, voice),
        "month_short": lambda day: month_name(day.month, "short", voice.lang),
        "year_short": lambda day: _short_year(day, voice),
        "span": lambda pair: _span(pair[0], pair[1], voice),
        "digits": lambda value: in_digits(str(value), voice.digits),
        "wording": lambda words: _wording(words, voice),
        "status": voice.status,
        "sha256": lambda text: b64encode(sha256(str(text).encode()).digest()).decode(),
        "fill": lambda share: "█" * round(share),
    }


def _month(day: date, voice: Voice) -> str:
    """`ตุลาคม 2563`."""
    return f"{month_name(day.month, 'long', voice.lang)} {voice.number(day.year + OFFSET)}"


def _month_column(day: date, voice: Voice) -> str:
    """`ต.ค.-63`, as the office heads its columns."""
    return f"{month_name(day.month, 'short', voice.lang)}-{_short_year(day, voice)}"


def _short_year(day: date, voice: Voice) -> str:
    """`63`; `05` of 2605."""
    return voice.number(f"{(day.year + OFFSET) % 100:02d}")


def _span(first: date, last: date, voice: Voice) -> str:
    """`1 - 31 ต.ค. 2563`, what both ends share being said once."""
    if first == last:
        return voice.day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{voice.number(first.day)} - {voice.day(last)}"
    if first.year == last.year:
        return f"{voice.number(first.day)} {month_name(first.month, 'short', voice.lang)} - {voice.day(last)}"
    return f"{voice.day(first)} - {voice.day(last)}"


def _wording(words: Wording, voice: Voice) -> str:
    return voice.number(words.en if voice.lang == "en" else words.th)


# ---- what templates are given


def _data(kind: Kind, view: Any, voice: Voice) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": kind, "lang": voice.lang, "thai_digits": voice.digits == "thai", "page": view}
    if kind == "dashboard":
        data |= {"punctuality": charts.punctuality(view.months), "load": charts.load(view.weeks)}
    return data


__all__ = ["KINDS", "Source", "Sources", "TemplateFault", "document"]
