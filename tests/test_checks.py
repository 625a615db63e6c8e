"""Checks of an expanded plan, rule by rule: which rules of one activity need keys, which reviews come too late."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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
