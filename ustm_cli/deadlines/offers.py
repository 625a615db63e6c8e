"""What to write instead: the nearest phrase that would be understood. Nothing here decides what a phrase means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product, takewhile
from typing import Any

from ustm_cli.dates.era import OFFSET, DateError
from ustm_cli.dates.fiscal import Every, fiscal_year_of, month
from ustm_cli.deadlines.base import Event, Rule, RuleError
from ustm_cli.deadlines.facts import facts, is_faithful
from ustm_cli.deadlines.grammar import Attempt, Form, write
from ustm_cli.deadlines.slot_dates import DASH
from ustm_cli.deadlines.slots import read, say_times
from ustm_cli.deadlines.vocabulary import EVERY, INCOMPLETE, WEEKDAYS, Bad, inside_word


def mended(error: DateError | RuleError, text: str, start: int, end: int, fiscal_year: int) -> Iterator[str]:
    """The phrase with the one wrong number put right, in each likely way; whether it is then right is not looked at."""
    detail = error.detail
    before, after = text[:start], text[end:]
    match error.code:
        case "U203":
            yield f"{before}{detail['offer']}{after}"
        case "U204":
            yield f"{before}{1 if detail['day'] == 0 else 31}{after}"
        case "U205":
            yield f"{before}{detail['last']}{after}"
        case "U209" if re.search(r"(สัปดาห์\s*ที่|weeks?|และ|and|,)\s*$", before):
            yield from (f"{before}{week}{after}" for week in (4, 3, 2, 1))
        case "U209":
            yield f"{before.rstrip().removesuffix('ที่').rstrip()}สุดท้าย{after.lstrip()}"
            yield f"{before}last{after}"
        case "U210":
            yield f"{before}{say_times(int(str(detail['listed'])), 'en')}{after}"
            yield f"{before}{detail['listed']}{after}"
        case "U211" if isinstance(detail["low"], int):
            yield f"{before}{min(max(int(str(detail['value'])), detail['low']), int(str(detail['high'])))}{after}"
        case "U220":
            # An office's name that goes on with ` about March`.
            yield from (f"{text.rstrip()} {about[:4]}" for about in _elsewhere("about", "", text, fiscal_year))
        case "U208":
            yield from _forwards(text, start, end, detail["start"])
        case _:
            return


def _forwards(text: str, start: int, end: int, first: object) -> Iterator[str]:
    """A span that runs backwards: its days swapped, or begun a year earlier, written with as many digits."""
    span = text[start:end]
    if swapped := re.fullmatch(rf"(\d{{1,2}})(\s*{DASH}\s*)(\d{{1,2}})(\s*\D.*)", span):
        yield f"{text[:start]}{swapped[3]}{swapped[2]}{swapped[1]}{swapped[4]}{text[end:]}"
    ends = re.fullmatch(rf"(.*?)\s*(\d{{4}}|\d\d)?\s*{DASH}\s*(.*)", span)
    if ends and isinstance(first, date):
        year = str(first.year + OFFSET - 1)
        yield f"{text[:start]}{ends[1]} {year[-len(ends[2] or year) :]} - {ends[3]}{text[end:]}"


# What stands in for a slot that was not read, where the text does not say it elsewhere. No day is made up.
_NUMBERS = {"day": [10], "count": [5], "quarter": [1], "nth": [2], "times": [1, 2, 3, 4]}
_SAMPLES: dict[str, list[Any]] = {
    "by": ["กรมบัญชีกลาง"],
    "months": [(12,), (12, 4), (12, 4, 8), (12, 3, 6, 9)],
}
# What is less like the text than this is no help.
LEAST_LIKENESS = 0.5


def nearest(attempt: Attempt, kinds: Mapping[int, type[Rule]], every: Every | None) -> str | None:
    """The phrase most like the text, completed, of the forms that came furthest and of those that hold a date.

    With `every`, its head is left out.
    """
    text = attempt.text.norm.strip()
    stops = attempt.furthest >= len(attempt.text.norm.rstrip())
    events = attempt.events
    if not stops or facts(text).words.isdisjoint({"before", "after"}):
        # None is made up but where it alone is missing.
        events = {id: event for id, event in (events or {}).items() if id in text or event.name in text}
    phrases: dict[str, None] = {}
    for form, fields in (*attempt.reached, *_dated(kinds)):
        if attempt.events is None and "event" in fields:
            # How many words are its name, nobody knows.
            continue
        for candidate in _completed(form, fields, text, events, attempt.fiscal_year):
            phrase = _written(form, kinds[id(form)].from_phrase, tuple(candidate), tuple(candidate.values()), every)
            if phrase is not None:
                phrases[phrase] = None
    years = {attempt.fiscal_year - 1, attempt.fiscal_year}
    # A word that was begun is one that lacks its end.
    faithful = [one for one in phrases if is_faithful(text, one, years, stops=stops or one.startswith(text))]
    return _most_like(text, faithful)


def _dated(kinds: Mapping[int, type[Rule]]) -> Iterator[tuple[Form, Mapping[str, Any]]]:
    """The forms that hold a date: a text may have one among other words, or without its year."""
    for kind in dict.fromkeys(kinds.values()):
        for form in kind.FORMS:
            if not {"date", "span", "about"}.isdisjoint(form.slots):
                yield form, {}


# Whatever the text, most candidates are the same.
@lru_cache(maxsize=4096)
def _written(
    form: Form, make: Callable[..., Rule], names: tuple[str, ...], values: tuple[Any, ...], every: Every | None
) -> str | None:
    """The phrase of the rule with those fields, None where there is no such rule."""
    try:
        rule = make(**dict(zip(names, values, strict=True)))
    except RuleError:
        return None
    headless = getattr(rule, "every", None) == every
    return write(form, rule, headless=headless)


def _most_like(text: str, phrases: Sequence[str]) -> str | None:
    """The one most like the text, the first of equals; None where none is much like it.

    Their lengths, and then how many characters they share at all, are soon counted and bound how alike two texts can
    be: those that could be most alike are compared first, and most not at all.
    """
    letters = [(letter, text.count(letter)) for letter in set(text)]
    shorter = (min(len(text), len(phrase)) for phrase in phrases)
    bounds = [
        (-_likeness(text, phrase, size), number)
        for number, (phrase, size) in enumerate(zip(phrases, shorter, strict=True))
    ]
    best, best_likeness, best_number = None, LEAST_LIKENESS, -1
    for bound, number in sorted(bounds):
        if -bound < best_likeness:
            break
        phrase = phrases[number]
        if _likeness(text, phrase, sum(min(count, phrase.count(letter)) for letter, count in letters)) < best_likeness:
            continue
        matcher = SequenceMatcher(None, text, phrase, autojunk=False)
        likeness = _likeness(text, phrase, sum(block.size for block in matcher.get_matching_blocks()))
        if likeness > best_likeness or (likeness == best_likeness and number < best_number):
            best, best_likeness, best_number = phrase, likeness, number
    return best


def _likeness(text: str, phrase: str, shared: int) -> float:
    """How alike two texts are that share so many characters.

    A good start counts, and so does that something follows where the text went wrong.
    """
    ratio = 2.0 * shared / max(len(text) + len(phrase), 1)
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, phrase, strict=False)))
    return ratio + 0.3 * (start / max(len(text), 1)) - 0.2 * text.startswith(phrase)


def _completed(
    form: Form, fields: Mapping[str, Any], text: str, events: Mapping[str, Event] | None, fiscal_year: int
) -> Iterator[dict[str, Any]]:
    """The fields that were read, with likely ones for the rest."""
    known = {name: value for name, value in fields.items() if not isinstance(value, Bad)}
    # An office's name is free text, which goes on too far where what follows it was not understood.
    if office := known.pop("by", "").partition("แจ้ง")[0]:
        known["by"] = office
    numbers = [int(number) for number in re.findall(r"\d{1,4}", text)]
    rest = iter([number for number in numbers if number not in known.values()])
    choices: dict[str, Sequence[Any]] = {name: [value] for name, value in form.fixed.items()}
    for name, argument in form.arguments:
        if name in known:
            choices[name] = [known[name]]
        elif name in _NUMBERS:
            number = next(rest, None)
            choices[name] = _NUMBERS[name] if number is None else [number]
        elif name == "month":
            choices[name] = ["first"]
        elif name == "weeks":
            choices[name] = [tuple(rest) or (2,)]
        else:
            choices[name] = _values(name, argument, text, events, fiscal_year)
    for values in product(*choices.values()):
        yield dict(zip(choices, values, strict=True))


def _values(name: str, argument: str, text: str, events: Mapping[str, Event] | None, fiscal_year: int) -> Sequence[Any]:
    match name:
        case "every":
            return [EVERY[letter][0] for letter in argument or "mqwy"]
        case "unit":
            return ["day", "workday", "month"]
        case "on":
            return list(WEEKDAYS)
        case "event":
            return list(events if events is not None else ["event"])
        case "by":
            return _SAMPLES[name]
        case "about":
            return _elsewhere(name, argument, text, fiscal_year) or [f"{fiscal_year - 1}-12"]
        case _:
            return _elsewhere(name, argument, text, fiscal_year) or _SAMPLES.get(name, [])


_LAST_DAY: dict[str, Callable[[Any], date]] = {
    "date": lambda day: day,
    "span": lambda days: days[1],
    "about": lambda id: month(int(id[:4]) - OFFSET, int(id[5:])).end,
}


@lru_cache(maxsize=64)
def _elsewhere(name: str, argument: str, text: str, be_year: int) -> list[Any]:
    """Every date, span or list of months that stands in the text; one that ends it without its year is of `be_year`."""
    found = dict.fromkeys(_standing(name, argument, text))
    if last_day := _LAST_DAY.get(name):
        for year in (be_year - 1, be_year):
            completed = _standing(name, argument, f"{text} {year}")
            found |= dict.fromkeys(value for value in completed if fiscal_year_of(last_day(value)) == be_year)
    return [*found]


def _standing(name: str, argument: str, text: str) -> Iterator[Any]:
    starts = (start for start in range(len(text)) if not inside_word(text, start))
    found = (value for start in starts for _, value in read(name, argument, text, start, None))
    return (value for value in found if value is not INCOMPLETE and not isinstance(value, Bad))
