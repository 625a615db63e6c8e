"""Checks of an expanded plan, rule by rule: which rules of one activity need keys, which reviews come too late."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.checks import beyond, check, errors
from ustm_cli.dates.holidays import days_off
from ustm_cli.deadlines.base import Happening, Known
from ustm_cli.obligations import expand
from ustm_cli.plan.load import load

Plan = Callable[..., Path]
TOP = "events: {m: {name: ประชุม, every: month}, n: {name: สัมมนา, every: year}, o: {name: ฝึกซ้อม, every: once}}\n"


def codes(path: Path) -> list[str]:
    found = load(path, "plan.yaml")
    assert found.plan is not None, found.faults
    return [one.code for one in check(found.plan, days_off(found.plan.province))]


SHARED = """\
holidays:
  - {date: 2564-03-26, name: วันสำนักงาน}
  - {date: 2564-01-01, name: ซ้ำ}
events:
  m: {name: ประชุม, every: month, expected: 28, confirm: ปีก่อนวันที่ 27}
  n: {name: สัมมนา, every: year, expected: 2563-12-20}
"""


@pytest.mark.parametrize(
    "shared",
    [SHARED, SHARED.replace("  m: {", "  - {id: m, ").replace("  n: {", "  - {id: n, ")],
    ids=["events by key", "a list of events"],
)
def test_doubts_of_what_is_included_point_there(plan: Plan, shared: str, run: Callable[..., Any]) -> None:
    """A day that is off already, an event undated or to be confirmed: told where it stands, not in the plan."""
    own = "holidays:\n  - {date: 2564-03-25}\nevents:\n  o: {name: ฝึกอบรม, every: year, expected: 2563-12-10}\n"
    activities = "\n".join(f"- {{id: {id}, title: ก, when: ก่อน{name} 3 วัน}}" for id, name in zip("abc", ("ประชุม", "สัมมนา", "ฝึกอบรม"), strict=True))  # fmt: skip
    path = plan(activities, top="include: [shared.yaml]\n" + own)
    path.with_name("shared.yaml").write_text(shared, "utf-8")
    out = run("check", "--format", "json", "--today", "2563-11-25", cwd=path.parents[1]).out
    found = {(one["code"], one["file"], one["line"], one["path"]) for one in json.loads(out)["findings"]}
    step = "0" if "- {id: m" in shared else "m"
    assert found == {
        ("U408", "plans/shared.yaml", 3, "holidays.1"),
        ("U601", "plans/shared.yaml", 5, f"events.{step}.confirm"),
        ("U406", "plans/shared.yaml", 5, "events.m.2563-10"),
        ("U406", "plans/shared.yaml", 5, "events.m.2563-11"),
        ("U406", "plans/shared.yaml", 5, "events.m.2563-12"),
        ("U406", "plans/shared.yaml", 6, "events.n.FY2564"),
        ("U406", "plans/fy2564.yaml", 7, "events.o.FY2564"),
    }


MIXED = [
    # (the rules of an activity, the events that are told, with their periods)
    ("[{when: ก่อนประชุม 3 วัน, key: draft}, {when: ก่อนประชุม 1 วัน, key: final}]", ["m.2563-10", "m.2563-11"]),
    ("[{when: ตามที่ได้รับแจ้ง ประมาณ พ.ย. 2563, key: l}, {when: ก่อนสัมมนา 2 วัน, key: e}]", ["n.FY2564"]),
    ("[{when: ตามที่ได้รับแจ้ง ประมาณ พ.ย. 2563, key: l}, {when: ก่อนประชุม 2 วัน, key: e}]", ["m.2563-10", "m.2563-11"]),
    ("[ก่อนประชุม 3 วัน, ก่อนสัมมนา 2 วัน]", ["m.2563-10", "m.2563-11", "n.FY2564"]),
    ("[{when: ก่อนประชุม 3 วัน, key: x}, ก่อนสัมมนา 2 วัน]", ["m.2563-10", "m.2563-11", "n.FY2564"]),
    ("[ก่อนประชุม 2 วัน, เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4]", ["m.2563-10", "m.2563-11"]),
    ("[ก่อนประชุม 2 วัน, ตามที่ได้รับแจ้ง ประมาณ พ.ย. 2563]", ["m.2563-10", "m.2563-11"]),
]


@pytest.mark.parametrize(("rules", "told"), MIXED)
def test_undated_events_of_several_rules(plan: Plan, rules: str, told: list[str]) -> None:
    """Each event once a period, by its own period, which has no key; what hangs on something else names no event."""
    found = load(plan(f"- {{id: a, title: ก, when: {rules}}}", top=TOP), "plan.yaml").plan
    assert found is not None
    today = date(2020, 10, 5)
    doubts = [one for one in check(found, found.days_off(), Known(), today) if one.code == "U406"]
    assert [one.path.removeprefix("events.") for one in doubts] == told
    assert [f"{one.detail['event_id']}.{one.detail['period']}" for one in doubts] == told


EVENT_OF = [
    # (the rules of an activity, an obligation's period, the event and its own period)
    ("ก่อนประชุม 3 วัน", "2563-11", ("m", "2563-11")),
    ("ก่อนประชุม 3 วัน", "2563-11.2", ("m", "2563-11.2")),
    ('[{when: ก่อนประชุม 3 วัน, key: "2"}]', "2563-11.2", ("m", "2563-11")),
    ('[{when: ก่อนประชุม 3 วัน, key: "2"}]', "2563-11.2.2", ("m", "2563-11.2")),
    ("[{when: ก่อนประชุม 3 วัน, key: x}, {when: ก่อนสัมมนา 3 วัน, key: y}]", "2563-11.3.x", ("m", "2563-11.3")),
    ("[{when: ก่อนประชุม 3 วัน, key: x}, {when: ก่อนสัมมนา 3 วัน, key: y}]", "FY2564.y", ("n", "FY2564")),
    ("[{when: ก่อนฝึกซ้อม 3 วัน, key: x}, {when: ตามที่ได้รับแจ้ง, key: y}]", "FY2564.x", ("o", "FY2564")),
    ("[{when: ก่อนฝึกซ้อม 3 วัน, key: x}, {when: ตามที่ได้รับแจ้ง, key: y}]", "FY2564.1.y", None),
    ("[ก่อนประชุม 3 วัน, เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4]", "2563-11.w2", None),
    ("[ก่อนประชุม 3 วัน, ทุกไตรมาส]", "2564-Q1", None),
    ("ทุกเดือน", "2563-11", None),
]


@pytest.mark.parametrize(("rules", "period", "event"), EVENT_OF)
def test_the_event_that_an_obligation_hangs_on(
    plan: Plan, rules: str, period: str, event: tuple[str, str] | None
) -> None:
    """It and its own period are known from the obligation's; of other rules there is none."""
    found = load(plan(f"- {{id: a, title: ก, when: {rules}}}", top=TOP), "plan.yaml").plan
    assert found is not None
    assert found.event_of(found.activities[0], period) == event


HOLIDAYS = [
    # (an entry of `holidays:`, what is said of it)
    ("{date: 2564-03-25}", None),
    ("{date: 2564-03-27}", "is a Saturday, which is off anyhow"),
    ("{date: 2564-03-28}", "is a Sunday, which is off anyhow"),
    ("{date: 2564-03-26}", None),
    ("{date: 2564-01-01}", "is a day off already"),
    # A day of the table that falls on a Saturday.
    ("{date: 2564-07-24}", "is a day off already"),
    ("{date: 2564-07-24, cancel: true}", None),
    ("{date: 2564-01-01, cancel: true}", None),
    ("{date: 2564-03-25, cancel: true}", "was no day off"),
    ("{date: 2564-03-27, cancel: true}", "is a Saturday, which is off anyhow"),
]


@pytest.mark.parametrize(("entry", "said"), HOLIDAYS)
def test_days_that_change_nothing(plan: Plan, entry: str, said: str | None) -> None:
    """A day of the plan that is off already, or would be off or not all the same, is told with the reason."""
    found = load(plan("- {id: a, title: ก, when: ทุกเดือน}", top=f"holidays: [{entry}]\n"), "plan.yaml").plan
    assert found is not None
    told = [one.detail["problem"].en for one in check(found, found.days_off()) if one.code == "U408"]
    assert told == ([said] if said else [])


def test_a_doubt_beside_a_faulty_holiday_keeps_its_place(plan: Plan, run: Callable[..., Any]) -> None:
    """Of several days those that are whole are told by their own lines."""
    path = plan("- {id: a, title: ก, when: ทุกเดือน}", top="include: [shared.yaml]\n")
    path.with_name("shared.yaml").write_text("holidays:\n  - {date: x}\n  - {date: 2564-01-01}\n", "utf-8")
    out = run("check", "--format", "concise", cwd=path.parents[1]).out
    assert [line.rpartition(": U")[0] for line in re.findall(".*U408", out)] == ["plans/shared.yaml:3:5"]


TOGETHER = [
    # (two rules of one activity, whether they may give the same period)
    ("ทุกเดือน", "ทุกสิ้นเดือน", True),
    ("ทุกเดือน", "ทุกไตรมาส", False),
    ("ทุกวันทำการ", "{rule: rrule, rrule: FREQ=MONTHLY;BYMONTHDAY=5}", True),
    ("ทุกวันทำการ", "ทุกวันจันทร์", False),
    ("ก่อนประชุม 2 วัน", "ก่อนสัมมนา 2 วัน", False),
    ("ก่อนประชุม 2 วัน", "ภายใน 2 วันหลังประชุม", True),
    ("ก่อนประชุม 2 วัน", "ทุกเดือน", True),
    ("ก่อนประชุม 2 วัน", "ทุกไตรมาส", False),
    ("ก่อนประชุม 2 วัน", "อย่างน้อยเดือนละ 2 ครั้ง", True),
    ("ก่อนประชุม 2 วัน", "เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", False),
    ("ก่อนสัมมนา 2 วัน", "6 ต.ค. 2563", True),
    ("ก่อนสัมมนา 2 วัน", "ทุกเดือน", False),
    ("ก่อนฝึกซ้อม 2 วัน", "ตามที่ได้รับแจ้ง", True),
    ("ตามที่ได้รับแจ้ง", "ทุกปีงบประมาณ", True),
    ("ตามที่ได้รับแจ้ง", "อย่างน้อยปีละ 2 ครั้ง", True),
    ("6 ต.ค. 2563", "อย่างน้อยปีละ 2 ครั้ง", False),
    ("6 ต.ค. 2563", "อย่างน้อยปีละ 1 ครั้ง", True),
    ("อย่างน้อยเดือนละ 2 ครั้ง", "อย่างน้อยเดือนละ 3 ครั้ง", True),
    ("อย่างน้อยเดือนละ 2 ครั้ง", "ทุกเดือน", False),
    ("อย่างน้อยไตรมาสละ 2 ครั้ง", "อย่างน้อยเดือนละ 2 ครั้ง", False),
    ("ในเดือน ธ.ค.", "ในเดือน มี.ค.", False),
    ("ในเดือน ธ.ค. และ มี.ค.", "ในเดือน มี.ค. และ เม.ย.", True),
    ("ในเดือน ธ.ค.", "ทุกสิ้นเดือน", True),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ สัปดาห์ที่ 3", "ทุกสิ้นเดือน", False),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ สัปดาห์ที่ 3", "เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", False),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ สัปดาห์ที่ 3", "เดือนละ 2 ครั้ง สัปดาห์ที่ 3 และ สัปดาห์ที่ 4", True),
    ("เดือนละ 1 ครั้ง สัปดาห์ที่ 1", "เดือนละ 1 ครั้ง สัปดาห์ที่ 2", True),
    # The report of a year that is over and the year's end: one id, in two plans.
    ("ภายใน 50 วันนับแต่สิ้นปีงบประมาณ", "ทุกสิ้นปีงบประมาณ", True),
    ("ก่อนประชุม 2 วัน", "ภายใน 5 วันนับจากรับเรื่อง", False),
    ("ภายใน 5 วันนับจากรับเรื่อง", "ภายใน 3 วันนับจากรับเรื่อง", True),
    ("6 ต.ค. 2563", "7 ต.ค. 2563", True),
    ("6 ต.ค. 2563", "ต่อเนื่อง", True),
    ("6 ต.ค. 2563", "ทุกเดือน", False),
]


@pytest.mark.parametrize(("one", "other", "collide"), TOGETHER)
def test_rules_that_need_keys(plan: Plan, one: str, other: str, collide: bool) -> None:
    """Two rules whose periods may bear the same name are told apart by keys, others need none."""
    path = plan(f"- {{id: a, title: ก, when: [{one}, {other}]}}", top=TOP)
    assert ("U225" in codes(path)) == collide
    other = other if other.startswith("{") else f"{{when: {other}}}"
    path = plan(f"- {{id: a, title: ก, when: [{{when: {one}, key: x}}, {other[:-1]}, key: y}}]}}"
                if not one.startswith("{") else "", top=TOP)  # fmt: skip
    assert "U225" not in codes(path)


@pytest.mark.parametrize(
    ("one", "other", "key", "collide"),
    [
        ("อย่างน้อยไตรมาสละ 2 ครั้ง", "ทุกสิ้นไตรมาส", "2", True),
        ("อย่างน้อยไตรมาสละ 2 ครั้ง", "ทุกสิ้นไตรมาส", "3", False),
        ("อย่างน้อยไตรมาสละ 2 ครั้ง", "ทุกสิ้นเดือน", "2", False),
        ("เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ สัปดาห์ที่ 3", "ทุกสิ้นเดือน", "w3", True),
        ("เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ สัปดาห์ที่ 3", "ทุกสิ้นเดือน", "w2", False),
        ("ก่อนประชุม 2 วัน", "เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ สัปดาห์ที่ 3", "2", False),
    ],
)
def test_a_key_is_no_number_of_another_rule(plan: Plan, one: str, other: str, key: str, collide: bool) -> None:
    """Beside a rule that numbers its obligations a key that looks like such a number does not tell them apart."""
    path = plan(f'- {{id: a, title: ก, when: [{one}, {{when: {other}, key: "{key}"}}]}}', top=TOP)
    assert ("U225" in codes(path)) == collide


REVIEWS = [
    # (the rule, its review, whether one comes after the deadline)
    ("ก่อนประชุม 5 วัน", "ก่อนประชุม 2 วัน", True),
    ("ก่อนประชุม 2 วัน", "ก่อนประชุม 5 วัน", False),
    ("ภายใน 3 วันนับจากรับเรื่อง", "ภายใน 5 วันนับจากรับเรื่อง", True),
    ("ภายใน 5 วันนับจากรับเรื่อง", "ภายใน 3 วันนับจากรับเรื่อง", False),
    ("ทุกเดือน ภายในวันที่ 10", "ภายในวันที่ 15", True),
    ("ทุกเดือน ภายในวันที่ 15", "ภายในวันที่ 10", False),
]


@pytest.mark.parametrize(("rule", "review", "late"), REVIEWS)
def test_reviews_that_come_too_late(plan: Plan, rule: str, review: str, late: bool) -> None:
    """Of whatever a rule counts from, a review after the deadline is doubted on the rules alone."""
    path = plan(f"- {{id: a, title: ก, when: {rule}, review: {review}}}", top=TOP)
    assert ("U402" in codes(path)) == late


CLOCK = timezone(timedelta(hours=7))
KNOWN = Known(
    events={"n": {"FY2564": (Happening(on=date(2021, 9, 28)),)}},
    letters={"a": (Happening(on=date(2037, 4, 13)),)},
    receipts={"a": (("FY2564.c1", datetime(2021, 9, 30, 9, tzinfo=CLOCK)),)},
)
MONTHLY = "when: ทุกสิ้นเดือน, overrides: {2564-08: {%s, reason: ข}, 2564-09: {%s, reason: ข}}"
FAR = [
    # (what the activity says, the codes and years told)
    ("when: ทุกเดือน", []),
    ("when: ภายใน 2 วันทำการหลังสัมมนา", []),
    ("when: ภายใน 3 วันทำการหลังสัมมนา", [("U405", 2565)]),
    ("when: ตามที่ได้รับแจ้ง", [("U411", 2580)]),
    ("when: ภายใน 30 วันนับจากรับเรื่อง", [("U405", 2565)]),
    ("when: ภายในวันที่รับเรื่อง", []),
    (MONTHLY % ("deadline: 2564-10-04", "deadline: 2577-04-13"), [("U405", 2565), ("U411", 2577)]),
    (MONTHLY % ("cancel: true", "cancel: true"), []),
    # Before the table, and in a year of it that is before the plan's.
    (MONTHLY % ("deadline: 2550-04-13", "deadline: 2564-09-29"), [("U411", 2550)]),
    (MONTHLY % ("deadline: 2563-04-13", "deadline: 2564-09-29"), []),
    # The last day itself lies in a known year, and its review or the day to act by does not.
    ("when: ทุกสิ้นเดือน, review: ภายใน 5 วันหลังสิ้นเดือน", [("U405", 2565)]),
    (MONTHLY % ("deadline: 2559-10-02", "deadline: 2564-09-29"), [("U411", 2559)]),
]


@pytest.mark.parametrize(("says", "told"), FAR)
def test_days_beyond_what_was_reviewed(plan: Plan, says: str, told: list[tuple[str, int]]) -> None:
    """Whatever leads a day into a year that nobody reviewed, or that the table lacks, that year is named once."""
    found = load(plan(f"- {{id: a, title: ก, {says}}}", top=TOP), "plan.yaml")
    assert found.plan is not None, found.faults
    off = days_off(found.plan.province)
    doubts = [one for one in check(found.plan, off, KNOWN) if one.code in ("U405", "U411")]
    assert [(one.code, one.detail["year"]) for one in doubts] == told
    assert beyond(found.plan, expand(found.plan, off.workdays, KNOWN)) == {year for _, year in told}


@pytest.mark.parametrize("top", [True, False])
def test_years_beyond_that_are_accepted(plan: Plan, top: bool) -> None:
    """A plan or an activity accepts such a year by the code that is told, and by no other."""
    text = MONTHLY % ("deadline: 2564-10-04", "deadline: 2577-04-13")
    accepts = "accepts: {U405: ตรวจแล้ว}"
    path = plan(f"- {{id: a, title: ก, {text}{'' if top else ', ' + accepts}}}", top=f"{accepts}\n" if top else "")
    found = load(path, "plan.yaml").plan
    assert found is not None
    off = days_off(found.province)
    told = [(one.code, one.severity) for one in check(found, off) if one.code != "U404"]
    assert told == [("U405", "info"), ("U411", "warning")]
    assert beyond(found, expand(found, off.workdays)) == {2577}


LETTERS = {"a": (Happening(on=date(2021, 1, 29)), Happening(on=date(2021, 2, 26)))}
CASES = {"a": (("FY2564.c1110kx", datetime(2020, 11, 10, 9, tzinfo=CLOCK)),)}
MEETINGS = {"m": {"2563-11": (Happening(on=date(2020, 11, 9)), Happening(on=date(2020, 11, 27)))}}
EVER = [
    # (the rule, a period of an override, the code while nothing is recorded, and once all is)
    ("ก่อนประชุม 3 วัน", "2563-11", None, None),
    ("ก่อนประชุม 3 วัน", "2563-11.2", "U413", None),
    ("ก่อนประชุม 3 วัน", "2563-11.3", "U413", "U413"),
    ("ก่อนประชุม 3 วัน", "2563-12.99", "U413", "U413"),
    ("ก่อนประชุม 3 วัน", "2563-11.1", "U303", "U303"),
    ("ก่อนประชุม 3 วัน", "2563-11.100", "U303", "U303"),
    ("ก่อนประชุม 3 วัน", "2563-11.02", "U303", "U303"),
    ("ก่อนประชุม 3 วัน", "2563-11.", "U303", "U303"),
    ("ก่อนประชุม 3 วัน", "2565-11.2", "U303", "U303"),
    ("ก่อนประชุม 3 วัน", "FY2564.2", "U303", "U303"),
    ("[{when: ก่อนประชุม 3 วัน, key: x}]", "2563-11.2.x", "U413", None),
    ("[{when: ก่อนประชุม 3 วัน, key: x}]", "2563-11.2", "U303", "U303"),
    ("ตามที่ได้รับแจ้ง", "FY2564", None, None),
    ("ตามที่ได้รับแจ้ง", "FY2564.1", "U413", None),
    ("ตามที่ได้รับแจ้ง", "FY2564.2", "U413", None),
    ("ตามที่ได้รับแจ้ง", "FY2564.10", "U413", "U413"),
    ("ตามที่ได้รับแจ้ง", "FY2564.0", "U303", "U303"),
    ("ตามที่ได้รับแจ้ง", "FY2563.1", "U303", "U303"),
    ("ตามที่ได้รับแจ้ง", "FY2564.c1", "U303", "U303"),
    ("[{when: ตามที่ได้รับแจ้ง, key: x}]", "FY2564.1.x", "U413", None),
    ("[{when: ตามที่ได้รับแจ้ง, key: x}]", "FY2564.1.y", "U303", "U303"),
    ("ภายใน 3 วันนับจากรับเรื่อง", "FY2564.c1110kx", "U413", None),
    ("ภายใน 3 วันนับจากรับเรื่อง", "FY2564.c1110kx.x", "U303", "U303"),
    ("ภายใน 3 วันนับจากรับเรื่อง", "FY2563.c1110kx", "U303", "U303"),
    ("ภายใน 3 วันนับจากรับเรื่อง", "FY2564.1", "U303", "U303"),
    ("[{when: ภายใน 3 วันนับจากรับเรื่อง, key: x}]", "FY2564.c1110kx.x", "U413", None),
    ("ทุกสิ้นเดือน", "2563-11.2", "U303", "U303"),
    ("ทุกวันทำการ", "2563-11-16", None, None),
    ("ทุกวันทำการ", "2563-11-15", "U303", "U303"),
    # 12 Apr 2564 became a day off by a resolution of the Cabinet in December, 27 Jul 2564 a working day again in June.
    ("ทุกวันทำการ", "2564-04-12", "U413", "U413"),
    ("ทุกวันทำการ", "2564-07-27", None, None),
]


@pytest.mark.parametrize(("rule", "period", "before", "after"), EVER)
def test_overrides_of_what_is_not_known_yet(
    plan: Plan, rule: str, period: str, before: str | None, after: str | None
) -> None:
    """A period that the register may yet make known, or a day off take away, is no fault; one that can never be is."""
    path = plan(f"- {{id: a, title: ก, when: {rule}, overrides: {{{period}: {{cancel: true, reason: ข}}}}}}", top=TOP)
    found = load(path, "plan.yaml").plan
    assert found is not None
    all_known = Known(events=MEETINGS, letters=LETTERS, receipts=CASES)
    for known, code in ((Known(), before), (all_known, after)):
        told = [one.code for one in check(found, found.days_off(), known) if one.path.endswith(f"overrides.{period}")]
        assert told == ([code] if code else [])
    fatal = ["U303"] if before == "U303" else []
    assert [one.code for one in errors(found)] == fatal
    for day in (date(2020, 10, 1), date(2021, 1, 15), date(2021, 7, 1)):
        # What was known on a day makes no plan faulty.
        assert [one.code for one in check(found, found.days_off(day)) if one.severity == "error"] == fatal


NEAR = [
    # (the rule, a key of its overrides, what is offered, the periods that are named where nothing is)
    ("ทุกสิ้นเดือน", "2021-01", "2564-01", ""),
    ("ทุกสิ้นเดือน", "๒๕๖๔-๐๑", "2564-01", ""),
    ("ทุกสิ้นเดือน", "ม.ค. 2564", "2564-01", ""),
    ("ทุกสิ้นเดือน", "ม.ค. 2021", "2564-01", ""),
    ("ทุกสิ้นเดือน", "เดือนธันวาคม", "2563-12", ""),
    ("ทุกสิ้นเดือน", "งวด 1/2564", "2564-01", ""),
    ("ทุกสิ้นเดือน", "64-01", "2564-01", ""),
    ("ทุกสิ้นเดือน", "2564-1", "2564-01", ""),
    ("ทุกสิ้นเดือน", "15 ม.ค. 2564", "2564-01", ""),
    # A year that is not the plan's is a slip.
    ("ทุกสิ้นเดือน", "2564-12", "2563-12", ""),
    ("ทุกสิ้นเดือน", "2565-01", "2564-01", ""),
    ("ทุกสิ้นเดือน", "2564-01.w1", "2564-01", ""),
    ("ทุกสิ้นเดือน", "2564-Q2", None, "… 2563-12, 2564-01, 2564-02, 2564-03 …"),
    ("ทุกสิ้นเดือน", "FY2564", None, "2563-10, 2563-11, 2563-12, 2564-01 …"),
    ("ทุกสิ้นเดือน", "2564-13", None, "2563-10, 2563-11, 2563-12, 2564-01 …"),
    ("ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", "2563-9", "2563-09", ""),
    ("ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", "2565-09", None, "… 2564-05, 2564-06, 2564-07, 2564-08"),
    ("เดือนละ 1 ครั้ง สัปดาห์ที่ 2", "2563-12.w2", "2563-12", ""),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ สัปดาห์ที่ 3", "2563-12", None, "… 2563-11.w3, 2563-12.w1, 2563-12.w3, 2564-01.w1 …"),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ สัปดาห์ที่ 3", "2020-12.w1", "2563-12.w1", ""),
    ("[{when: ทุกสิ้นเดือน, key: draft}]", "2563-12", "2563-12.draft", ""),
    ("[{when: ทุกสิ้นเดือน, key: draft}, {when: ทุกเดือน ภายในวันที่ 5, key: final}]", "2563-12.finl", "2563-12.final", ""),
    ("ทุกสิ้นไตรมาส", "ไตรมาส 2/2564", "2564-Q2", ""),
    ("ทุกสิ้นไตรมาส", "ไตรมาสที่ 2 ปีงบประมาณ 2564", "2564-Q2", ""),
    ("ทุกสิ้นไตรมาส", "2021 Q2", "2564-Q2", ""),
    ("ทุกสิ้นไตรมาส", "q2", "2564-Q2", ""),
    ("ทุกสิ้นไตรมาส", "2563-11", "2564-Q1", ""),
    ("ทุกสิ้นไตรมาส", "2565-Q1", "2564-Q1", ""),
    ("ทุกวันจันทร์", "2564-W3", "2564-W03", ""),
    ("6 ต.ค. 2563", "2563-10", "FY2564", ""),
    ("6 ต.ค. 2563", "ปีงบประมาณ 2564", "FY2564", ""),
    ("6 ต.ค. 2563", "fy2021", "FY2564", ""),
    ("ทุกวันทำการ", "16 พ.ย. 2563", "2563-11-16", ""),
    ("ทุกวันทำการ", "2020-11-16", "2563-11-16", ""),
    ("ทุกวันทำการ", "2563-11-15", None, "… 2563-11-13, 2563-11-16, 2563-11-17, 2563-11-18 …"),
    ("ทุกวันทำการ", "2567-02-29", None, "… 2564-09-27, 2564-09-28, 2564-09-29, 2564-09-30"),
    # A number behind the period is a second meeting, or a letter.
    ("ก่อนประชุม 3 วัน", "2563-11.1", "2563-11", ""),
    ("ก่อนประชุม 3 วัน", "2563-11.02", None, "2563-10, 2563-11, 2563-12, 2564-01 …"),
    ("ก่อนสัมมนา 3 วัน", "2021", "FY2564", ""),
    ("ภายใน 3 วันนับจากรับเรื่อง", "2564-01", None, "-"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "key", "offer", "known"), NEAR)
def test_a_key_of_no_period_is_offered_the_one_that_is_meant(
    plan: Plan, rule: str, key: str, offer: str | None, known: str
) -> None:
    """In either era, in words or by a slip; where it cannot be told, the nearest few are named."""
    found = load(plan(f"- {{id: a, title: ก, when: {rule}, overrides: {{{key}: {{cancel: true, reason: ข}}}}}}", top=TOP), "plan.yaml").plan  # fmt: skip
    assert found is not None
    (told,) = [one for one in errors(found) if one.code == "U303"]
    assert told.offer == offer
    assert known in ("", told.detail["known"])


def test_an_override_that_does_nothing_may_be_accepted(plan: Plan) -> None:
    """And once it does something, that it was accepted is no doubt: the register decides."""
    text = "when: ตามที่ได้รับแจ้ง, overrides: {FY2564.1: {cancel: true, reason: ข}}, accepts: {U413: จะมาแน่}"
    found = load(plan(f"- {{id: a, title: ก, {text}}}"), "plan.yaml").plan
    assert found is not None
    assert [(one.code, one.severity) for one in check(found, found.days_off())] == [("U413", "info")]
    assert check(found, found.days_off(), Known(letters=LETTERS)) == []


def test_the_override_of_the_letter_awaited(plan: Plan) -> None:
    """It does something as long as the first letter has none of its own."""
    text = "when: ตามที่ได้รับแจ้ง, overrides: {FY2564: {cancel: true, reason: ข}, FY2564.1: {cancel: true, reason: ค}}"
    found = load(plan(f"- {{id: a, title: ก, {text}}}"), "plan.yaml").plan
    assert found is not None
    told = [[one.path.partition("overrides.")[2] for one in check(found, found.days_off(), known)]
            for known in (Known(), Known(letters=LETTERS))]  # fmt: skip
    assert told == [["FY2564.1"], ["FY2564"]]


OFF = [
    # (what the activity says, the days told and where)
    ("when: 15 พ.ย. 2563", [("15 พ.ย.", "when.0")]),
    ("when: [{when: 14 ก.พ. 2564, key: x}, {when: 21 มี.ค. 2564, key: y}]", [("14 ก.พ.", "when.0"), ("21 มี.ค.", "when.1")]),
    ("when: [{when: 15 ก.พ. 2564, key: x}, {when: 21 มี.ค. 2564, key: y}]", [("21 มี.ค.", "when.1")]),
    ("when: [ในเดือน ต.ค., 20 ก.พ. 2564]", [("20 ก.พ.", "when.1")]),
    ("when: 18 ก.พ. 2564, overrides: {FY2564: {deadline: 2564-02-21}}", [("21 ก.พ.", "overrides.FY2564.deadline")]),
    ("when: 21 ก.พ. 2564, overrides: {FY2564: {cancel: true, reason: ข}}", []),
    ("when: ในเดือน ต.ค.", []),
]  # fmt: skip


@pytest.mark.parametrize(("says", "told"), OFF)
def test_a_date_on_a_day_off_is_told_where_it_stands(plan: Plan, says: str, told: list[tuple[str, str]]) -> None:
    """Of several rules the one that names the date, of an override its last day."""
    found = load(plan(f"- {{id: a, title: ก, {says}}}"), "plan.yaml").plan
    assert found is not None
    doubts = [(one.message("th"), one.path) for one in check(found, found.days_off()) if one.code == "U401"]
    assert [path.removeprefix("groups.0.activities.0.") for _, path in doubts] == [place for _, place in told]
    assert all(day in said for (said, _), (day, _) in zip(doubts, told, strict=True))
