"""The agenda as a table on a terminal. Cells are wrapped here, between words, so that no text is ever cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO

from ustm_cli.register.standing import Row
from ustm_cli.render import due
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import width as cells_of
from ustm_cli.render.wrap import wrap
from ustm_cli.views.agenda import Agenda, Wanted

WIDE = 96
_STYLES = {"overdue": "bold red", "awaiting": "cyan", "done": "green", "done_late": "yellow", "waived": "dim"}


def render(agenda: Agenda, wanted: Wanted, voice: Voice, width: int, *, colour: bool) -> str:
    frame = due.frame(agenda, wanted, voice)
    parts = ["\n".join(wrap(frame.title, width))]
    if frame.rows:
        parts.append(_table(frame.rows, agenda, voice, width, colour))
    parts += ["\n".join(wrap(note, width)) for note in frame.notes]
    return "\n".join(parts) + "\n"


def _table(rows: tuple[Row, ...], agenda: Agenda, voice: Voice, width: int, colour: bool) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    heads = _heads(voice, width)
    sizes = _sizes(width)
    table = Table(box=box.HORIZONTALS, show_lines=True, pad_edge=False, padding=(0, 1))
    for head, size in zip(heads, sizes, strict=True):
        table.add_column("\n".join(wrap(head, size)), width=size, overflow="fold", no_wrap=True)
    office = agenda.offices > 1
    for row in rows:
        style = _STYLES.get(row.status, "yellow" if row.days_left == 0 else "")
        found = _cells(row, agenda, voice, width, office=office)
        table.add_row(
            *(Text("\n".join(_lines(cell, size))) for cell, size in zip(found, sizes, strict=True)), style=style
        )
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, color_system="standard" if colour else None,
        legacy_windows=False, safe_box=False,
    )  # fmt: skip
    console.print(table, crop=False)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))


def _lines(paragraphs: list[str], size: int) -> list[str]:
    return [line for paragraph in paragraphs if paragraph for line in wrap(paragraph, size)]


def _heads(voice: Voice, width: int) -> list[str]:
    keys = ["col_act_by", "col_title", "col_group"] if width >= WIDE else ["col_act_by", "col_title"]
    return [voice.say(key) for key in keys]


def _sizes(width: int) -> list[int]:
    """The cells of each column; between two stand two blanks or a bar and blanks, at the edges at most one each."""
    if width < WIDE:
        when = min(16, max(width // 3, 8))
        return [when, max(width - when - 6, 8)]
    when, group = 17, min(32, width // 4)
    return [when, width - when - group - 9, group]


def _cells(row: Row, agenda: Agenda, voice: Voice, width: int, *, office: bool) -> list[list[str]]:
    item, whose = row.obligation, due.owner(row, office=office)
    send = voice.say("send_to", names=", ".join(item.send_to)) if item.send_to else ""
    when = [due.when(row, voice), due.left(row, voice)]
    work = [item.title, *due.dates(row, agenda.today, voice)]
    if width < WIDE:
        return [when, [*work, whose, send, item.id]]
    return [when, [*work, item.id], [whose, send]]


def plain(rows: Iterable[Row], today: date, voice: Voice) -> Iterator[str]:
    """One line a row, columns apart by two blanks, for grep and pipes; notes are left to the table.

    The rows are gone through twice, the first time for the columns' sizes and for whether they are of several offices.
    """
    sizes = [0, 0, 0]
    offices: set[str] = set()
    for row in rows:
        offices.add(row.obligation.office)
        sizes = [max(size, cells_of(cell)) for size, cell in zip(sizes, _first_cells(row, voice), strict=True)]
    for row in rows:
        first = [_padded(cell, size) for cell, size in zip(_first_cells(row, voice), sizes, strict=True)]
        office = [row.obligation.office] if len(offices) > 1 else []
        line = "  ".join([*first, "; ".join([row.obligation.title, *office, *due.dates(row, today, voice)])])
        yield " ".join(line.splitlines()).rstrip() + "\n"


def _first_cells(row: Row, voice: Voice) -> tuple[str, str, str]:
    return due.when(row, voice), due.left(row, voice), row.obligation.id


def _padded(text: str, size: int) -> str:
    return text + " " * (size - cells_of(text))
