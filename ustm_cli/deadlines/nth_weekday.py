"""`ทุกวันศุกร์ที่ 2 ของเดือน` · `ทุกวันศุกร์สุดท้ายของเดือน`: the nth, or the last (-1), such weekday of a month.

A 5th one is refused: most months have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from ustm_cli.dates.fiscal import DAY, Every, Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Recurring, Step, require
from ustm_cli.deadlines.grammar import en, th
from ustm_cli.deadlines.vocabulary import WEEKDAYS


@dataclass(frozen=True, slots=True)
class NthWeekday(Recurring):
    rule: ClassVar[str] = "nth_weekday"
    every: ClassVar[Every] = "month"
    FORMS = (
        th("<ทุก> วัน {weekday} สุดท้าย ของ เดือน", nth=-1),
        th("<ทุก เดือน _> วัน {weekday} สุดท้าย", nth=-1),
        en("<every> last {weekday} of the month", nth=-1),
        th("<ทุก> วัน {weekday} ที่ {nth:th} ของ เดือน"),
        th("<ทุก เดือน _> วัน {weekday} ที่ {nth:th}"),
        en("<every> {nth} {weekday} of the month"),
    )

    nth: int
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    def __post_init__(self) -> None:
        require(self.nth == -1 or 1 <= self.nth <= 4, "U209", "nth", value=self.nth)

    def due(self, anchor: Period, workdays: Workdays) -> date:
        weekday = WEEKDAYS.index(self.weekday)
        if self.nth == -1:
            return anchor.end - (anchor.end.weekday() - weekday) % 7 * DAY
        return anchor.start + ((weekday - anchor.start.weekday()) % 7 + 7 * self.nth - 7) * DAY

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        return [Step("nth_weekday", {"period": anchor, "nth": self.nth}, self.due(anchor, workdays))]
