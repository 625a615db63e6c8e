"""Faults of the validator as findings of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, cast

from pydantic import ValidationError

from ustm_cli.dates.era import DateError
from ustm_cli.deadlines.base import RuleError
from ustm_cli.deadlines.phrase import PhraseError
from ustm_cli.deadlines.text import compose
from ustm_cli.plan.findings import Finding, Mark
from ustm_cli.plan.model import Faults, Keyed, PlanFile
from ustm_cli.plan.source import Map, Seq, mark_of

_WANTED = {
    "string": ("ข้อความ", "a text"),
    "list": ("รายการ (- …)", "a list (- …)"),
    "dict": ("คีย์และค่า", "keys and values"),
    "model": ("คีย์และค่า", "keys and values"),
    "dataclass": ("คีย์และค่า", "keys and values"),
    "int": ("จำนวนเต็ม", "a whole number"),
    "bool": (" true หรือ false", "true or false"),
    "date": ("วันที่", "a date"),
    "tuple": ("รายการ", "a list"),
    "phrase": ("วลีหรือกฎ", "a phrase or a rule"),
}


def from_pydantic(item: Any) -> Exception:
    """An error of pydantic's as one that has a code of ours."""
    kind, value, context = item["type"], item.get("input"), item.get("ctx", {})
    if kind == "literal_error":
        options = [word.strip("' ") for word in context["expected"].replace(" or ", ", ").split(", ")]
        if not isinstance(value, str):
            return _wrong((" " + " หรือ ".join(options), " or ".join(options)), value)
        return RuleError("U115", "", value=_shown(value), known=", ".join(options), options=options)
    if kind == "greater_than_equal":
        return RuleError("U211", "", value=value, low=context["ge"], high="…")
    if kind == "string_too_short":
        return wrong_type("string", None)
    if kind in ("missing", "missing_argument"):
        return RuleError("U113", "", key=str(item["loc"][-1]))
    return wrong_type(kind.partition("_")[0], value)


def wrong_type(wanted: str, value: Any) -> RuleError:
    return _wrong(_WANTED.get(wanted, (f" {wanted}", wanted)), value)


def _wrong(wanted: tuple[str, str], value: Any) -> RuleError:
    (th, en), (got_th, got_en) = wanted, _got(value)
    return RuleError("U114", "", want_th=th, want_en=en, got_th=got_th, got_en=got_en)


def _got(value: Any) -> tuple[str, str]:
    if value is None or value == "":
        return "ค่าว่าง", "nothing"
    if isinstance(value, dict):
        return "คีย์และค่า", "keys and values"
    if isinstance(value, list | tuple):
        return "รายการ", "a list"
    return f" “{_shown(value)}”", f"“{_shown(value)}”"


def _shown(value: Any) -> str:
    return str(value)[:40]


def findings(
    error: ValidationError, tree: Map, name: str, lines: Sequence[str], model: Any = PlanFile
) -> Iterator[Finding]:
    """The findings of a validation error of a model, each at its place in the tree."""
    events = tree.get("events")
    ids = [*events] if isinstance(events, Map) else []
    for item in error.errors(include_url=False):
        loc = _as_written(tuple(item["loc"]), ids)
        cause = item.get("ctx", {}).get("error")
        if item["type"] == "extra_forbidden":
            yield unknown_key(loc, tree, name, model)
        elif isinstance(cause, Faults):
            for path, fault in cause.faults:
                yield finding_at((*loc, *path), fault, tree, name, lines)
        elif isinstance(cause, ValueError):
            yield finding_at(loc, cause, tree, name, lines)
        else:
            yield finding_at(loc, from_pydantic(item), tree, name, lines)


def _as_written(loc: tuple[str | int, ...], ids: Sequence[str]) -> tuple[str | int, ...]:
    """The path as the file has it, where events are a mapping from `ids`: the validator has them as a list."""
    if not ids or loc[0] != "events" or len(loc) == 1:
        return loc
    rest = ("[key]",) if loc[2:] == ("id",) else loc[2:]
    return ("events", ids[cast("int", loc[1])], *rest)


def unknown_key(loc: tuple[str | int, ...], tree: Map, name: str, model: Any = PlanFile) -> Finding:
    known = known_keys(loc, model)
    near = get_close_matches(str(loc[-1]).lower(), known, 1, 0.6)
    detail = {"key": loc[-1], "known": ", ".join(known)}
    return Finding("U112", name, mark_of(tree, loc, key=True), _path(loc), detail, near[0] if near else None)


def known_keys(loc: tuple[str | int, ...], model: Any = PlanFile) -> list[str]:
    """The keys of the mapping that a path leads into, in a file of the model's shape."""
    named = len(loc) > 2 and loc[0] == "events" and isinstance(loc[1], str)
    for step in ("events", *loc[2:-1]) if named else loc[:-1]:
        if not isinstance(step, int):
            found = _field(model, step)
            model = found or model
    keys = {field.alias or key for key, field in model.model_fields.items()}
    return sorted(keys - {"id"} if named and len(loc) == 3 else keys)


def _field(model: Any, name: str) -> Any:
    """The model of a field's items; a rule has keys of its own kind and says so itself."""
    if name == "when":
        return Keyed
    for key, field in model.model_fields.items():
        if name in (key, field.alias):
            return _model_in(field.annotation)
    return None


def _model_in(annotation: Any) -> Any:
    from typing import get_args

    if hasattr(annotation, "model_fields"):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)


def finding_at(loc: tuple[str | int, ...], fault: Exception, tree: Map, name: str, lines: Sequence[str]) -> Finding:
    if isinstance(fault, PhraseError):
        mark = within(mark_of(tree, loc), value_at(tree, loc), fault.start, fault.end, lines)
        return Finding(fault.code, name, mark, _path(loc), fault.detail, fault.offer)
    if isinstance(fault, TypeError):
        fault = wrong_type(str(fault), value_at(tree, loc))
    assert isinstance(fault, RuleError | DateError)
    detail = dict(fault.detail)
    options = detail.pop("options", None)
    wanted = str(detail.get("key") or detail.get("value") or detail.get("word"))
    near = get_close_matches(wanted, cast("list[str]", options) if isinstance(options, list) else [], 1, 0.5)
    offer = near[0] if near else None
    if isinstance(fault, RuleError) and "offer" in detail:
        offer = str(detail["offer"])
    # So the validator names the key of a mapping.
    key = fault.code in ("U112", "U308") or loc[-1:] == ("[key]",)
    loc = loc[:-1] if loc[-1:] == ("[key]",) else loc
    return Finding(fault.code, name, mark_of(tree, loc, key=key), _path(loc), detail, offer)


def value_at(tree: Any, loc: tuple[str | int, ...]) -> Any:
    for step in loc:
        if isinstance(step, int) and isinstance(tree, Map | str):
            continue
        if isinstance(tree, Map) and step in tree:
            tree = tree[step]  # type: ignore[index]
        elif isinstance(tree, Seq) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            break
    return tree


def within(mark: Mark, value: Any, start: int, end: int, lines: Sequence[str]) -> Mark:
    """The mark of value[start:end], where the value stands on one line just as it is."""
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    begin = mark.column - 1
    if line[begin : begin + 1] in ("'", '"'):
        begin += 1
    if not isinstance(value, str) or not line.startswith(value, begin):
        return mark
    return Mark(mark.line, begin + start + 1, begin + max(end, start + 1) + 1 if end > start else begin + start + 2)


def _path(loc: tuple[str | int, ...]) -> str:
    return ".".join(compose(str(step)) for step in loc)
