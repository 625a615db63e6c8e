"""Who is late, place by place, as a table for a terminal and as Markdown."""

from __future__ import annotations

from ustm_cli.render import due
from ustm_cli.render.columns import columns
from ustm_cli.render.markdown import escape
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import wrap
from ustm_cli.views.agenda import Wanted
from ustm_cli.views.roundup import Roundup

_OFFICES = ("offices", "late_offices")
_COUNTS = ("due", "overdue", "awaiting")


def table(roundup: Roundup, wanted: Wanted, voice: Voice, width: int) -> str:
    title, notes = _around(roundup, wanted, voice)
    parts = ["\n".join(wrap(title, width)), ""]
    heads = _heads(roundup, voice)
    parts.append(columns(heads, _rows(roundup, voice), 0, width, range(1, len(heads))))
    return "\n".join([*parts, "", *("\n".join(wrap(note, width)) for note in notes)]) + "\n"


def markdown(roundup: Roundup, wanted: Wanted, voice: Voice, _width: int) -> str:
    title, notes = _around(roundup, wanted, voice)
    heads, rows = _heads(roundup, voice), _rows(roundup, voice)
    lines = [f"## {escape(title)}", "", _line(heads), "| --- |" + " ---: |" * (len(heads) - 1), *map(_line, rows)]
    return "\n".join([*lines, *(line for note in notes for line in ("", escape(note)))]) + "\n"


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(map(escape, cells)) + " |"


def _shown(roundup: Roundup) -> tuple[str, ...]:
    return _COUNTS if roundup.by_office else (*_OFFICES, *_COUNTS)


def _heads(roundup: Roundup, voice: Voice) -> list[str]:
    keys = ["office" if roundup.by_office else "province", *_shown(roundup)]
    return [voice.say(f"roundup_{key}") for key in keys]


def _rows(roundup: Roundup, voice: Voice) -> list[list[str]]:
    total = roundup.total._replace(name=voice.say("roundup_total"))
    return [
        [line.name or "-", *(voice.number(f"{getattr(line, name):,}") for name in _shown(roundup))]
        for line in (*roundup.lines, total)
    ]


def _around(roundup: Roundup, wanted: Wanted, voice: Voice) -> tuple[str, list[str]]:
    """The title, and the notes of the agenda with what to do to see its rows."""
    around = roundup.agenda
    notes = [voice.say("roundup_rows", count=f"{roundup.items:,}"), *due.around(around, wanted, voice)]
    return due.title(around, wanted, f"{roundup.items:,}", voice), notes
