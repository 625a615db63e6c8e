"""`ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป`: day N of a month of, or after, the period.

A month that has no day N gives its last day. `month` says which month: of a monthly rule the `same` or the
`following` one; of a quarter or a fiscal year its `first`, (a quarter's) `second` or `last` one, or the `following`
one, after its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from ustm_cli.dates.fiscal import DAY, Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Limits, Recurring, Step, require
from ustm_cli.deadlines.counting import day_of
from ustm_cli.deadlines.grammar import en, th
from ustm_cli.deadlines.months import MONTH_NAMES, month_in


@dataclass(frozen=True, slots=True)
class DayOfMonth(Recurring):
    rule: ClassVar[str] = "day_of_month"
    LIMITS: ClassVar[Limits] = {"day": (1, 31, "U204")}
    FORMS = (
        th("<ทุก เดือน _> ภายใน วันที่ {day}", every="month", month="same"),
        th("<ทุก เดือน _> ภายใน วันที่ {day} ของ เดือน", every="month", month="same"),
        th("<ทุก เดือน _> ภายใน วันที่ {day} ของ เดือน ถัดไป", every="month", month="following"),
        th("<ทุก {every:qy} _> ภายใน วันที่ {day} ของ เดือน ถัดจาก [วัน] สิ้น {every:qy}", month="following"),
        th("<ทุก {every:qy} _> ภายใน วันที่ {day} ของ เดือน {month} ของ {every:qy}"),
        th("<ทุก ไตรมาส _> ภายใน วันที่ {day} ของ เดือน ที่ 3|สาม ของ ไตรมาส", every="quarter", month="last"),
        en("<every month ,> by day {day}", every="month", month="same"),
        en("<every month ,> by day {day} of the month", every="month", month="same"),
        en("<every month ,> by day {day} of the following month", every="month", month="following"),
        en("<every {every:qy} ,> by day {day} of the month after {every:qy} end", month="following"),
        en("<every {every:qy} ,> by day {day} of the {month} month of the {every:qy}"),
        en("<every quarter ,> by day {day} of the third month of the quarter", every="quarter", month="last"),
    )

    every: Literal["month", "quarter", "year"]
    day: int
    month: Literal["same", "following", "first", "second", "last"] = "same"

    def __post_init__(self) -> None:
        self.check_limits()
        require(self.month in MONTH_NAMES.get(self.every, ()), "U216", "month", value=self.month, every=self.every)

    @property
    def begins_after(self) -> bool:
        return self.month == "following"

    def due(self, anchor: Period, workdays: Workdays) -> date:
        first = month_in(anchor, self.month).start
        return day_of(first.year, first.month, self.day)

    def opens(self, period: Period) -> date:
        return period.end + DAY if self.month == "following" else period.start

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        month = month_in(anchor, self.month)
        steps = [Step("month", {"month": month, "which": self.month, "period": anchor})]
        day = self.due(anchor, workdays)
        return [*steps, Step("day_of_month" if day.day == self.day else "last_day_instead", {"day": self.day}, day)]
