"""The day's letter as text, Markdown and HTML through the templates of the package, and as the short form of a chat."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ustm_cli.dates.era import weekday_name
from ustm_cli.render.due import left, when
from ustm_cli.render.markdown import escape
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import hang
from ustm_cli.views.agenda import Span
from ustm_cli.views.digest import SECTIONS, Digest, Item, Section

Form = Literal["text", "md", "html"]
TEMPLATES: dict[Form, str] = {"text": "digest.txt.j2", "md": "digest.md.j2", "html": "digest.html.j2"}
CHAT_TITLE = 160
_LEAD = re.compile(r" *(?:(?:\d+\.|[-*■…]) )?")
_BREAKS = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def render(letter: Digest, form: Form, voice: Voice, *, office: str, name: str = "", link: str = "") -> str:
    """`name`: whom it greets; `link`: the command that shows the whole."""
    context = _context(letter, voice, office, name, link)
    text: str = _environment().get_template(TEMPLATES[form]).render(context)
    return text


def within(text: str, width: int) -> str:
    """A letter as text in lines of at most `width` cells; a command stays whole, to be copied."""
    return "\n".join(part for one in text.split("\n") for part in _hung(one, width))


def _hung(text: str, width: int) -> list[str]:
    lead = _LEAD.match(text)
    return [text] if text.startswith("   > ") else hang(text, width, lead.end() if lead else 0)


def short(letter: Digest, voice: Voice, limit: int, measure: Callable[[str], int], **names: str) -> str:
    """The text in at most `limit` of what `measure` counts; items that do not fit are counted and pointed at."""
    whole = _short(letter, voice, **names)
    if measure(whole) <= limit:
        return whole
    low, high = 0, letter.items
    while low < high:
        middle = (low + high + 1) // 2
        if measure(_short(letter.first(middle), voice, **names)) <= limit:
            low = middle
        else:
            high = middle - 1
    text = _short(letter.first(low), voice, **names)
    if measure(text) <= limit:
        return text
    # Even the frame is too long (the office's own name, perhaps): the end says so.
    end = "…\n" + voice.say("digest_left_out", count=letter.whole, command=names.get("link") or "ustm digest")
    while measure(text + end) > limit:
        text = text[: -max(measure(text + end) - limit, 1)]
    return text + end


def _short(letter: Digest, voice: Voice, **names: str) -> str:
    return render(_clipped(letter), "text", voice, **{"office": "", **names}).rstrip("\n")


def _clipped(letter: Digest) -> Digest:
    sections = (part._replace(items=tuple(_clip(item) for item in part.items)) for part in letter.sections)
    return letter._replace(sections=tuple(sections))


def _clip(item: Item) -> Item:
    found = item.row.obligation
    if len(found.title) <= CHAT_TITLE:
        return item
    return item._replace(row=item.row._replace(obligation=found._replace(title=found.title[:CHAT_TITLE] + "…")))


def subject(letter: Digest, voice: Voice, office: str) -> str:
    """`เกินกำหนด 3 · วันนี้ 1 · สัปดาห์นี้ 4 (จ. 16 พ.ย. 2563) สำนักงาน…`."""
    counts = [(kind, letter.number_of(kind)) for kind in SECTIONS]
    parts = [voice.say(f"digest_count_{kind}", count=count) for kind, count in counts if count]
    if letter.outside is not None:
        parts.insert(0, voice.say("digest_count_outside", count=letter.outside))
    said = " · ".join(parts) or voice.say("digest_nothing")
    day = voice.weekday_and_day(letter.today)
    return voice.say("digest_subject", said=said, day=day, office=line(office)).strip()


# ---- what the templates are given


def _context(letter: Digest, voice: Voice, office: str, name: str, link: str) -> dict[str, Any]:
    return {
        "lang": voice.lang,
        "title": voice.say(f"digest_title_{letter.reader.letter}"),
        "day": voice.weekday_and_day(letter.today),
        "office": line(office),
        "greeting": voice.say("digest_greeting", name=line(name)) if name else "",
        "names": [line(own) for own in letter.reader.names],
        "covers": _covers(letter, voice),
        "counts": [_count(section, letter, voice) for section in letter.sections],
        "sections": [_section(section, letter, voice) for section in letter.sections if section.items],
        "owners_title": voice.say("digest_owners"),
        "owners": [
            {
                "owner": line(late.owner),
                "said": voice.say("digest_owner_late", count=late.items, days=late.longest),
                "count": voice.number(late.items),
                "days": voice.number(late.longest),
            }
            for late in letter.owners
        ],
        "owners_heads": [voice.say(f"digest_owners_{key}") for key in ("owner", "count", "days")],
        "nothing": voice.say("digest_nothing") if letter.empty and not letter.left_out else "",
        "notes": _notes(letter, voice),
        "left_out": _left_out(letter, voice, link),
        "type": voice.say("digest_type"),
        "foot": voice.say("digest_foot"),
    }


def _covers(letter: Digest, voice: Voice) -> str:
    """`รวมวันที่ 10-15 เม.ย. 2563 (วันสงกรานต์)`."""
    if letter.covers is None:
        return ""
    names = list(dict.fromkeys(line(getattr(day, voice.lang)) for day in letter.holidays))
    text = voice.say("digest_covers", days=_days(letter.covers, voice))
    return f"{text} ({', '.join(names)})" if names else text


def _days(span: Span, voice: Voice) -> str:
    start, end = span.start, span.end
    if start == end:
        return voice.weekday_and_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{voice.number(start.day)}-{voice.day(end)}"
    return f"{voice.day(start)} - {voice.day(end)}"


def _count(section: Section, letter: Digest, voice: Voice) -> dict[str, str]:
    said = voice.say(f"digest_count_{section.kind}", count=section.total)
    return {"kind": section.kind, "said": said}


def _section(section: Section, letter: Digest, voice: Voice) -> dict[str, Any]:
    weekday = weekday_name(letter.until.weekday(), "short", voice.lang)
    return {
        "kind": section.kind,
        "title": voice.say(f"digest_{section.kind}", until=f"{weekday} {voice.day(letter.until)}"),
        "count": voice.number(section.total),
        "more": _more(section, letter, voice),
        "entries": [_item(item, section, letter, voice) for item in section.items],
    }


def _more(section: Section, letter: Digest, voice: Voice) -> str:
    more = section.total - len(section.items)
    # A short form counts what it leaves out once, at its end.
    if not more or letter.left_out:
        return ""
    option = {"overdue": " --overdue", "awaiting": " --awaiting", "cases": " --open"}.get(section.kind, " --week")
    names = letter.reader.names
    owner = f' --owner "{line(names[0])}"' if len(names) == 1 and letter.reader.letter == "own" else ""
    return voice.say("digest_more", count=more, command=f"ustm due{option}{owner}")


def _item(item: Item, section: Section, letter: Digest, voice: Voice) -> dict[str, Any]:
    found = item.row.obligation
    return {
        "id": found.id,
        "title": line(found.title),
        "when": when(item.row, voice),
        "left": voice.say("digest_late", days=item.late) if item.late else left(item.row, voice),
        "fresh": voice.say("digest_fresh") if item.fresh else "",
        "dates": _dates(item, section, letter, voice),
        "owner": "" if letter.reader.letter == "own" and len(letter.reader.names) == 1 else line(found.owner),
        "send_to": voice.say("send_to", names=", ".join(map(line, found.send_to))) if found.send_to else "",
        "command": _command(item, voice),
    }


def _dates(item: Item, section: Section, letter: Digest, voice: Voice) -> list[str]:
    found = item.row.obligation
    parts: list[str] = []
    if found.deadline and found.deadline != found.act_by:
        parts.append(voice.say("deadline_is", day=voice.weekday_and_day(found.deadline)))
    if item.row.reviewed_on:
        parts.append(voice.say("reviewed_on", day=voice.day(item.row.reviewed_on)))
    elif found.review_by:
        missed = found.review_by < letter.today
        parts.append(voice.say("review_missed" if missed else "review_is", day=voice.weekday_and_day(found.review_by)))
    if section.kind == "awaiting" and found.known_by:
        parts.append(voice.say("known_by", day=voice.weekday_and_day(found.known_by)))
    return parts


def _command(item: Item, voice: Voice) -> str:
    """The line to type when it is done."""
    found, day = item.row.obligation, voice.say("digest_day_word")
    if item.event:
        return f"ustm event set {' '.join(item.event)} {day}"
    match item.asks:
        case "notify":
            return f"ustm notify {found.id if '.' in found.period else found.activity} --due {day}"
        case "close":
            return f"ustm close {found.id}"
        case asks:
            return f"ustm {asks} {found.id}"


def _notes(letter: Digest, voice: Voice) -> list[str]:
    notes = [voice.say("digest_missing", file=line(file)) for file in letter.missing]
    if letter.outside is not None:
        years = ", ".join(voice.number(year) for year in letter.years)
        told = voice.say("outside", today=voice.day(letter.today), years=years)
        notes.append(f"{told} {voice.say('outside_open', count=letter.outside)}" if letter.outside else told)
    if letter.next_year_missing:
        notes.append(voice.say("no_next_year", year=letter.next_year_missing))
    if letter.beside_awaiting:
        notes.append(voice.say("digest_beside_awaiting", count=letter.beside_awaiting))
    return notes


def _left_out(letter: Digest, voice: Voice, link: str) -> str:
    return voice.say("digest_left_out", count=letter.left_out, command=link or "ustm digest") if letter.left_out else ""


def line(text: str) -> str:
    """One line without control characters or marks that turn its direction: a title may hold anything."""
    return " ".join(_UNSHOWN.sub("", _BREAKS.sub(" ", text)).split())


def _is_html(template: str | None) -> bool:
    return bool(template and template.endswith(".html.j2"))


@cache
def _environment() -> Any:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_folders()),
        autoescape=_is_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escape
    return environment


def _folders() -> list[Path]:
    """Where the templates are: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    return [package / "templates", package.parent / "templates"]
