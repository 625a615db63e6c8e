"""The mapping spelling of a rule: `{rule: day_of_month, every: month, day: 10, month: following}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from difflib import get_close_matches
from functools import cache
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from ustm_cli.dates.era import DateError, format_be, to_arabic
from ustm_cli.deadlines import REVIEW_RULES, RULES
from ustm_cli.deadlines.base import Event, Rule, RuleError
from ustm_cli.deadlines.phrase import PhraseError
from ustm_cli.deadlines.text import compose
from ustm_cli.plan.model import Faults, day_written


@cache
def adapter(kind: Any) -> TypeAdapter[Rule]:
    """Made when first needed: most plans are all phrases."""
    return TypeAdapter(kind)


def rule_from_mapping(value: Any, events: Mapping[str, Event], *, review: bool, beside: Sequence[str] = ()) -> Rule:
    """`beside` are keys that may stand there too, taken out before. Raises Faults."""
    if not isinstance(value, dict):
        raise Faults([((), TypeError("phrase"))])
    spelled = cast("dict[str, object]", value)
    kinds = {kind.rule: kind for kind in (REVIEW_RULES if review else RULES)}
    if "rule" not in spelled:
        raise Faults(_without_rule(spelled, kinds.values()))
    name = spelled["rule"]
    if not isinstance(name, str):
        raise Faults([(("rule",), TypeError("string"))])
    if name not in kinds:
        detail: dict[str, Any] = {"value": name, "known": ", ".join(kinds), "options": list(kinds)}
        raise Faults([(("rule",), RuleError("U223", "rule", **detail))])
    kind: Any = kinds[name]
    known = [field.name for field in fields(kind)]
    given = {field: item for field, item in spelled.items() if field != "rule"}
    unknown = [field for field in given if field not in known]
    if unknown:
        keys = ["rule", *known, *beside]
        detail = {"known": ", ".join(keys), "options": keys}
        raise Faults([((field,), RuleError("U112", "key", key=field, **detail)) for field in unknown])
    numbers = {field.name for field in fields(kind) if "int" in str(field.type)}
    given = {field: _plain(field, item, numbers) for field, item in given.items()}
    if name == "date_range":
        given = {"start": None, "end": None, "quarter": None} | given
    try:
        rule = adapter(kind).validate_python(given)
    except ValidationError as error:
        raise Faults(_faults(error)) from None
    return _with_event(rule, events)


_NUMBER = re.compile(r"-?[0-9]{1,12}")


def _plain(name: str, item: Any, numbers: set[str], *within: int) -> Any:
    """A scalar as the validator may take it; whole numbers as such, so that it does not take `1_0` for one."""
    if isinstance(item, list):
        return tuple(_plain(name, one, numbers, number) for number, one in enumerate(cast("list[object]", item)))
    if not isinstance(item, str):
        return item
    text = to_arabic(compose(item))
    if name not in numbers:
        return text
    if not _NUMBER.fullmatch(text):
        raise Faults([((name, *within), TypeError("int"))])
    return int(text)


def _faults(error: ValidationError) -> list[tuple[tuple[str | int, ...], Exception]]:
    faults: list[tuple[tuple[str | int, ...], Exception]] = []
    for item in error.errors():
        cause = item.get("ctx", {}).get("error")
        loc = tuple(item["loc"])
        if isinstance(cause, DateError):
            faults.append((loc, _misspelt(item["input"])))
        elif isinstance(cause, RuleError):
            faults.append((loc or ((cause.field,) if cause.field else ()), cause))
        else:
            faults.append((loc, cause if isinstance(cause, ValueError) else _as_rule_error(item)))
    return faults


def _misspelt(value: object) -> Exception:
    """What is wrong with a date that is not written as mappings write it, `2563-10-06`."""
    if not isinstance(value, str):
        return TypeError("date")
    try:
        day = day_written(value, None)
    except PhraseError as error:
        if error.offer:
            error.offer = format_be(day_written(error.offer, None), "iso")
        return error
    return PhraseError("U201", 0, len(value), format_be(day, "iso"), {"word": value[:40]})


def _without_rule(spelled: Mapping[str, object], kinds: Iterable[Any]) -> list[tuple[tuple[str | int, ...], Exception]]:
    """The key that should have been `rule`, where one is like it; else that it is missing."""
    known = {field.name for kind in kinds for field in fields(kind)}
    like = [key for key in spelled if key not in known and get_close_matches(key.lower(), ["rule"])]
    detail: dict[str, Any] = {"known": ", ".join(["rule", *sorted(known)]), "options": ["rule"]}
    if not like:
        return [((), RuleError("U113", "rule", key="rule"))]
    return [((key,), RuleError("U112", "key", key=key, **detail)) for key in like]


def _as_rule_error(item: Any) -> Exception:
    from ustm_cli.plan.errors import from_pydantic

    return from_pydantic(item)


def _with_event(rule: Rule, events: Mapping[str, Event]) -> Rule:
    """The rule with its event by id."""
    name = getattr(rule, "event", None)
    if name is None:
        return rule
    for event in events.values():
        if name in (event.id, event.name):
            return rule.of_event(event.id)
    raise Faults([(("event",), RuleError("U202", "event", word=name, options=list(events)))])
