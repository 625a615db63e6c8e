"""`ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส` · `ทุกไตรมาส ในเดือนแรกของไตรมาส`: any day of one month, due on its last.

The period is the quarter (or year) that the month belongs to or, for `following`, that it comes after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from ustm_cli.dates.fiscal import Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Recurring, Step, require
from ustm_cli.deadlines.grammar import en, th
from ustm_cli.deadlines.months import MONTH_NAMES, month_in


@dataclass(frozen=True, slots=True)
class MonthOfPeriod(Recurring):
    rule: ClassVar[str] = "month_of_period"
    FORMS = (
        th("<ทุก เดือน _> ใน เดือน ถัดไป", every="month", month="following"),
        th("<ทุก {every:qy} _> ใน เดือน ถัดจาก [วัน] สิ้น {every:qy}", month="following"),
        th("<ทุก {every:qy} _> ใน เดือน {month} ของ {every:qy}"),
        th("<ทุก ไตรมาส _> ใน เดือน ที่ 3|สาม ของ ไตรมาส", every="quarter", month="last"),
        en("<every month ,> in the following month", every="month", month="following"),
        en("<every {every:qy} ,> in the month after {every:qy} end", month="following"),
        en("<every {every:qy} ,> in its {month} month"),
        en("<every {every:qy} ,> in the {month} month of the {every:qy}"),
        en("<every quarter ,> in its third month", every="quarter", month="last"),
        en("<every quarter ,> in the third month of the quarter", every="quarter", month="last"),
    )

    every: Literal["month", "quarter", "year"]
    month: Literal["following", "first", "second", "last"]

    def __post_init__(self) -> None:
        require(self.month in MONTH_NAMES.get(self.every, ()), "U216", "month", value=self.month, every=self.every)

    @property
    def begins_after(self) -> bool:
        return self.month == "following"

    def due(self, anchor: Period, workdays: Workdays) -> date:
        return month_in(anchor, self.month).end

    def opens(self, period: Period) -> date:
        return month_in(period, self.month).start

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        month = month_in(anchor, self.month)
        facts = {"month": month, "which": self.month, "period": anchor}
        return [Step("month", facts), Step("window", {"start": month.start, "end": month.end}, month.end)]
