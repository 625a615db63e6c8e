"""Rules against Remind: its own spelling of each, over fiscal years 2560-2570, with real days off and made-up ones."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import reminders
from compared import FACTOR, REMIND, compared
from ours import DAY, FIRST, LAST, YEARS, all_days, deadlines, made_up, obligations, rule_of

from ustm_cli.dates.holidays import days_off
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Happening
from ustm_cli.deadlines.lead import Lead

pytestmark = pytest.mark.skipif(shutil.which("remind") is None, reason="needs Remind (Debian package `remind`)")

PLACES: dict[str, Callable[[], Workdays]] = {
    "อุบลราชธานี": lambda: days_off("อุบลราชธานี").workdays,
    "made up": lambda: made_up(1),
}
if FACTOR > 1:
    PLACES |= {place: lambda place=place: days_off(place).workdays for place in ("ยะลา", "เชียงใหม่")}  # type: ignore[misc]
PLACES |= {f"made up {seed}": lambda seed=seed: made_up(seed) for seed in range(2, FACTOR + 1)}  # type: ignore[misc]
BANGKOK = timezone(timedelta(hours=7))


@pytest.fixture(params=PLACES)
def workdays(request: pytest.FixtureRequest) -> Workdays:
    return PLACES[request.param]()


def near(workdays: Workdays) -> list[date]:
    """The days off that matter: Remind has room for a thousand."""
    return [day for day in workdays.off if FIRST - 500 * DAY <= day <= LAST + 300 * DAY]


def test_every_rule_that_remind_can_express(workdays: Workdays, tmp_path: Path) -> None:
    """Days and ends of months, weekdays, weeks, working days, counting from ends of periods, recurrences."""
    cases = reminders.all_cases(FIRST)
    theirs = reminders.answers([case.triggers for case in cases], near(workdays), FIRST, LAST, tmp_path)
    for case, expected in zip(cases, theirs, strict=True):
        found = sorted(set(deadlines(rule_of(case.spelled), workdays)))
        assert found == expected, (case, sorted(set(found) ^ set(expected))[:5])
        compared(REMIND, len(found))
    assert all(theirs)


def test_rolls_days_to_act_by_and_leads(workdays: Workdays, tmp_path: Path) -> None:
    """Of whole activities: `roll:` is BEFORE and AFTER, act_by is BEFORE, a lead of working days is `-n`.

    A deadline moved out of the years at their ends is left out.
    """
    chance = random.Random(7)
    said: dict[str, str] = {}
    scripts: list[tuple[str, str, tuple[str, ...]]] = []
    for day in range(1, 29):
        phrase, trigger = f"ทุกเดือน ภายในวันที่ {day}", f"{day}"
        count, days = chance.randint(1, 9), chance.randint(1, 20)
        said[f"p{day}"] = f"when: {phrase}, roll: preceding, review: ล่วงหน้า {days} วัน"
        said[f"f{day}"] = f"when: {phrase}, roll: following"
        said[f"n{day}"] = f"when: {phrase}, review: ล่วงหน้า {count} วันทำการ"
        scripts += [
            (f"p{day}", "deadline", (f"{trigger} BEFORE",)), (f"p{day}", "act_by", (f"{trigger} BEFORE",)),
            (f"f{day}", "deadline", (f"{trigger} AFTER",)), (f"f{day}", "act_by", (f"{trigger} AFTER",)),
            (f"n{day}", "act_by", (f"{trigger} BEFORE",)), (f"n{day}", "review_by", (f"{trigger} -{count}",)),
        ]  # fmt: skip
    for weekday, (name, short) in zip(("จันทร์", "พุธ", "ศุกร์", "อาทิตย์"), [("mon", "Mon"), ("wed", "Wed"), ("fri", "Fri"), ("sun", "Sun")], strict=True):  # fmt: skip
        said[name] = f"when: ทุกวัน{weekday}ที่ 2 ของเดือน, review: ล่วงหน้า 4 วันทำการ"
        said[f"last-{name}"] = f"when: ทุกวัน{weekday}สุดท้ายของเดือน, roll: following"
        scripts += [(name, "act_by", (f"{short} 8 BEFORE",)), (name, "review_by", (f"{short} 8 -4",))]
        scripts += [(f"last-{name}", "deadline", (f"{short} 1 --7 AFTER",))]
    ours = obligations(said, workdays, range(YEARS[0] - 1, YEARS[-1] + 2))
    theirs = reminders.answers([triggers for *_, triggers in scripts], near(workdays), FIRST, LAST, tmp_path)
    for (id, which, triggers), expected in zip(scripts, theirs, strict=True):
        found = sorted({day for one in ours[id] if FIRST <= (day := getattr(one, which)) <= LAST})
        assert found == expected, (said[id], which, triggers, sorted(set(found) ^ set(expected))[:5])
        compared(REMIND, len(found))


def test_days_before_and_after_any_day(workdays: Workdays, tmp_path: Path) -> None:
    """Before and after an event and from a receipt, in days and working days, and the day that nobody counts."""
    chance = random.Random(11)
    middle = all_days()[200:-200]
    wanted: list[date] = []
    scripts: list[tuple[str, ...]] = []
    for day in chance.sample(middle, 60):
        event, count = reminders.dated(day), chance.randint(1, 25)
        before = {"rule": "relative_to_event", "event": "meeting", "count": count, "side": "before"}
        receipt = {"rule": "on_receipt", "count": count}
        happened, received = Happening(on=day), datetime(day.year, day.month, day.day, 9, tzinfo=BANGKOK)
        rows = [
            (rule_of(before).due(happened, workdays), f"{event} --{count}"),
            (rule_of(before | {"clear": True}).due(happened, workdays), f"{event} --{count + 1}"),
            (rule_of(before | {"unit": "workday"}).due(happened, workdays), f"{event} -{count}"),
            (rule_of(before | {"unit": "workday", "clear": True}).due(happened, workdays), f"{event} -{count + 1}"),
            (Lead(count, "workday").due(day, workdays), f"{event} -{count}"),
            (rule_of(before | {"side": "after"}).due(happened, workdays), f"[trigger('{day:%Y-%m-%d}'+{count})]"),
            (rule_of(receipt).due(received, workdays), f"[trigger('{day:%Y-%m-%d}'+{count})]"),
        ]
        if len(scripts) < 150:
            # Each costs Remind a look on every day, so there are fewer of them.
            window = f"IF today()>'{day:%Y-%m-%d}' THEN IF today()<'{day + 120 * DAY:%Y-%m-%d}'"
            look = (
                f"{window} THEN IF !isomitted(today()) THEN IF nonomitted('{day + DAY:%Y-%m-%d}',today())=={count - 1}"
            )
            rows.append((rule_of(receipt | {"unit": "workday"}).due(received, workdays), look))
        for ours, trigger in rows:
            assert ours is not None
            wanted.append(ours)
            scripts.append((trigger,))
    theirs = reminders.answers(scripts, near(workdays), FIRST - 60 * DAY, LAST + 60 * DAY, tmp_path)
    assert [[day] for day in wanted] == theirs
    compared(REMIND, len(wanted))


def test_each_day_is_a_working_day_or_not(workdays: Workdays, tmp_path: Path) -> None:
    """SKIP falls on the working days and on no other."""
    (theirs,) = reminders.answers([("SKIP",)], near(workdays), FIRST, LAST, tmp_path)
    assert [day for day in all_days() if day in workdays] == theirs
    compared(REMIND, len(all_days()))
