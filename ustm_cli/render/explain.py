"""Explanations as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ustm_cli.dates.era import OFFSET, THAI_WEEKDAYS, format_be, month_name, weekday_name
from ustm_cli.dates.holidays import Holiday
from ustm_cli.deadlines.base import Event, Rule
from ustm_cli.deadlines.phrase import say, to_mapping
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import hang
from ustm_cli.views.explanation import Explanation, Reason
from ustm_cli.views.wording import without_phrase


def sentence(reason: Reason, voice: Voice) -> str:
    """One reason in words, without the days off that it passed."""
    facts: dict[str, Any] = {name: _said(name, fact, reason, voice) for name, fact in reason.facts.items()}
    facts["day"] = voice.weekday_and_day(reason.day)
    if reason.key == "weekday" and reason.day:
        facts["weekday"] = weekday_name(reason.day.weekday(), "long", voice.lang)
    if reason.key == "nth_weekday" and reason.day:
        nth = reason.facts["nth"]
        facts["weekday"] = weekday_name(reason.day.weekday(), "long", voice.lang)
        facts["nth"] = voice.say("nth_last") if nth == -1 else voice.say("nth", n=nth)
    if reason.key.startswith("law_"):
        return voice.number(voice.say(reason.key))
    key = {"says": "explain_says", "period": "explain_period"}.get(reason.key, f"step_{reason.key}")
    return voice.say(key, **facts)


def _said(name: str, fact: Any, reason: Reason, voice: Voice) -> Any:
    match name:
        case "rule" | "events":
            return ""
        case "period":
            return fact if isinstance(fact, str) else fact.id
        case "month":
            return f"{month_name(fact.start.month, 'long', voice.lang)} {voice.number(fact.start.year + OFFSET)}"
        case "start" | "end" | "opens":
            return voice.weekday_and_day(fact)
        case "unit":
            text = voice.say(f"unit_{fact}")
            return text.rstrip("s") if voice.lang == "en" and reason.facts.get("count") == 1 else text
        case "letter":
            return voice.say("letter", letter=fact) if fact else ""
        case "reason":
            return (f": {fact}" if reason.key == "override" else fact) if fact else ""
        case _:
            return fact


def _with_special(reason: Reason, voice: Voice) -> str:
    if reason.key == "says":
        return voice.say("explain_says", phrase=phrase_of(reason.facts["rule"], voice, reason.facts["events"]))
    if reason.key in ("count_clock", "receipt"):
        moment = voice.moment(reason.facts["at"])
        facts = {name: _said(name, fact, reason, voice) for name, fact in reason.facts.items()}
        return voice.say(f"step_{reason.key}", **facts, moment=moment)
    if reason.key == "paused":
        at = reason.facts["at"]
        return voice.say("step_paused", by=voice.moment(at) if at else voice.weekday_and_day(reason.day))
    if reason.key in ("day_of_month", "last_day_instead"):
        return voice.say(f"step_{reason.key}", number=reason.facts["day"], day=voice.weekday_and_day(reason.day))
    return sentence(reason, voice)


def phrase_of(rule: Rule, voice: Voice, events: Mapping[str, Event] | None = None, *, headless: bool = False) -> str:
    """The rule in words, an event by its name."""
    event = (events or {}).get(getattr(rule, "event", ""))
    named = rule.of_event(event.name) if event else rule
    phrase = say(named, voice.lang, headless=headless)
    return voice.number(phrase or without_phrase(rule, voice.lang))


def day_off(day: Any, rows: Sequence[Holiday], voice: Voice) -> str:
    """A day off and who made it one: the weekday, or the holiday with its source and when it was announced."""
    if not rows:
        name = f"วัน{THAI_WEEKDAYS[day.weekday()]}" if voice.lang == "th" else weekday_name(day.weekday(), "long", "en")
        return voice.say("step_skip", day=voice.weekday_and_day(day), why=name)
    said: list[str] = []
    for row in rows:
        announced = f", {voice.say('announced', day=voice.day(row.announced))}" if row.announced else ""
        said.append(f"{row.th if voice.lang == 'th' else row.en} ({row.source}{announced})")
    return voice.say("step_skip", day=voice.weekday_and_day(day), why="; ".join(said))


def lines(explanation: Explanation, voice: Voice, width: int) -> list[str]:
    found: list[str] = []
    told = ""
    for number, reason in enumerate(explanation.reasons, 1):
        place = f"  [{reason.file}:{reason.mark.line}]" if reason.file and reason.mark else ""
        where, told = ("" if place == told else place), place or told
        lead = f"{voice.number(number)}. "
        found += hang(lead + _with_special(reason, voice) + where, width, len(lead))
        for day, rows in reason.days_off:
            found += hang(f"     - {day_off(day, rows, voice)}", width, 7)
    return found


def result(explanation: Explanation, voice: Voice) -> str:
    days = explanation.days
    keys = {reason.key for reason in explanation.reasons}
    if "cancelled" in keys:
        return voice.say("explain_cancelled")
    if days.deadline is None:
        return voice.say("explain_no_deadline" if keys & {"ongoing", "no_promise"} else "explain_awaiting")
    return voice.say(
        "explain_result", deadline=voice.weekday_and_day(days.deadline), act_by=voice.weekday_and_day(days.act_by)
    )


def steps_json(explanations: Sequence[Explanation], voice: Voice) -> list[dict[str, Any]]:
    return [
        {
            "period": explanation.period,
            "step": reason.key,
            "text": _with_special(reason, voice),
            "date": reason.day.isoformat() if reason.day else None,
            "days_off": [
                {"date": day.isoformat(), "text": day_off(day, rows, voice), "sources": [row.source for row in rows]}
                for day, rows in reason.days_off
            ],
            "file": reason.file,
            "line": reason.mark.line if reason.mark else None,
        }
        for explanation in explanations
        for reason in explanation.reasons
    ]


def phrase_json(rule: Rule, explanations: Sequence[Explanation], voice: Voice) -> dict[str, Any]:
    phrase = say(rule, "th")
    return {
        "schema_version": 1,
        "rule": to_mapping(rule),
        "phrase": {"th": phrase, "en": say(rule, "en")} if phrase else None,
        "obligations": [_days_json(item) for item in explanations],
        "steps": steps_json(explanations, voice),
    }


def _days_json(item: Explanation) -> dict[str, Any]:
    days = item.days
    return {
        "period": item.period,
        "opens": days.opens.isoformat() if days.opens else None,
        "deadline": days.deadline.isoformat() if days.deadline else None,
        "act_by": days.act_by.isoformat() if days.act_by else None,
        "text": {name: format_be(day) for name, day in zip(("opens", "deadline", "act_by"), days, strict=False) if day},
    }
