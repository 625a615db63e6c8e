"""The agenda as a Markdown table, whole on a git server whatever a title holds."""

from __future__ import annotations

import re

from ustm_cli.render import due
from ustm_cli.render.voice import Voice
from ustm_cli.views.agenda import Agenda, Wanted


def escape(text: str) -> str:
    """Text that stays text in a cell of a Markdown table."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]|#~$])", r"\\\1", " ".join(text.split()))


def render(agenda: Agenda, wanted: Wanted, voice: Voice) -> str:
    frame = due.frame(agenda, wanted, voice)
    heads = [voice.say(key) for key in ("col_act_by", "col_left", "col_title", "col_group", "col_send_to", "col_id")]
    lines = [f"## {escape(frame.title)}", ""]
    if frame.rows:
        lines += ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    office = agenda.offices > 1
    for row in frame.rows:
        item = row.obligation
        work = "<br>".join(escape(part) for part in (item.title, *due.dates(row, agenda.today, voice)))
        whose = due.owner(row, office=office)
        found = [due.when(row, voice), due.left(row, voice), work, whose, ", ".join(item.send_to), item.id]
        lines.append("| " + " | ".join(part if part is work else escape(part) for part in found) + " |")
    lines += [line for note in frame.notes for line in ("", escape(note))]
    return "\n".join(lines) + "\n"
