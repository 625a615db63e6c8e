"""Our rules as reminders of Remind (Dianne Skoll's calendar program), each spelled as its manual would spell it.

Every rule is some lines of one script; Remind goes through the days once and says which lines fall on which.
Working days are Remind's own: `OMIT` with its `BEFORE`, `AFTER`, `SKIP`, `-n` and `nonomitted()`.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = {"monday": "Mon", "tuesday": "Tue", "wednesday": "Wed", "thursday": "Thu", "friday": "Fri", "saturday": "Sat", "sunday": "Sun"}  # fmt: skip
EVERY_MONTH = range(1, 13)
WHICH = {
    ("month", "same"): EVERY_MONTH, ("month", "following"): EVERY_MONTH,
    ("quarter", "first"): (10, 1, 4, 7), ("quarter", "second"): (11, 2, 5, 8), ("quarter", "last"): (12, 3, 6, 9), ("quarter", "following"): (1, 4, 7, 10),
    ("year", "first"): (10,), ("year", "last"): (9,), ("year", "following"): (10,),
}  # fmt: skip
STARTS = {"month": EVERY_MONTH, "quarter": (10, 1, 4, 7), "year": (10,)}


class Case(NamedTuple):
    """A rule's mapping, and the triggers that say the same."""

    spelled: dict[str, Any]
    triggers: tuple[str, ...]


def answers(
    scripts: Sequence[Sequence[str]], off: Iterable[date], first: date, last: date, folder: Path
) -> list[list[date]]:
    """The days on which each script's lines fall, in order, each once; `IF … THEN IF …` are conditions on today."""
    path = folder / "oracle.rem"
    lines = ["OMIT Sat Sun", *(f"OMIT {one.day} {MONTHS[one.month - 1]} {one.year}" for one in sorted(off))]
    for number, triggers in enumerate(scripts):
        for one in triggers:
            body = f"MSG r{number}"
            tests = re.findall(r"IF .*?(?= THEN |$)", one)
            lines += [*tests, f"REM {body}", *["ENDIF"] * len(tests)] if tests else [f"REM {one} {body}"]
    path.write_text("\n".join(lines) + "\n", "ascii")
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    command = ["remind", f"-s{months}", str(path), first.isoformat()]
    ran = subprocess.run(command, capture_output=True, check=True, text=True, env={"LANG": "C", "TZ": "UTC"})
    assert ran.stderr == "", ran.stderr[:500]
    found: list[set[date]] = [set() for _ in scripts]
    for year, month, day, number in re.findall(r"^(\d+)/(\d+)/(\d+) .* r(\d+)$", ran.stdout, re.MULTILINE):
        found[int(number)].add(date(int(year), int(month), int(day)))
    return [sorted(day for day in days if first <= day <= last) for days in found]


def last_of(months: Iterable[int]) -> list[str]:
    """The day before the first of the next."""
    return [f"1 {MONTHS[number % 12]} --1" for number in months]


def on_day(day: int, months: Iterable[int]) -> Iterator[str]:
    """Day N of each month, or the last of one that has none."""
    for number in months:
        if day <= LENGTHS[number - 1]:
            yield f"{day} {MONTHS[number - 1]}"
        else:
            yield from last_of([number])
            if (number, day) == (2, 29):
                yield "29 Feb"


def dated(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def began(every: str, day: str) -> str:
    """That a period begins on a day."""
    return {
        "week": f"wkdaynum({day})==1",
        "month": f"day({day})==1",
        "quarter": f"day({day})==1 && monnum({day})%3==1",
        "year": f"day({day})==1 && monnum({day})==10",
    }[every]


BEGAN = {
    "week": "today()-(wkdaynum(today())+6)%7",
    "month": "date(year(today()),monnum(today()),1)",
    "quarter": "date(year(today()),monnum(today())-(monnum(today())-1)%3,1)",
    "year": "date(year(today())-(monnum(today())<10),10,1)",
}
"""The first day of the period that holds today. No count of working days below leaves its period."""


# ---- the rules of each kind


def days_of_months() -> Iterator[Case]:
    for (every, which), months in WHICH.items():
        for day in range(1, 32) if every == "month" else (1, 5, 15, 28, 29, 30, 31):
            spelled = {"rule": "day_of_month", "every": every, "day": day, "month": which}
            yield Case(spelled, tuple(on_day(day, months)))


def months_of_periods() -> Iterator[Case]:
    for (every, which), months in WHICH.items():
        if which != "same":
            spelled = {"rule": "month_of_period", "every": every, "month": which}
            yield Case(spelled, tuple(last_of(months)))


def edges() -> Iterator[Case]:
    """First and last days of periods, and the first and last working day of each."""
    for every, months in STARTS.items():
        firsts = [f"1 {MONTHS[number - 1]}" for number in months]
        for kind in ("period", "period_end"):
            yield Case({"rule": kind, "every": every}, tuple(f"{one} --1" for one in firsts))
        yield Case({"rule": "period_start", "every": every}, tuple(firsts))
        yield Case({"rule": "period_end", "every": every, "working": True}, tuple(f"{one} -1" for one in firsts))
        yield Case({"rule": "period_start", "every": every, "working": True}, tuple(f"{one} AFTER" for one in firsts))
        for times in (1, 3):
            ends = tuple(f"{one} --1" for one in firsts)
            yield Case({"rule": "at_least", "every": every, "times": times}, ends)
    yield Case({"rule": "period", "every": "week"}, ("Sun",))
    yield Case({"rule": "period_end", "every": "week"}, ("Sun",))
    yield Case({"rule": "period_start", "every": "week"}, ("Mon",))
    yield Case({"rule": "at_least", "every": "week", "times": 2}, ("Sun",))
    yield Case({"rule": "period", "every": "workday"}, ("SKIP",))


def weeks() -> Iterator[Case]:
    for name, short in WEEKDAYS.items():
        yield Case({"rule": "weekly", "on": name}, (short,))
        for nth in (1, 2, 3, 4):
            yield Case({"rule": "nth_weekday", "nth": nth, "weekday": name}, (f"{short} {7 * nth - 6}",))
        yield Case({"rule": "nth_weekday", "nth": -1, "weekday": name}, (f"{short} 1 --7",))
    yield Case({"rule": "weekly", "on": "first_workday"}, ("Mon AFTER",))
    yield Case({"rule": "weekly", "on": "last_workday"}, ("Fri BEFORE",))
    for bits in range(1, 16):
        some = [week for week in (1, 2, 3, 4) if bits >> (week - 1) & 1]
        yield Case({"rule": "week_of_month", "weeks": some}, tuple(f"{7 * week}" for week in some))


def months_named(chance: random.Random) -> Iterator[Case]:
    for count in range(1, 13):
        months = chance.sample(EVERY_MONTH, count)
        yield Case({"rule": "in_months", "months": months}, tuple(last_of(months)))


def after_ends(chance: random.Random) -> Iterator[Case]:
    """Days, working days and months after the end of every week, month, quarter and fiscal year."""
    most = {"week": 1, "month": 8, "quarter": 40, "year": 180}
    for every in ("week", "month", "quarter", "year"):
        head = {"rule": "after_period_end", "every": every}
        for count in sorted({1, 2, 30, 45, *chance.sample(range(1, 400), 8)}):
            yield Case(head | {"count": count}, (f"IF {began(every, f'today()-{count - 1}')}",))
        for count in sorted({1, *(chance.randint(1, most[every]) for _ in range(8))}):
            nth = f"IF !isomitted(today()) THEN IF nonomitted({BEGAN[every]},today())=={count - 1}"
            yield Case(head | {"count": count, "unit": "workday"}, (nth,))
        for count in range(1, 15) if every != "week" else ():
            ends = [(number - 2) % 12 + 1 for number in STARTS[every]]
            moved = [(number + count - 1) % 12 + 1 for number in ends]
            yield Case(head | {"count": count, "unit": "month"}, tuple(last_of(moved)))


def recurrences(chance: random.Random, first: date) -> Iterator[Case]:
    """Every n days, weeks, from a day on."""
    for _ in range(12):
        step, start = chance.randint(2, 60), date.fromordinal(first.toordinal() + chance.randrange(300))
        spelled = {"rule": "rrule", "rrule": f"FREQ=DAILY;INTERVAL={step}", "start": _be(start)}
        yield Case(spelled, (f"{dated(start)} *{step}",))
    for name, short in WEEKDAYS.items():
        days = (f"{short} {nth}" for nth in (1, 15))
        yield Case({"rule": "rrule", "rrule": f"FREQ=MONTHLY;BYDAY=1{name[:2].upper()},3{name[:2].upper()}", "start": _be(first)}, tuple(days))  # fmt: skip
    for back in (1, 2, 5, 10, 28):
        spelled = {"rule": "rrule", "rrule": f"FREQ=MONTHLY;BYMONTHDAY=-{back}", "start": _be(first)}
        yield Case(spelled, (f"1 --{back}",))


def _be(day: date) -> str:
    return f"{day.year + 543}-{day.month:02d}-{day.day:02d}"


def all_cases(first: date) -> list[Case]:
    chance = random.Random(2564)
    return [
        *days_of_months(), *months_of_periods(), *edges(), *weeks(), *months_named(chance), *after_ends(chance), *recurrences(chance, first),
    ]  # fmt: skip
