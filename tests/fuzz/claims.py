"""What must hold for any input at all: each function takes one input and fails where the claim does not hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from ustm_cli.checks import check, check_together
from ustm_cli.dates.holidays import days_off
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Event, Rule
from ustm_cli.deadlines.phrase import PhraseError, parse, parse_review, say
from ustm_cli.obligations import Obligation, expand
from ustm_cli.plan import carry
from ustm_cli.plan.findings import CATALOGUE, START, Finding
from ustm_cli.plan.layout import laid_out
from ustm_cli.plan.load import Plan, load
from ustm_cli.plan.syntax import Unwritable
from ustm_cli.register.doubts import Ground, doubts
from ustm_cli.register.records import read, to_line
from ustm_cli.register.standing import row_of
from ustm_cli.register.state import state_of
from ustm_cli.render.findings import as_json, concise, dump, full, github
from ustm_cli.render.voice import Voice
from ustm_cli.settings.load import load as load_settings

TODAY = date(2020, 11, 16)
NOON = datetime(2020, 11, 16, 12, tzinfo=timezone(timedelta(hours=7)))
VOICES = (Voice("th", "arabic"), Voice("en", "arabic"))
# What no finding may carry to a terminal.
STEERING = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} - {"\n"}


# Told of files that are not shown.
WHOLE_FILE = ("U101", "U106")


# ---- findings


def are_told(findings: Iterable[Finding], lines: Mapping[str, Sequence[str]]) -> None:
    """Each has a code of the catalogue and a place inside its file; all can be shown in every format and language."""
    found = list(findings)
    for one in found:
        assert one.code in CATALOGUE
        if one.code in WHOLE_FILE:
            continue
        own = lines[one.file]
        line, column, end = one.mark
        assert 1 <= line <= len(own), one
        assert 1 <= column <= len(own[line - 1]) + 1, one
        assert column <= end <= len(own[line - 1]) + 2, one
    for voice in VOICES:
        json.loads(dump(as_json(found, voice), ascii_only=False))
        shown = full(found, lines, voice, colour=False) + concise(found, voice) + github(found, voice)
        assert not STEERING & set(shown), sorted(STEERING & set(shown))
        shown.encode()


# ---- phrases


def is_understood_or_refused(text: str, events: Mapping[str, Event] | None) -> bool:
    """A phrase is a rule that says itself back in both languages, or is refused inside the text with a good offer."""
    understood = _one(text, lambda phrase: parse(phrase, events))
    every = (None, "month", "quarter", "year", "week")[len(text) % 5]
    return understood | _one(text, lambda phrase: parse_review(phrase, events, every))  # type: ignore[arg-type]


def _one(text: str, reader: Callable[[str], Rule]) -> bool:
    try:
        rule = reader(text)
    except PhraseError as error:
        assert 0 <= error.start <= error.end <= len(text)  # noqa: PT017 (most inputs are refused)
        finding = Finding(error.code, "", START, detail=error.detail, offer=error.offer)
        for lang in ("th", "en"):
            assert finding.message(lang)
            finding.help(lang)
        if error.offer is not None:
            reader(error.offer)
        return False
    _says_itself(rule, reader)
    return True


def _says_itself(rule: Rule, reader: Callable[[str], Rule]) -> None:
    for lang in ("th", "en"):
        said = say(rule, lang)
        assert said is not None
        assert reader(said) == rule, said


# ---- plans


def plan_is_read_or_told(data: bytes, path: Path) -> Plan | None:
    """A plan file is a plan that expands, or faults at their places; whichever, nothing raises."""
    loaded = load(path, "plan.yaml", data)
    errors = [one for one in loaded.faults if one.severity == "error"]
    assert (loaded.plan is None) == bool(errors)
    are_told(loaded.faults, loaded.lines)
    plan = loaded.plan or loaded.partial
    if plan is None:
        return None
    added = [row for row, cancel in plan.holidays if not cancel]
    off = days_off(plan.province, None, added, [row for row, cancel in plan.holidays if cancel])
    found = check(plan, off, today=TODAY)
    are_told(found, loaded.lines)
    if any(one.severity == "error" for one in found):
        return None
    by_activity: dict[str, list] = {}  # type: ignore[type-arg]
    for item in expand(plan, off.workdays):
        by_activity.setdefault(item.activity, []).append(item)
        row_of(item, state_of([]).standing(item), TODAY, NOON)
    are_told(check_together([plan], {plan.file: by_activity}), loaded.lines)
    if loaded.plan is not None:
        _is_written_alike(loaded.plan, data, path)
    return loaded.plan


def _dates(plan: Plan, workdays: Workdays) -> list[Obligation]:
    return [item._replace(line=0) for item in expand(plan, workdays)]


def _is_written_alike(plan: Plan, data: bytes, path: Path) -> None:
    """Its canonical layout is refused or means the same and is its own layout; the next year's plan is a text."""
    text = data.decode()
    try:
        neat = laid_out(text)
    except Unwritable:
        return
    assert laid_out(neat) == neat
    again = load(path, "plan.yaml", neat.encode())
    assert again.plan is not None, again.faults
    assert again.plan.events == plan.events
    off = days_off(plan.province, None, [], [])
    assert _dates(again.plan, off.workdays) == _dates(plan, off.workdays)
    if plan.fiscal_year + 1 in range(2551, 2600):
        carry.carried(text, plan.fiscal_year + 1, lambda _: frozenset())


# ---- registers


def register_is_read_or_told(data: bytes, plan: Plan) -> int:
    """Every record that is read is written back alike; what is not read is told at its place. Returns how many."""
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff").replace("\r\n", "\n")
    name = "plan.register.jsonl"
    records, findings = read(text, name)
    shown = text.encode("utf-8", "replace").decode().split("\n")
    state = state_of(records)
    ground = Ground({item.id: len(item.activity.steps) for item in plan.activities}, {}, f"FY{plan.fiscal_year}", set())
    are_told([*findings, *doubts(records, state, ground, shown)], {name: shown})
    doubtful = {one.mark.line for one in findings}
    for record in records:
        if record.head.line in doubtful:
            continue
        (again,), none = read(to_line(record) + "\n", name)
        assert none == []
        assert again[1:] == record[1:]
        # Of the moment recorded no more than milliseconds are written.
        assert again.head._replace(line=0, recorded=NOON) == record.head._replace(line=0, recorded=NOON)
        assert timedelta(0) <= record.head.recorded - again.head.recorded < timedelta(milliseconds=1)
    off = days_off(plan.province, None, [], [])
    for item in expand(plan, off.workdays, state.known(NOON)):
        row_of(item, state.standing(item), TODAY, NOON)
    return len(records)


# ---- settings


def settings_are_read_or_told(data: bytes, path: Path) -> bool:
    """Settings are settings, or faults at their places."""
    path.write_bytes(data)
    loaded = load_settings(path, "ustm.yaml")
    errors = [one for one in loaded.faults if one.severity == "error"]
    assert (loaded.settings is None) == bool(errors)
    are_told(loaded.faults, {"ustm.yaml": loaded.lines})
    return loaded.settings is not None
