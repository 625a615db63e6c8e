"""A rule in the words of the deadline language, Thai and English, its event called by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ustm_cli.dates.era import Lang, format_be
from ustm_cli.deadlines.base import Event, Rule
from ustm_cli.deadlines.phrase import say
from ustm_cli.plan.load import Placed


class Wording(NamedTuple):
    th: str
    en: str


def times_of(placed: Placed, events: Mapping[str, Event]) -> tuple[Wording, ...]:
    """An activity's rules; a lone one without a phrase as the office's document has it, where that is known."""
    printed = next((source.printed for source in placed.activity.source if source.printed), None)
    if printed and len(placed.timings) == 1 and say(placed.timings[0].rule) is None:
        return (Wording(printed, printed),)
    return tuple(wording(timing.rule, events) for timing in placed.timings)


def wording(rule: Rule, events: Mapping[str, Event], *, headless: bool = False) -> Wording:
    """`headless`: without the `ทุก…` that an activity's own rule has said already."""
    return Wording(_said(rule, "th", events, headless), _said(rule, "en", events, headless))


def _said(rule: Rule, lang: Lang, events: Mapping[str, Event], headless: bool) -> str:
    event = events.get(getattr(rule, "event", ""))
    named = rule.of_event(event.name) if event else rule
    text = say(named, lang, headless=headless)
    if text is None:
        return without_phrase(rule, lang)
    # The phrase keeps a space before any name; Thai writes none.
    return text.replace(f" {event.name}", event.name, 1) if event and lang == "th" else text


def without_phrase(rule: Rule, lang: Lang) -> str:
    """An RRULE with the day from which it counts."""
    text, start = f"RRULE {getattr(rule, 'rrule', '')}", getattr(rule, "start", None)
    since = "ตั้งแต่" if lang == "th" else "from"
    return f"{text} {since} {format_be(start, 'short', lang)}" if start else text
