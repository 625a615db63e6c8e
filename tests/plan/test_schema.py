"""The JSON Schema of a plan: whole, current, as exact as the loader, by validators that are not ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from ustm_cli.cli import run
from ustm_cli.dates.era import DateError, parse_be, to_thai
from ustm_cli.dates.fiscal import Every
from ustm_cli.dates.holidays import provinces
from ustm_cli.dates.workdays import Roll
from ustm_cli.deadlines import REVIEW_RULES, RULES, rrule
from ustm_cli.deadlines.base import BeDate, Event, Unit
from ustm_cli.deadlines.phrase import parse, parse_review
from ustm_cli.plan import model, schema, source
from ustm_cli.plan.findings import ACCEPTABLE
from ustm_cli.plan.load import load
from ustm_cli.plan.rules import rule_from_mapping

ROOT = Path(__file__).parents[2]
SCHEMA = schema.plan_schema()
DEFS = SCHEMA["$defs"]
KINDS = {kind.rule: kind for kind in REVIEW_RULES}


def validator_of(part: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**part, "$defs": DEFS})


def objects() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping of the schema that has keys of its own: (owner, schema)."""
    yield "PlanFile", SCHEMA
    for name, found in DEFS.items():
        if "additionalProperties" in found and name != "accepts":
            yield name.removeprefix("rule_"), found


# ---- it cannot drift


def test_the_file_is_current() -> None:
    """The schema beside plans/ is the one that the package makes (`ustm schema --write`)."""
    assert json.loads((ROOT / "ustm.schema.json").read_text(encoding="utf-8")) == SCHEMA
    assert "$schema=../ustm.schema.json" in (ROOT / "plans" / "fy2564.yaml").read_text(encoding="utf-8").split("\n")[0]


def test_it_is_a_schema() -> None:
    """It is well-formed by the metaschema, and every reference leads somewhere that is used."""
    Draft202012Validator.check_schema(SCHEMA)
    text = json.dumps(SCHEMA)
    unused = {name for name in DEFS if f'"#/$defs/{name}"' not in text}
    assert unused == {"Shared"}
    assert all(ref.split('"')[0] in DEFS for ref in text.split('"#/$defs/')[1:])


def test_no_alternative_is_vague() -> None:
    """An error of anyOf or oneOf tells nothing, so there is none."""
    text = json.dumps(SCHEMA)
    assert '"anyOf"' not in text
    assert '"oneOf"' not in text


def test_the_keys_are_those_of_the_models() -> None:
    """Pydantic's own schema of the models has the same keys, a section's other name for its title apart."""
    theirs = model.PlanFile.model_json_schema()
    theirs_by_name = {**theirs["$defs"], "PlanFile": theirs, "Shared": model.Shared.model_json_schema()}
    theirs_by_name["Keyed"] = model.Keyed.model_json_schema()
    ours = {name: set(found["properties"]) - {"name"} for name, found in objects() if name not in KINDS}
    assert ours == {name: set(theirs_by_name[name]["properties"]) - {"name"} for name in ours}
    assert set(theirs_by_name) == set(ours)


def test_the_fields_are_those_of_the_kinds() -> None:
    """Every kind of rule has its fields, with `rule` and `key`; what has no default is required."""
    for name, kind in KINDS.items():
        found = DEFS[f"rule_{name}"]
        own = fields(kind)  # type: ignore[arg-type]
        assert set(found["properties"]) == {"rule", "key", *(field.name for field in own)}
        required = {field.name for field in own if field.default is MISSING}
        assert set(found.get("required", ())) == required
    assert DEFS["rule"]["properties"]["rule"]["enum"] == [kind.rule for kind in RULES]
    assert DEFS["review_rule"]["properties"]["rule"]["enum"] == [kind.rule for kind in REVIEW_RULES]


def test_the_choices_are_those_of_the_types() -> None:
    """Enums are the Literals of the fields, and of the models."""
    for name, kind in KINDS.items():
        for field, hint in get_type_hints(kind, localns={"Form": object}).items():
            if get_origin(hint) is Literal and field in DEFS[f"rule_{name}"]["properties"]:
                assert DEFS[f"rule_{name}"]["properties"][field]["enum"] == list(get_args(hint))
    activity = DEFS["Activity"]["properties"]
    assert activity["roll"]["enum"] == [*get_args(Roll), None]
    assert activity["duty"]["enum"] == ["office", "person"]
    assert DEFS["rule_period_end"]["properties"]["every"]["enum"] == list(get_args(Every))
    assert DEFS["rule_lead"]["properties"]["unit"]["enum"] == list(get_args(Unit))
    assert list(DEFS["accepts"]["properties"]) == list(ACCEPTABLE)
    assert set(schema.RRULE_PARTS) == rrule._PARTS


def test_the_bounds_are_the_limits() -> None:
    """Every number of a kind has the bounds of its LIMITS."""
    for name, kind in KINDS.items():
        for field, (low, high, _) in kind.LIMITS.items():
            found = DEFS[f"rule_{name}"]["properties"][field]
            assert (found["minimum"], found["maximum"]) == (low, high)


def test_every_key_is_described_in_thai() -> None:
    """No key is without its description, no description without its key, and each is Thai."""
    used: set[str] = {"rule"}
    for owner, found in objects():
        for key, told in found["properties"].items():
            assert any("ก" <= char <= "๛" for char in told["description"]), f"{owner}.{key}"
            used.add(f"{owner}.{key}" if f"{owner}.{key}" in schema.DESCRIPTIONS else key)
    assert used == set(schema.DESCRIPTIONS)
    assert list(schema.KINDS) == [kind.rule for kind in REVIEW_RULES]


def test_the_examples_are_understood() -> None:
    """What an editor offers can stand there."""
    for phrase in schema.PHRASES:
        parse(phrase)
    for phrase in schema.REVIEW_PHRASES:
        parse_review(phrase)


# ---- pieces


@pytest.mark.parametrize("bounds", [(1, 31), (0, 99_999), (1, 3660), (2484, 2800), (7, 7), (0, 9), (95, 105), (1, 100)])
def test_numbers_as_text(bounds: tuple[int, int]) -> None:
    """The pattern of a number takes what lies within its bounds, in both kinds of digits, and nothing else."""
    low, high = bounds
    check = validator_of(schema.whole(low, high))
    around = {*range(130), *range(2470, 2520), *range(2790, 2810), 3659, 3660, 3661, 9999, 99_999, 100_000, 123_456}
    for number in around:
        for text in (str(number), f" 0{number} ", to_thai(str(number))):
            assert check.is_valid(text) == check.is_valid(number) == (low <= number <= high), text


def test_days() -> None:
    """A rule's date is valid exactly where the Buddhist calendar has that day."""
    check = validator_of(schema._rule_date())
    ends = [f"{year}-02-{day}" for year in range(2480, 2804) for day in (28, 29, 30)]
    months = [f"{year}-{month}-{day}" for year in (2563, 2564) for month in range(14) for day in range(34)]
    odd = [
        "2020-10-06",
        "63-10-06",
        "2563-1-1",
        "๒๕๖๓-๐๒-๒๙",
        "๒๕๖๔-๐๒-๒๙",
        "9999-01-01",
        "0000-01-01",
        " 2563-10-06 ",
        "",
    ]
    for text in (*ends, *months, *odd):
        assert check.is_valid(text) == _is_day(text), text


def _is_day(text: str) -> bool:
    try:
        parse_be(text)
    except DateError:
        return False
    return True


def test_provinces() -> None:
    """All 77, in Thai with or without the word for province, or in English; nothing else."""
    check = validator_of(schema._province())
    names = {row.th for row in provinces().values()}
    assert len(names) == len(schema._province()["examples"]) == 77
    for name in provinces():
        assert check.is_valid(name)
        assert check.is_valid(f"จังหวัด{name}")
        assert check.is_valid(name.replace("ำ", "ํา"))
    for name in ("", "จังหวัด", "อุบล", "กรุงเทพ", "Ubon"):
        assert not check.is_valid(name)


# ---- whole plans, by an independent program


def plan(activity: str = "", top: str = "") -> str:
    """A plan of one activity, written below `activities:` at 10 spaces."""
    head = top or "fiscal_year: 2564\nevents: {meeting: {name: การประชุม, every: month}}\n"
    body = activity or "{id: a, title: งาน}"
    return f"{head}groups:\n  - title: กลุ่ม\n    activities:\n      - {body}\n"


def act(**keys: str) -> str:
    return plan("{id: a, title: งาน, " + ", ".join(f"{key.rstrip('_')}: {value}" for key, value in keys.items()) + "}")


GOOD = {
    "nothing": "fiscal_year: 2564\n",
    "thai year": "fiscal_year: ๒๕๖๔\n",
    "numbers as text": plan("{id: 123, title: 123, number: 7.1, send_to: [1, 2], note: yes}"),
    "a day that YAML takes for a date": act(when="2563-10-06"),
    "a day that YAML would refuse": act(when="2563-02-29", from_="2563-02-29"),
    "phrases": act(when="[6 ต.ค. 2563, {when: ทุกเดือน, key: monthly}]"),
    "a rule": act(when="{rule: day_of_month, every: month, day: ๑๐, month: following, key: a}"),
    "a keyed rule": act(when="[{when: {rule: period, every: week}, key: k}]"),
    "review by lead": act(when="ทุกเดือน", review="{rule: lead, count: 3, unit: workday}"),
    "review by phrase": act(when="ทุกเดือน", review="ล่วงหน้า 3 วัน"),
    "no review": act(review="null"),
    "bounds": act(when="ทุกเดือน", from_="ต.ค. 2563", until="2564-Q2"),
    "moved": act(when="ทุกเดือน", overrides="{2563-10: {deadline: 12 พ.ย. 2563, reason: x, letter: กค 1}}"),
    "cancelled": act(when="ทุกเดือน", overrides="{2563-10: {cancel: yes, reason: x}}"),
    "accepts": act(when="ทุกเดือน", accepts="{U406: ทราบแล้ว}"),
    "targets": act(target="239")
    + act(target="{count: ๒๓๙, unit: แห่ง}").partition("groups:\n")[2].replace("id: a", "id: b"),
    "sources": act(source="แผ่นที่ 1", context="{text: x, items: y}", topics="เดี่ยว"),
    "rolled": act(when="ทุกเดือน", roll="following", duty="person", basis="มาตรา 64"),
    "events in a list": plan(top="fiscal_year: 2564\nevents: [{id: m, name: การประชุม, every: month, expected: 25}]\n"),
    "an event in a month": "fiscal_year: 2564\nevents: {m: {name: ประชุม, every: year, expected: พ.ค. 2564}}\n",
    "an event in any May": "fiscal_year: 2564\nevents: {m: {name: ประชุม, every: year, expected: May}}\n",
    "an event in a quarter": "fiscal_year: 2564\nevents: {m: {name: ประชุม, every: year, expected: ไตรมาสที่ 3}}\n",
    "holidays": "fiscal_year: 2564\nholidays: [{date: 2563-11-20, cancel: true}, {date: 6 ต.ค. 63}]\n",
    "a province": "fiscal_year: 2564\nprovince: จังหวัด อุบลราชธานี\n",
    "sections by name": "fiscal_year: 2564\ngroups: [{name: ก, work_plans: [{title: ข, missions: [{name: ค}]}]}]\n",
    "event rules": act(when="{rule: relative_to_event, event: meeting, count: 3, clear: true}"),
    "rrule": act(when='{rule: rrule, rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", start: 2563-10-01}'),
    "last friday": act(when="{rule: nth_weekday, nth: -1, weekday: friday}"),
    "a clock": act(when="{rule: on_receipt, count: 90, unit: minute, office_hours: true}"),
}
# What is wrong, how it is written, below what path the error is told, and words of the message.
Bad = list[tuple[str, str, str, str]]
BAD_RULES: Bad = [
    ("wrong rule name", "rule: day_of_mont, every: month, day: 10", ".rule", "is not one of"),
    ("no rule name", "every: month, day: 10", "", "'rule' is a required"),
    ("lead as a deadline", "rule: lead, count: 3", ".rule", "is not one of"),
    ("day 32", "rule: day_of_month, every: month, day: 32", ".day", "maximum of 31"),
    ("day 32 as text", 'rule: day_of_month, every: month, day: "๓๒"', ".day", "match"),
    ("day missing", "rule: day_of_month, every: month", "", "'day' is a required"),
    ("field of another kind", "rule: day_of_month, every: month, day: 1, working: true", "", "'working'"),
    ("month of another period", "rule: day_of_month, every: quarter, day: 1, month: same", ".month", "one of"),
    ("month not said", "rule: day_of_month, every: year, day: 1", "", "'month' is a required"),
    ("Gregorian date", "rule: on_date, date: 2020-10-06", ".date", "should not be valid"),
    ("no such day", "rule: on_date, date: 2564-02-29", ".date", "should not be valid"),
    ("too early", "rule: on_date, date: 2483-10-01", ".date", "should not be valid"),
    ("week 5", "rule: week_of_month, weeks: [2, 5]", ".weeks[1]", "maximum of 4"),
    ("week twice", "rule: week_of_month, weeks: [2, 2]", ".weeks", "non-unique"),
    ("week alone", "rule: week_of_month, weeks: 2", ".weeks", "not of type"),
    ("nth 0", "rule: nth_weekday, nth: 0, weekday: friday", ".nth", "should not be valid"),
    ("working week", "rule: period_end, every: week, working: yes", ".every", "should not be valid"),
    ("clear and after", "rule: relative_to_event, event: e, count: 1, side: after, clear: true", ".side", "before"),
    ("quarter and days", "rule: date_range, quarter: 1, start: 2563-10-01", ".start", "null"),
    ("half a range", "rule: date_range, start: 2563-10-01", "", "'end' is a required"),
    ("office hours of days", "rule: on_receipt, count: 1, unit: day, office_hours: true", ".unit", "one of"),
    ("0 months", "rule: on_receipt, count: 0, unit: month", ".count", "minimum of 1"),
    ("rrule without start", 'rule: rrule, rrule: "FREQ=DAILY;INTERVAL=2"', "", "'start' is a required"),
    ("rrule that skips", 'rule: rrule, rrule: "FREQ=MONTHLY;BYMONTHDAY=31"', ".rrule", "should not be valid"),
    ("notifier", "rule: as_notified, by: ได้รับ", ".by", "should not be valid"),
    ("about a quarter", "rule: as_notified, about: 2564-Q1", ".about", "match"),
    ("bad key", "rule: ongoing, key: ก", ".key", "match"),
]
BAD_ACTIVITIES: Bad = [
    ("unknown key", "id: a, title: x, wehn: ทุกเดือน", "", "wehn"),
    ("no title", "id: a", "", "'title' is a required"),
    ("empty title", 'id: a, title: " "', ".title", "match"),
    ("empty value", "id: a, title: ", ".title", "None"),
    ("bad id", "id: งาน, title: x", ".id", "match"),
    ("id with a blank", "id: a b, title: x", ".id", "match"),
    ("Gregorian date", "id: a, title: x, when: 2020-10-06", ".when", "should not be valid"),
    ("Gregorian date in words", "id: a, title: x, when: ภายใน 6 ต.ค. 2020", ".when", "should not be valid"),
    ("a number for a phrase", "id: a, title: x, when: 10", ".when", "not of type"),
    ("a bad rule in a list", "id: a, title: x, when: [ต่อเนื่อง, {rule: lead, count: 3}]", ".when[1].rule", "one of"),
    (
        "a bad rule under a key",
        "id: a, title: x, when: [{when: {rule: period, every: day}}]",
        ".when[0].when.every",
        "one of",
    ),
    (
        "key in a lone rule",
        "id: a, title: x, when: ทุกเดือน, review: {rule: lead, count: 3, key: a}",
        ".review.key",
        "not",
    ),
    ("review without when", "id: a, title: x, review: ล่วงหน้า 3 วัน", "", "'when' is a required"),
    ("from", "id: a, title: x, when: ทุกเดือน, from: ต้นปี", ".from", "match"),
    ("from a quarter of no year", "id: a, title: x, when: ทุกเดือน, from: ไตรมาส 2", ".from", "match"),
    ("until a quarter of no year", "id: a, title: x, when: ทุกเดือน, until: Q3", ".until", "match"),
    ("from a Gregorian month", "id: a, title: x, when: ทุกเดือน, from: 2020-10", ".from", "should not be valid"),
    ("roll", "id: a, title: x, when: ทุกเดือน, roll: next", ".roll", "one of"),
    ("override of no period", "id: a, title: x, overrides: {ตุลาคม: {cancel: true, reason: x}}", ".overrides", "match"),
    ("override by nothing", "id: a, title: x, overrides: {2563-10: {letter: x}}", ".overrides['2563-10']", "deadline"),
    ("cancelled for no reason", "id: a, title: x, overrides: {FY2564: {cancel: on}}", ".overrides.FY2564", "reason"),
    ("accepts for no reason", 'id: a, title: x, accepts: {U401: " "}', ".accepts.U401", "match"),
    ("accepts an error", "id: a, title: x, accepts: {U301: x}", ".accepts", "U301"),
    ("no target", "id: a, title: x, target: 0", ".target", "minimum of 1"),
]
BAD_TOPS: Bad = [
    ("unknown key", "provine: ตาก", "", "provine"),
    ("province", "province: อุบล", ".province", "match"),
    ("event id", "events: {การประชุม: {name: x, every: month}}", ".events", "match"),
    ("event of no period", "events: {a: {name: x}}", ".events.a", "'every' is a required"),
    ("event name", "events: {a: {name: สิ้นงาน, every: month}}", ".events.a.name", "should not be valid"),
    ("listed event without id", "events: [{name: x, every: month}]", ".events[0]", "'id' is a required"),
    (
        "day of a yearly event",
        "events: {a: {name: x, every: year, expected: วันที่ 5}}",
        ".events.a.expected",
        "should not",
    ),
    ("two titles", "groups: [{title: a, name: b}]", ".groups[0].title", "should not be valid"),
    ("a group without a title", "groups: [{id: a}]", ".groups[0]", "'title' is a required"),
    ("holiday", "holidays: [{date: 32 ต.ค. 2563}]", ".holidays[0].date", "match"),
    ("holiday in a Gregorian year", "holidays: [{date: 6 Oct 2020}]", ".holidays[0].date", "should not be valid"),
    ("a mapping for a list", "groups: {a: b}", ".groups", "not of type"),
]
ACTIVITY = "$.groups[0].activities[0]"
BAD: Bad = [
    ("no year", "groups: []\n", "$", "fiscal_year"),
    ("Gregorian year", "fiscal_year: 2021\n", "$.fiscal_year", "2484"),
    *((what, act(when=f"{{{text}}}"), f"{ACTIVITY}.when{path}", word) for what, text, path, word in BAD_RULES),
    *((what, plan(f"{{{text}}}"), ACTIVITY + path, word) for what, text, path, word in BAD_ACTIVITIES),
    *((what, f"fiscal_year: 2564\n{text}\n", f"${path}", word) for what, text, path, word in BAD_TOPS),
]


def check_jsonschema(folder: Path, *names: str) -> dict[str, list[tuple[str, str]]]:
    """File name to its errors: (path, message)."""
    (folder / "schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--output-format",
        "json",
        "--schemafile",
        "schema.json",
        *names,
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    report = json.loads(done.stdout)
    assert not report.get("parse_errors")
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    for error in report.get("errors", ()):
        found[error["filename"]].append((error["path"], error["message"]))
    return found


def test_good_plans_are_accepted(tmp_path: Path) -> None:
    """The office's plan and every spelling that the loader takes are valid, by a validator and an editor's YAML."""
    for number, text in enumerate(GOOD.values()):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
        loaded = load(tmp_path / f"{number}.yaml", "plan")
        assert [fault for fault in loaded.faults if fault.severity == "error"] == [], text
    (tmp_path / "real.yaml").write_bytes((ROOT / "plans" / "fy2564.yaml").read_bytes())
    names = [f"{number}.yaml" for number in range(len(GOOD))]
    assert {name: errors for name, errors in check_jsonschema(tmp_path, *names, "real.yaml").items() if errors} == {}


def test_bad_plans_are_refused_where_they_are_bad(tmp_path: Path) -> None:
    """Each fault is told once, at its place, in words that say what it is."""
    for number, (_, text, _, _) in enumerate(BAD):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    found = check_jsonschema(tmp_path, *(f"{number}.yaml" for number in range(len(BAD))))
    for number, (what, _, path, word) in enumerate(BAD):
        errors = found[f"{number}.yaml"]
        assert [place for place, _ in errors] == [path], what
        assert any(word in message for _, message in errors), (what, errors)


def test_a_shared_file_has_its_own_schema() -> None:
    """A file of shared events is checked by `$defs/Shared`: it has no year."""
    check = validator_of({"$ref": "#/$defs/Shared"})
    assert check.is_valid(
        {"events": {"m": {"name": "การประชุม", "every": "month"}}, "holidays": [{"date": "2563-11-20"}]}
    )
    assert not check.is_valid({"fiscal_year": 2564})


# ---- rules as mappings: the schema and the loader agree

EVENTS = {"meeting": Event("meeting", "การประชุม", "month")}
# What takes two values to see, or the plan's events, or a parser of RRULEs.
BEYOND = {"U202", "U208", "U212", "U218", "U221"}
ODD = st.sampled_from(
    [
        0, -1, 1, 2, 5, 13, 32, 101, 3661, 100_000, 1.5, True, False, None, "", "x", "7", "๑๐", "32", "+3", "05", "3.0",
        "-1", "yes", "No", "month", "week", "same", "last", "after", "day", "hour", "2020-10-06", "2563-02-29",
        "2564-02-29", "2563-13-01", "2563-12", "2564-Q1", "meeting", "ผู้แจ้ง", "ได้รับ", [], [1], [2, "4"], [5], ["x"],
        [None], {}, {"a": 1},
    ]
)  # fmt: skip
DAYS = st.dates(date(1950, 1, 1), date(2200, 1, 1)).map(lambda day: f"{day.year + 543}-{day:%m-%d}")
RRULES = st.sampled_from(
    [
        "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;INTERVAL=1",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "FREQ=YEARLY;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=31", "BYDAY=MO",
        "FREQ=MONTHLY;BYMONTHDAY=1,30", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;X=1", "FREQ=HOURLY", "freq=daily",
    ]
)  # fmt: skip


def value_of(kind: type, name: str, hint: Any) -> st.SearchStrategy[Any]:
    inner = [each for each in get_args(hint) if each is not type(None)] if type(None) in get_args(hint) else [hint]
    found = inner[0]
    if name in ("weeks", "months"):
        return st.lists(st.integers(1, 4 if name == "weeks" else 12), min_size=1, unique=True)
    if name == "nth":
        return st.sampled_from([-1, 1, 2, 3, 4])
    if get_origin(found) is Literal:
        return st.sampled_from(get_args(found))
    if found == BeDate:
        return DAYS
    if found is bool:
        return st.booleans()
    if found is int:
        low, high, _ = kind.LIMITS[name]  # type: ignore[attr-defined]
        numbers = st.one_of(st.integers(low, high), st.integers(low, min(high, low + 40)))
        return st.one_of(numbers, numbers.map(str), numbers.map(lambda number: to_thai(str(number))))
    texts = {"event": st.sampled_from(["meeting", "การประชุม"]), "rrule": RRULES, "about": st.just("2563-12")}
    return texts.get(name, st.sampled_from(["กรมบัญชีกลาง", "กอง 2"]))


@st.composite
def mappings(draw: st.DrawFn) -> dict[str, Any]:
    """A rule as a mapping, most often whole, else with one or two things wrong."""
    kind = draw(st.sampled_from(REVIEW_RULES))
    hints = get_type_hints(kind, localns={"Form": object}, include_extras=True)
    found: dict[str, Any] = {"rule": kind.rule}
    for field in fields(kind):  # type: ignore[arg-type]
        if field.default is MISSING or draw(st.booleans()):
            found[field.name] = draw(value_of(kind, field.name, hints[field.name]))
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        match draw(st.sampled_from(["odd", "odd", "odd", "drop", "extra", "rule"])):
            case "odd" if names:
                found[draw(st.sampled_from(names))] = draw(ODD)
            case "drop":
                found.pop(draw(st.sampled_from(list(found) or ["rule"])), None)
            case "extra":
                found[draw(st.sampled_from(["every", "day", "key", "working", "count", "wehn"]))] = draw(ODD)
            case _:
                found["rule"] = draw(st.sampled_from([*KINDS, "day", "", None, 1]))
    return found


def codes_of(mapping: dict[str, Any], *, review: bool) -> set[str]:
    """The codes of the loader's faults, the mapping read from YAML as any plan is."""
    tree, faults = source.read(f"when: {json.dumps(mapping, ensure_ascii=False)}\n", "plan")
    assert tree is not None
    assert not faults
    try:
        rule_from_mapping(tree["when"], EVENTS, review=review)
    except model.Faults as error:
        return {getattr(fault, "code", "?") for _, fault in error.faults}
    return set()


CHECKS = {
    review: validator_of(schema._without_key(f"#/$defs/{'review_rule' if review else 'rule'}"))
    for review in (False, True)
}


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mappings(), st.booleans())
@example({"rule": "on_receipt", "count": 3661, "unit": "workday"}, False)
@example({"rule": "on_receipt", "count": None, "unit": "hour", "office_hours": True}, False)
@example({"rule": "date_range", "start": None, "end": None, "quarter": 1}, False)
@example({"rule": "day_of_month", "every": "year", "day": 5, "month": "second"}, False)
@example({"rule": "period_end", "every": "week", "working": "On"}, True)
def test_the_schema_and_the_loader_agree(mapping: dict[str, Any], review: bool) -> None:
    """Valid by the one where valid by the other, but for what only the loader can see."""
    codes = codes_of(mapping, review=review)
    errors = [error.message for error in CHECKS[review].iter_errors(mapping)]
    if codes and codes <= BEYOND:
        return
    assert bool(errors) == bool(codes), (errors, codes)


def facts_of_the_class(mapping: dict[str, Any]) -> set[str]:
    """Keys that are no field of the kind but a fact of its class, as `every` is of a weekly rule."""
    kind = KINDS.get(str(mapping.get("rule")))
    own = {"rule", *(field.name for field in fields(kind))} if kind else set()  # type: ignore[arg-type]
    return {key for key in mapping if kind and key not in own and hasattr(kind, key)}


@pytest.mark.parametrize(
    "mapping", [{"rule": "weekly", "on": "monday", "every": "month"}, {"rule": "ongoing", "family": "recurring"}]
)
def test_a_fact_of_the_class_is_no_key(mapping: dict[str, Any]) -> None:
    """What a kind has fixed cannot be written, by the schema and by the loader."""
    assert not CHECKS[False].is_valid(mapping)
    assert codes_of(mapping, review=False) == {"U112"}


@settings(max_examples=300, deadline=None)
@given(st.dates(date(1941, 1, 1), date(2257, 12, 31)), st.integers(-1, 40))
def test_dates_of_plans_agree(day: date, more: int) -> None:
    """A day that the model takes, however it is written, is valid; an ISO one that it refuses is not."""
    check = validator_of({"type": "string", "$ref": "#/$defs/written_date"})
    moved = day + timedelta(more)
    if moved.year + 543 <= 2800:
        assert check.is_valid(to_thai(f"{moved.day} มี.ค. {moved.year + 543}"))
        assert check.is_valid(f"{moved.day} March {moved.year + 543}")
    text = f"{day.year + 543}-{day.month}-{more}"
    assert check.is_valid(text) == _is_day(text)


# ---- the command


def test_the_command_prints_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ustm schema` needs no plan."""
    monkeypatch.chdir(tmp_path)
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA


def test_the_command_loads_no_models(tmp_path: Path) -> None:
    """What is printed is the shipped file, byte for byte, in ASCII where stdout can say no more; no model is loaded."""
    code = "import sys; from ustm_cli.cli import run; sys.exit(run(['schema']) or 'pydantic' in sys.modules)"
    for encoding, wanted in (
        ("utf-8", (ROOT / "ustm.schema.json").read_bytes()),
        ("ascii", json.dumps(SCHEMA, indent=2).encode() + b"\n"),
    ):
        env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, check=True)
        assert done.stdout.replace(b"\r\n", b"\n") == wanted


def test_the_command_writes_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ustm schema --write` puts it beside plans/, from any folder below, and leaves a current one alone."""
    below = tmp_path / "plans" / "shared"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    file = tmp_path / "ustm.schema.json"
    assert run(["schema", "--write"]) == 0
    assert str(file) in capsys.readouterr().out
    assert file.read_bytes() == (ROOT / "ustm.schema.json").read_bytes()
    before = file.stat()
    assert run(["schema", "--write"]) == 0
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plans", "ustm.schema.json"]


def test_the_command_says_when_it_cannot(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder in the way: exit 3, nothing on stdout, nothing left behind."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "ustm.schema.json").mkdir()
    assert run(["schema", "--write"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "ustm.schema.json" in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plans", "ustm.schema.json"]
