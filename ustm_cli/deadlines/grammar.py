"""Forms: one pattern that both reads and writes a phrase.

A pattern is words and slots, apart by spaces (where the text may or may not have one):

- `word`, `a|b` (either; the first is written), `[word]` (may be there; not written), `,` (may be there; written),
  `_` (a space that is written where Thai has none of its own);
- `{slot}`, `{slot:argument}`: see `slots.py`; a slot that stands twice must say the same twice;
- `<...>` at the start: the head (`ทุกเดือน`), left out where the period is known from elsewhere.

A form belongs to a rule; `fixed` holds the fields that the pattern's words decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ustm_cli.dates.era import Lang
from ustm_cli.deadlines import slots
from ustm_cli.deadlines.base import Event
from ustm_cli.deadlines.text import Text
from ustm_cli.deadlines.vocabulary import INCOMPLETE, inside_word

Fields = Mapping[str, Any]


class Word(NamedTuple):
    choices: tuple[str, ...]
    optional: bool = False
    written: bool = True


class Slot(NamedTuple):
    name: str
    argument: str


Element = Word | Slot


# Each is itself alone: a form is looked up by what it is, not by what it says.
@dataclass(frozen=True, eq=False)
class Form:
    lang: Lang
    pattern: str
    fixed: Fields

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        return _compiled(self.pattern)[1]

    def may_begin(self, norm: str, every: str | None) -> bool:
        """Whether the text begins with the form's first word: a quick look that spares most forms a reading."""
        starts = _compiled(self.pattern)[2]
        return not starts or (every is not None and self.head > 0) or norm.startswith(starts)

    @cached_property
    def head(self) -> int:
        """How many elements the head has."""
        return _compiled(self.pattern)[0]

    def may_go_on(self, norm: str) -> bool:
        """Whether the text begins with the first word after the form's head."""
        first = self.elements[self.head]
        return not isinstance(first, Word) or first.optional or norm.startswith(first.choices)

    @cached_property
    def arguments(self) -> list[tuple[str, str]]:
        """The slots, with their arguments."""
        return [(element.name, element.argument) for element in self.elements if isinstance(element, Slot)]

    @cached_property
    def slots(self) -> list[str]:
        return [name for name, _ in self.arguments]


def th(pattern: str, **fixed: Any) -> Form:
    return Form("th", pattern, fixed)


def en(pattern: str, **fixed: Any) -> Form:
    return Form("en", pattern, fixed)


_COMPILED: dict[str, tuple[int, tuple[Element, ...], tuple[str, ...]]] = {}


def _compiled(pattern: str) -> tuple[int, tuple[Element, ...], tuple[str, ...]]:
    """(elements of the head, elements, the words that it can begin with or none where it begins with a slot)."""
    found = _COMPILED.get(pattern)
    if found is None:
        head, _, rest = pattern.rpartition(">")
        first = head.lstrip("<").split()
        words = [*first, *rest.split()]
        elements = tuple(map(_element, words))
        starts = elements[0].choices if isinstance(elements[0], Word) and not elements[0].optional else ()
        found = _COMPILED[pattern] = (len(first), elements, starts)
    return found


def _element(word: str) -> Element:
    if word.startswith("{"):
        name, _, argument = word.strip("{}").partition(":")
        return Slot(name, argument)
    if word == "_":
        return Word(("",), optional=True)
    if word == ",":
        return Word((",",), optional=True)
    if word.startswith("["):
        return Word(tuple(word.strip("[]").split("|")), optional=True, written=False)
    return Word(tuple(word.split("|")))


@dataclass
class Attempt:
    """One reading of one text: what events it may name, whose year it is, and how far any form came."""

    text: Text
    events: Mapping[str, Event] | None
    fiscal_year: int
    furthest: int = -1
    reached: list[tuple[Form, Fields]] = field(default_factory=list[tuple[Form, Fields]])

    def stuck(self, form: Form, pos: int, fields: Fields) -> None:
        """Remember the forms that came furthest, and with what."""
        if pos > self.furthest:
            self.furthest, self.reached = pos, []
        if pos == self.furthest:
            self.reached.append((form, fields))


class Match(NamedTuple):
    fields: Fields
    places: Mapping[str, tuple[int, int]]


def match(form: Form, attempt: Attempt, preset: Fields, *, headless: bool) -> Iterator[Match]:
    """Every way in which the whole text is this form; `preset` are fields known from elsewhere."""
    elements = form.elements[form.head :] if headless else form.elements
    if not elements:
        return
    yield from _match(form, elements, attempt, 0, dict(preset), {})


def _match(
    form: Form,
    elements: tuple[Element, ...],
    attempt: Attempt,
    pos: int,
    fields: dict[str, Any],
    places: dict[str, Any],
) -> Iterator[Match]:
    norm = attempt.text.norm
    pos = _skip(norm, pos)
    if not elements:
        if pos == len(norm):
            yield Match({**form.fixed, **fields}, places)
        else:
            attempt.stuck(form, pos, fields)
        return
    head, rest = elements[0], elements[1:]
    if isinstance(head, Word):
        stuck = not head.optional
        for end in _ends(head, norm, pos):
            stuck = False
            yield from _match(form, rest, attempt, end, fields, places)
        if head.optional and head.choices != ("",):
            yield from _match(form, rest, attempt, pos, fields, places)
        if stuck:
            attempt.stuck(form, pos, fields)
        return
    stuck = True
    for end, value in slots.read(head.name, head.argument, norm, pos, attempt.events):
        if value is INCOMPLETE:
            attempt.stuck(form, end, fields)
            continue
        if head.name in fields and fields[head.name] != value:
            continue
        stuck = False
        yield from _match(form, rest, attempt, end, {**fields, head.name: value}, {**places, head.name: (pos, end)})
    if stuck:
        attempt.stuck(form, pos, fields)


def _ends(word: Word, norm: str, pos: int) -> Iterator[int]:
    for choice in word.choices:
        end = pos + len(choice)
        if norm[pos:end].lower() == choice and not inside_word(norm, end):
            yield end


_SPACE = re.compile(r"\s*")


def _skip(norm: str, pos: int) -> int:
    if pos < len(norm) and norm[pos].isspace():
        return _SPACE.match(norm, pos).end()  # type: ignore[union-attr]
    return pos


def write(form: Form, rule: Any, *, headless: bool = False) -> str:
    """The phrase for a rule that the form fits."""
    elements = form.elements[form.head :] if headless else form.elements
    phrase = ""
    for element in elements:
        if isinstance(element, Slot):
            text = slots.write(element.name, element.argument, rule, form.lang)
        elif element.written:
            text = element.choices[0] or " "
        else:
            continue
        phrase += " " + text if _spaced(phrase, text, form.lang) else text
    return phrase.strip()


def _spaced(left: str, right: str, lang: Lang) -> bool:
    """English has spaces between words; Thai has them around numbers and Latin words, and where a pattern says so."""
    if not left or right in (" ", ",") or left.endswith(" "):
        return False
    return lang == "en" or not (_is_thai(left[-1]) and _is_thai(right[0]))


def _is_thai(char: str) -> bool:
    return "\u0e00" <= char <= "\u0e7f"
