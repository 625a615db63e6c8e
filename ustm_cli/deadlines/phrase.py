"""Phrases to rules and back: `parse(say(rule, lang)) == rule` for every rule but rrule, in both languages.

A phrase is understood whole or refused with the column of the first word that was not understood and the nearest
phrase that would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

from ustm_cli.dates.era import DateError, Lang, format_be
from ustm_cli.dates.fiscal import Every
from ustm_cli.deadlines import REVIEW_RULES, RULES
from ustm_cli.deadlines.base import Event, Rule, RuleError
from ustm_cli.deadlines.grammar import Attempt, Form, Match, match, write
from ustm_cli.deadlines.text import normalized
from ustm_cli.deadlines.vocabulary import Bad, inside_word

LONGEST_PHRASE = 400
# Of what is offered where nobody says whose year it is.
SAMPLE_YEAR = 2564


class PhraseError(ValueError):
    """A phrase that is refused. `start` and `end` are indices in the text as given; `offer` is the nearest phrase."""

    def __init__(self, code: str, start: int, end: int, offer: str | None, detail: Mapping[str, object]) -> None:
        super().__init__(code)
        self.code = code
        self.start = start
        self.end = end
        self.offer = offer
        self.detail = detail


_FORMS = [(kind, form) for kind in RULES for form in kind.FORMS]
_REVIEW_FORMS = [(kind, form) for kind in REVIEW_RULES for form in kind.FORMS]


def parse(text: str, events: Mapping[str, Event] | None = None, fiscal_year: int = SAMPLE_YEAR) -> Rule:
    """The rule of a phrase of `when:`. `events` None: any one word may be an event.

    Raises PhraseError, whose offer puts a day that lacks its year into `fiscal_year`.
    """
    return _parse(text, events, _FORMS, None, fiscal_year)


def parse_review(
    text: str,
    events: Mapping[str, Event] | None = None,
    every: Every | None = None,
    fiscal_year: int = SAMPLE_YEAR,
) -> Rule:
    """The rule of a phrase of `review:`, its `ทุก…` head left out where the activity's rule has the period `every`."""
    return _parse(text, events, _REVIEW_FORMS, every, fiscal_year)


def is_phrase(text: str) -> bool:
    """Whether a text says a time by itself, be it one that cannot be."""
    attempt = Attempt(normalized(text), {}, SAMPLE_YEAR)
    begin = attempt.text.norm.lower()
    return any(form.may_begin(begin, None) and any(_matches(form, attempt, None)) for _, form in _FORMS)


def say(rule: Rule, lang: Lang = "th", *, headless: bool = False) -> str | None:
    """The phrase of a rule, None for an rrule."""
    for form in type(rule).FORMS:
        if form.lang == lang and _fits(form, rule):
            return write(form, rule, headless=headless)
    return None


def _fits(form: Form, rule: Rule) -> bool:
    """Whether the form says the rule; of those of a kind that could, the first is the narrowest."""
    if any(getattr(rule, name) != value for name, value in form.fixed.items()):
        return False
    return "about" not in form.slots or getattr(rule, "about", None) is not None


def _parse(
    text: str,
    events: Mapping[str, Event] | None,
    forms: Sequence[tuple[type[Rule], Form]],
    every: Every | None,
    fiscal_year: int,
) -> Rule:
    if len(text) > LONGEST_PHRASE:
        raise PhraseError("U222", 0, len(text), None, {"limit": LONGEST_PHRASE})
    attempt = Attempt(normalized(text), events, fiscal_year)
    refused: tuple[DateError | RuleError, int, int] | None = None
    begin = attempt.text.norm.lstrip().lower()
    for kind, form in forms:
        if not form.may_begin(begin, every):
            continue
        for found in _matches(form, attempt, every):
            try:
                return _build(kind, found)
            except _Refusal as refusal:
                refused = refused or refusal.args
    if refused:
        from ustm_cli.deadlines.offers import mended

        error, start, end = refused
        offers = mended(error, attempt.text.norm, start, end, fiscal_year)
        offer = next((offer.strip() for offer in offers if _is_understood(offer, events, forms, every)), None)
        raise PhraseError(error.code, attempt.text.column(start), attempt.text.column(end), offer, error.detail)
    if attempt.furthest <= len(attempt.text.norm) - len(attempt.text.norm.lstrip()):
        # No form came further than its first word: all of them are what the text might have been.
        _look(attempt, forms, every)
    raise _stuck(attempt, forms, every)


def _look(attempt: Attempt, forms: Sequence[tuple[type[Rule], Form]], every: Every | None) -> Attempt:
    """The attempt once all forms were tried: it knows then how far which of them came."""
    for _, form in forms:
        for _ in _matches(form, attempt, every):
            pass
    return attempt


def _is_understood(
    text: str, events: Mapping[str, Event] | None, forms: Sequence[tuple[type[Rule], Form]], every: Every | None
) -> bool:
    attempt = Attempt(normalized(text), events, SAMPLE_YEAR)
    for kind, form in forms:
        for found in _matches(form, attempt, every):
            with suppress(_Refusal):
                _build(kind, found)
                return True
    return False


def _matches(form: Form, attempt: Attempt, every: Every | None) -> Iterator[Match]:
    yield from match(form, attempt, {}, headless=False)
    if every and form.head and form.fixed.get("every", every) == every:
        preset = {"every": every} if "every" in form.slots else {}
        yield from match(form, attempt, preset, headless=True)


class _Refusal(Exception):
    """A phrase understood whole that says what cannot be: the error, and where its words stand."""

    args: tuple[DateError | RuleError, int, int]


def _build(kind: type[Rule], found: Match) -> Rule:
    for value in found.fields.values():
        if isinstance(value, Bad):
            raise _Refusal(value.error, value.start, value.end)
    try:
        return kind.from_phrase(**found.fields)
    except RuleError as error:
        raise _Refusal(error, *found.places.get(error.field, (0, 0))) from None


def _stuck(attempt: Attempt, forms: Sequence[tuple[type[Rule], Form]], every: Every | None) -> PhraseError:
    norm = attempt.text.norm
    start = attempt.furthest
    while start and inside_word(norm, start):
        start -= 1
    end = start
    while end < len(norm) and not norm[end].isspace():
        end += 1
    event = _unknown_event(attempt)
    start, end = event or (start, end)
    # Of a phrase that ends too soon, all of it.
    word = norm[start:end] or norm.strip()
    offers = _offers(attempt, event, forms, every)
    offer = next((offer for offer in offers if _is_understood(offer, attempt.events, forms, every)), None)
    return PhraseError(
        "U202" if event else "U201", attempt.text.column(start), attempt.text.column(end), offer, {"word": word}
    )


def _offers(
    attempt: Attempt, event: tuple[int, int] | None, forms: Sequence[tuple[type[Rule], Form]], every: Every | None
) -> Iterator[str]:
    """What might be written instead, the likeliest first; `event`: where one stands that the plan has not."""
    from ustm_cli.deadlines.offers import nearest
    from ustm_cli.deadlines.respelling import renamed, respelled

    kinds = {id(form): kind for kind, form in forms}
    if offer := _with_head(attempt):
        yield offer
    slips = [*respelled(attempt.text.norm.strip())]
    yield from slips
    if slips:
        attempt = _look(Attempt(normalized(slips[-1]), attempt.events, attempt.fiscal_year), forms, every)
        event = _unknown_event(attempt)
        if offer := _with_head(attempt):
            yield offer
    if event:
        yield from renamed(attempt.text.norm, *event, attempt.events or {})
    elif offer := nearest(attempt, kinds, every):
        yield offer


def _with_head(attempt: Attempt) -> str | None:
    """The phrase with the head that it lacks (`ทุกไตรมาส …`)."""
    fresh = Attempt(attempt.text, attempt.events, attempt.fiscal_year)
    begin = attempt.text.norm.lstrip().lower()
    likely = [(kind, form) for kind, form in _FORMS if form.head and form.may_go_on(begin)]
    for every in ("month", "quarter", "year", "week"):
        for kind, form in likely:
            for found in _matches(form, fresh, every):
                with suppress(_Refusal):
                    return write(form, _build(kind, found))
    return None


def _unknown_event(attempt: Attempt) -> tuple[int, int] | None:
    """Where the event stands, if the phrase would be understood were that word an event of the plan."""
    if attempt.events is None:
        return None
    free = Attempt(attempt.text, None, attempt.fiscal_year)
    for form in [form for _, form in _FORMS if "event" in form.slots]:
        for found in match(form, free, {}, headless=False):
            return found.places["event"]
    return None


def to_mapping(rule: Rule) -> dict[str, Any]:
    """The mapping spelling of a rule, as YAML and JSON write it: dates in the Buddhist era, defaults left out."""
    spelled: dict[str, Any] = {"rule": rule.rule}
    for item in fields_of(rule):  # type: ignore[arg-type]
        value = getattr(rule, item.name)
        if value == item.default:
            continue
        spelled[item.name] = (
            format_be(value, "iso") if isinstance(value, date) else [*value] if isinstance(value, tuple) else value
        )
    return spelled
