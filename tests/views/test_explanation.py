"""Why a date: what a count passed over, and which law is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from ustm_cli.dates.era import parse_be
from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.dates.holidays import days_off
from ustm_cli.deadlines.base import Event, Happening, Known, Scene
from ustm_cli.deadlines.phrase import parse
from ustm_cli.obligations import expand
from ustm_cli.plan.load import load
from ustm_cli.views.explanation import of_obligation, of_phrase

OFF = days_off("อุบลราชธานี")
MEETINGS = {"2563-12": (Happening(on=date(2020, 12, 10)),), "2563-11": (Happening(on=date(2020, 11, 23)),)}
KNOWN = Known(
    events={"m": MEETINGS},
    # A holiday, and the Wednesday before one.
    receipts={"a": (("FY2564.c1", datetime(2020, 10, 23, 9)), ("FY2564.c2", datetime(2020, 10, 21, 9)))},
)
SCENE = Scene("a", fiscal_year(2564), OFF.workdays, KNOWN, {"m": Event("m", "ประชุม", "month")})

PASSED = [
    # (phrase, period, the days off that its counts passed over)
    ("ทุกเดือน ภายใน 1 วันทำการหลังสิ้นเดือน", "2563-12", ["2564-01-01"]),
    ("ทุกเดือน ภายใน 3 วันทำการหลังสิ้นเดือน", "2563-11", []),
    ("ทุกเดือน วันทำการแรก", "2564-01", ["2564-01-01", "2564-01-02", "2564-01-03"]),
    ("ทุกเดือน วันทำการสุดท้าย", "2563-12", ["2563-12-31"]),
    ("ทุกสัปดาห์ วันทำการแรก", "2564-W07", []),
    ("ทุกสัปดาห์ วันทำการแรก", "2564-W19", ["2564-05-10"]),
    ("ก่อนประชุม 2 วันทำการ", "2563-12", []),
    ("ก่อนประชุม 1 วันทำการ", "2563-11", ["2563-11-19", "2563-11-20"]),
    ("ภายใน 1 วันทำการหลังประชุม", "2563-12", ["2563-12-11"]),
    ("ภายใน 1 วันทำการนับจากรับเรื่อง", "FY2564.c1", []),
    ("ภายใน 2 วันทำการนับจากรับเรื่อง", "FY2564.c2", ["2563-10-23"]),
]


@pytest.mark.parametrize(("phrase", "period", "passed"), PASSED)
def test_days_off_passed_over(phrase: str, period: str, passed: list[str]) -> None:
    """A count lists the days off between its ends: never the day it is counted from, nor one outside the period."""
    found = {item.period: item for item in of_phrase(parse(phrase, SCENE.events), SCENE, OFF)}
    steps = [reason for reason in found[period].reasons if reason.key not in ("act_by", "no_workday")]
    assert [day for reason in steps for day, _ in reason.days_off] == [parse_be(day) for day in passed]


OFFICE, PERSON = ["law_office"], ["law_person"]
LAWS = [
    # (what the activity says beside its rule, the laws and the basis that are told)
    ("", OFFICE),
    ("roll: unadjusted", OFFICE),
    ("roll: following", []),
    ("roll: preceding", []),
    ("duty: person", PERSON),
    ("duty: person, roll: following", PERSON),
    ("duty: person, roll: unadjusted", []),
    ("roll: following, basis: ระเบียบ ข้อ 5", ["ระเบียบ ข้อ 5"]),
    ("basis: ระเบียบ ข้อ 5", [*OFFICE, "ระเบียบ ข้อ 5"]),
]


@pytest.mark.parametrize(("says", "told"), LAWS)
def test_the_law_is_the_one_applied(says: str, told: list[str], plan: Callable[..., Path]) -> None:
    """A `roll:` that departs from the law does not cite it; the activity's own basis is told with its line."""
    path = plan(f"- {{id: a, title: ก, when: ทุกเดือน ภายในวันที่ 10, {says}}}")
    found = load(path, "plan.yaml").plan
    assert found is not None
    [placed] = found.activities
    item = next(item for item in expand(found, OFF.workdays) if item.period == "2563-12")
    explanation = of_obligation(item, found, placed, SCENE, OFF)
    assert explanation is not None
    reasons = [one for one in explanation.reasons if one.key.startswith("law_") or one.key == "basis"]
    assert [one.facts.get("basis", one.key) for one in reasons] == told
    assert all(one.mark and one.file == "plan.yaml" for one in reasons if one.key == "basis")
