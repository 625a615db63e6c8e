"""The mission sheets, the year and the dashboard: what stands in them and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ustm_cli.dates.holidays import days_off
from ustm_cli.deadlines.base import Known
from ustm_cli.obligations import expand
from ustm_cli.plan.load import Plan, load
from ustm_cli.register.standing import NOTHING_RECORDED, Clock, Row, Standing, row_of
from ustm_cli.register.state import Attained
from ustm_cli.views.dashboard import dashboard
from ustm_cli.views.sheets import sheets
from ustm_cli.views.year import year

REAL = Path(__file__).parents[2] / "plans" / "fy2564.yaml"
TODAY = date(2020, 11, 16)


def loaded(path: Path) -> Plan:
    found = load(path, "plans/fy2564.yaml")
    assert found.plan, found.faults
    return found.plan


def standing(plan: Plan, today: date = TODAY, recorded: dict[str, Standing] | None = None) -> list[Row]:
    items = expand(plan, days_off("อุบลราชธานี").workdays)
    return [row_of(item, (recorded or {}).get(item.id, NOTHING_RECORDED), today) for item in items]


@pytest.fixture(scope="module")
def real() -> Plan:
    return loaded(REAL)


# ---- sheets


def test_sheets_are_those_of_the_document(real: Plan) -> None:
    """Eleven sheets, with the missions, the check lists and the strategies that the plan holds, all of them."""
    found = sheets(2564, [real]).sheets
    assert len(found) == 11
    missions = [m for group in real.body.groups for work in group.work_plans for m in work.missions]
    rows = [row for sheet in found for row in sheet.rows]
    assert [row.title for row in rows] == [mission.title for mission in missions]
    assert [len(row.context) for row in rows] == [len(mission.context) for mission in missions]
    shown = [one.id for row in rows for one in row.strategies]
    assert shown == [activity.id for mission in missions for activity in mission.activities]


def test_a_strategy_has_its_time_topics_and_steps(real: Plan) -> None:
    """What the office prints in brackets is the rule in words; topics and steps stand below."""
    strategies = {one.id: one for sheet in sheets(2564, [real]).sheets for row in sheet.rows for one in row.strategies}
    assert [time.th for time in strategies["regulation-topics"].times] == ["พ.ย.-ธ.ค. 2563"]
    assert len(strategies["regulation-topics"].topics) == 7
    assert len(strategies["subsidy-check"].steps) == 4
    assert strategies["audit-site-selection"].times == ()


@pytest.mark.parametrize(("title", "target"), [("ส่งแบบ", (239, "แห่ง")), ("ส่งแบบ จำนวน 239 แห่ง", None)])
def test_a_target_is_told_once(plan: Callable[..., Path], title: str, target: object) -> None:
    """A number that the title says is not said again."""
    path = plan()
    path.write_text(
        "fiscal_year: 2564\nprovince: อุบลราชธานี\ngroups:\n- title: ก\n  missions:\n  - title: ข\n    activities:\n"
        f"    - {{id: a, title: {title}, target: {{count: 239, unit: แห่ง}}}}\n",
        "utf-8",
    )
    [sheet] = sheets(2564, [loaded(path)]).sheets
    assert sheet.rows[0].strategies[0].target == target


@pytest.mark.parametrize(
    ("mission", "heading"),
    [
        ("strategy: [ES], note: 'ES: Excellence Service'", "ES: Excellence Service"),
        ("strategy: [ES], note: Excellence", "ES: Excellence"),
        ("strategy: [ES, SI]", "ES, SI"),
        ("note: หมายเหตุ", "หมายเหตุ"),
        ("number: 1", ""),
    ],
)
def test_what_stands_above_the_strategies(plan: Callable[..., Path], mission: str, heading: str) -> None:
    """The strategy's code and name, neither twice."""
    path = plan()
    text = f"fiscal_year: 2564\nprovince: อุบลราชธานี\ngroups:\n- title: ก\n  missions:\n  - {{title: ข, {mission}}}\n"
    path.write_text(text.replace("number: 1", "number: '1'"), "utf-8")
    [sheet] = sheets(2564, [loaded(path)]).sheets
    assert sheet.rows[0].heading == heading


def test_a_plan_without_missions_has_no_sheets(plan: Callable[..., Path]) -> None:
    """Groups of the office table only make no sheet, and no failure."""
    assert sheets(2564, [loaded(plan("- {id: a, title: งาน, when: ต่อเนื่อง}"))]).sheets == ()


# ---- the year


def test_the_year_loses_nothing(real: Plan) -> None:
    """Every obligation stands once: in its month, or among what awaits; every other activity among the undated."""
    rows = standing(real)
    found = year(2564, [real], rows, [], TODAY)
    shown = [entry.id for month in found.months for entry in month.entries] + [entry.id for entry in found.awaiting]
    assert Counter(shown) == Counter(row.obligation.id for row in rows)
    activities = {id.partition("@")[0] for id in shown} | {item.id for item in found.undated}
    assert activities == {item.id for item in real.activities}
    assert [month.first.month for month in found.months] == [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_months_are_of_the_day_to_act(plan: Callable[..., Path]) -> None:
    """A deadline on the first, a day off, is acted on in the month before, which is then shown too."""
    path = plan("- {id: a, title: งาน, when: ภายใน 1 พ.ย. 2563}\n- {id: b, title: งาน, when: 30 ก.ย. 2563}")
    found = year(2564, [loaded(path)], standing(loaded(path)), [], TODAY)
    assert [entry.activity for entry in found.months[0].entries] == ["b"]
    assert found.months[0].first == date(2020, 9, 1)
    assert [(month.first.month, entry.activity) for month in found.months for entry in month.entries] == [
        (9, "b"),
        (10, "a"),
    ]


# ---- the dashboard


def test_every_obligation_stands_in_one_section(real: Plan) -> None:
    """The sections share out all obligations, none twice."""
    rows = standing(real)
    found = dashboard([real], rows, TODAY)
    assert Counter(entry.id for section in found.sections for entry in section.entries) == Counter(
        row.obligation.id for row in rows
    )


SECTIONS = [
    ("6 ตุลาคม 2563", Standing(), "overdue"),
    ("18 พ.ย. 2563", Standing(), "week"),
    ("16 พ.ย. 2563", Standing(), "week"),
    ("23 พ.ย. 2563", Standing(), "next"),
    ("16 ธ.ค. 2563", Standing(), "next"),
    ("17 ธ.ค. 2563", Standing(), "later"),
    ("ตามที่ได้รับแจ้ง ประมาณ ธ.ค. 2563", Standing(), "awaiting"),
    ("ตามที่ได้รับแจ้ง ประมาณ ก.ค. 2564", Standing(), "later"),
    ("ตามที่ได้รับแจ้ง", Standing(), "later"),
    ("ต่อเนื่อง", Standing(), "later"),
    ("6 ตุลาคม 2563", Standing(done_on=date(2020, 10, 6)), "finished"),
    ("18 พ.ย. 2563", Standing(waived="งด"), "finished"),
]


@pytest.mark.parametrize(("phrase", "recorded", "section"), SECTIONS)
def test_where_an_obligation_stands(plan: Callable[..., Path], phrase: str, recorded: Standing, section: str) -> None:
    """Overdue, this week, near, awaited, later or finished, by the day stood on."""
    one = loaded(plan(f"- {{id: a, title: งาน, when: {phrase}}}"))
    rows = [row_of(item, recorded, TODAY) for item in expand(one, days_off("อุบลราชธานี").workdays)]
    found = {part.kind: [entry.activity for entry in part.entries] for part in dashboard([one], rows, TODAY).sections}
    assert {kind for kind, ids in found.items() if ids} == {section}


def test_punctuality_and_load_are_counted(plan: Callable[..., Path]) -> None:
    """In time, late and overdue make the rate; what is ahead does not; weeks count what is to be done in them."""
    one = loaded(plan("- {id: a, title: งาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป}"))
    recorded = {"a@2563-09": Standing(done_on=date(2020, 10, 9))}
    found = dashboard([one], standing(one, recorded=recorded), TODAY)
    assert found.punctual == 50
    assert [(m.on_time, m.late, m.overdue, m.ahead) for m in found.months[:3]] == [
        (1, 0, 0, 0),
        (0, 0, 1, 0),
        (0, 0, 0, 1),
    ]
    assert sum(week.due for week in found.weeks) == 12
    assert [week.monday for week in found.weeks if week.current] == [TODAY]
    late = {"a@2563-09": Standing(done_on=date(2020, 10, 12)), "a@2563-10": Standing(done_on=date(2020, 11, 9))}
    assert [m.late for m in dashboard([one], standing(one, recorded=late), TODAY).months[:2]] == [1, 0]


def test_nothing_due_has_no_rate(plan: Callable[..., Path]) -> None:
    """Before anything falls due there is no percentage to show."""
    one = loaded(plan("- {id: a, title: งาน, when: 1 ก.ย. 2564}"))
    assert dashboard([one], standing(one), TODAY).punctual is None


def test_progress_comes_from_the_plan_and_the_register(plan: Callable[..., Path]) -> None:
    """A target without a record is told as such; a record may change the total, or stand without a target."""
    one = loaded(
        plan(
            "- {id: a, title: ก, target: {count: 239, unit: แห่ง}}\n- {id: b, title: ข, target: 10}\n- {id: c, title: ค}"
        )
    )
    reached = {(one.file, "b"): Attained(4, 12, TODAY), (one.file, "c"): Attained(3, None, TODAY)}
    found = dashboard([one], [], TODAY, reached).progress
    assert [(item.activity, item.done, item.total, item.unit) for item in found] == [
        ("a", None, 239, "แห่ง"),
        ("b", 4, 12, ""),
        ("c", 3, None, ""),
    ]


def test_progress_of_a_month_gone_by_is_none_of_this_one(plan: Callable[..., Path]) -> None:
    """What was recorded in October for October is not October's in November."""
    one = loaded(plan("- {id: a, title: ก, when: ทุกเดือน, target: 10}"))
    recorded = {(one.file, "a"): Attained(10, None, date(2020, 10, 27))}
    for today, done in ((date(2020, 10, 30), 10), (date(2020, 10, 31), None), (date(2020, 11, 16), None)):
        assert [item.done for item in dashboard([one], standing(one), today, recorded).progress] == [done]


@pytest.mark.parametrize(
    ("today", "be_year"), [(date(2020, 11, 16), 2564), (date(2025, 1, 1), 2564), (date(2019, 1, 1), 2564)]
)
def test_the_year_shown_outside_the_plans(plan: Callable[..., Path], today: date, be_year: int) -> None:
    """On a day outside every plan the charts show the nearest plan's year."""
    one = loaded(plan("- {id: a, title: งาน, when: 1 ก.ย. 2564}"))
    assert dashboard([one], standing(one, today), today).fiscal_year == be_year


def test_a_running_case_has_its_section(plan: Callable[..., Path]) -> None:
    """A case stands among what runs until it is over its time."""
    one = loaded(plan("- {id: a, title: ตอบข้อหารือ, when: ภายใน 5 วันนับจากรับเรื่อง}"))
    received = datetime(2020, 11, 16, 9, tzinfo=timezone(timedelta(hours=7)))
    known = Known(receipts={"a": (("c1", received),)})
    items = list(expand(one, days_off("อุบลราชธานี").workdays, known))
    clock = Clock(received, None, False, ())
    for today, kind in ((TODAY, "running"), (date(2020, 11, 23), "overdue")):
        rows = [row_of(item, Standing(), today, received, clock) for item in items]
        found = {part.kind: part.entries for part in dashboard([one], rows, today).sections}
        assert [kind for kind, entries in found.items() if entries] == [kind]


def test_work_beside_the_missions(plan: Callable[..., Path]) -> None:
    """What a work plan does outside of its missions stands on its sheet too, below them, without a heading."""
    path = plan()
    path.write_text(
        "fiscal_year: 2564\nprovince: อุบลราชธานี\ngroups:\n- title: ก\n  missions:\n  - {title: ข, activities: [{id: a, title: งาน}]}\n"
        "  activities:\n  - {id: b, title: อื่น}\n",
        "utf-8",
    )
    [sheet] = sheets(2564, [loaded(path)]).sheets
    assert [(row.title, [one.id for one in row.strategies]) for row in sheet.rows] == [("ข", ["a"]), ("", ["b"])]
