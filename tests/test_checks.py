"""Checks of an expanded plan, rule by rule: which rules of one activity need keys, which reviews come too late."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.checks import check
from ustm_cli.dates.holidays import days_off
from ustm_cli.plan.load import load

Plan = Callable[..., Path]
TOP = "events: {m: {name: ประชุม, every: month}, n: {name: สัมมนา, every: year}}\n"


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
    ("ก่อนประชุม 2 วัน", "ก่อนสัมมนา 2 วัน", True),
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
