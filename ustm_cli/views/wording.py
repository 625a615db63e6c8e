"""A rule in the words of the deadline language, Thai and English, its event called by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ustm_cli.dates.era import Lang
from ustm_cli.deadlines.base import Event, Rule
from ustm_cli.deadlines.phrase import say, to_mapping


class Wording(NamedTuple):
    th: str
    en: str


def wording(rule: Rule, events: Mapping[str, Event], *, headless: bool = False) -> Wording:
    """`headless`: without the `ทุก…` that an activity's own rule has said already."""
    return Wording(_said(rule, "th", events, headless), _said(rule, "en", events, headless))


def _said(rule: Rule, lang: Lang, events: Mapping[str, Event], headless: bool) -> str:
    event = events.get(getattr(rule, "event", ""))
    named = rule.of_event(event.name) if event else rule
    text = say(named, lang, headless=headless)
    if text is None:
        return " ".join(f"{name}: {value}" for name, value in to_mapping(rule).items())
    # The phrase keeps a space before any name; Thai writes none.
    return text.replace(f" {event.name}", event.name, 1) if event and lang == "th" else text
