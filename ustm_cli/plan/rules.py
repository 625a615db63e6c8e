"""The mapping spelling of a rule: `{rule: day_of_month, every: month, day: 10, month: following}`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ustm_cli.dates.era import to_arabic
from ustm_cli.deadlines import REVIEW_RULES, RULES
from ustm_cli.deadlines.base import Event, Rule, RuleError
from ustm_cli.deadlines.text import compose
from ustm_cli.plan.model import Faults


@cache
def adapter(kind: Any) -> TypeAdapter[Rule]:
    """Made when first needed: most plans are all phrases."""
    return TypeAdapter(kind)


def rule_from_mapping(value: Any, events: Mapping[str, Event], *, review: bool) -> Rule:
    """Raises Faults."""
    if not isinstance(value, dict):
        raise Faults([((), TypeError("phrase"))])
    kinds = {kind.rule: kind for kind in (REVIEW_RULES if review else RULES)}
    name = value.get("rule")
    if name not in kinds:
        if "rule" not in value:
            raise Faults([((), RuleError("U113", "rule", key="rule"))])
        detail = {"value": name, "known": ", ".join(kinds), "options": list(kinds)}
        raise Faults([(("rule",), RuleError("U223", "rule", **detail))])
    given = {field: _plain(item) for field, item in value.items() if field != "rule"}
    if name == "date_range":
        given = {"start": None, "end": None, "quarter": None} | given
    kind: Any = kinds[name]
    known = list(kind.__dataclass_fields__)
    unknown = [field for field in given if field not in known]
    if unknown:
        raise Faults(
            [
                ((field,), RuleError("U112", "key", key=field, known=", ".join(known), options=known))
                for field in unknown
            ]
        )
    try:
        rule = adapter(kind).validate_python(given)
    except ValidationError as error:
        raise Faults(_faults(error)) from None
    return _with_event(rule, events)


def _plain(item: Any) -> Any:
    if isinstance(item, list):
        return tuple(_plain(one) for one in item)
    return to_arabic(compose(item)) if isinstance(item, str) else item


def _faults(error: ValidationError) -> list[tuple[tuple[str | int, ...], Exception]]:
    faults: list[tuple[tuple[str | int, ...], Exception]] = []
    for item in error.errors():
        cause = item.get("ctx", {}).get("error")
        loc = tuple(item["loc"])
        if isinstance(cause, RuleError):
            faults.append((loc or ((cause.field,) if cause.field else ()), cause))
        else:
            faults.append((loc, cause if isinstance(cause, ValueError) else _as_rule_error(item)))
    return faults


def _as_rule_error(item: Any) -> Exception:
    from ustm_cli.plan.errors import from_pydantic

    return from_pydantic(item)


def _with_event(rule: Rule, events: Mapping[str, Event]) -> Rule:
    """The rule with its event by id."""
    from dataclasses import replace

    name = getattr(rule, "event", None)
    if name is None:
        return rule
    for event in events.values():
        if name in (event.id, event.name):
            return replace(rule, event=event.id)  # type: ignore[type-var]
    raise Faults([(("event",), RuleError("U202", "event", word=name, options=list(events)))])
