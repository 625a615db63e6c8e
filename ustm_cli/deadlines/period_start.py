"""`ทุกเดือน วันทำการแรก` · `ทุกต้นเดือน`: the first working day of the period, or its first day.

A week's first working day is a `weekly` rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ustm_cli.dates.fiscal import Every, Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Recurring, Step, require
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class PeriodStart(Recurring):
    rule: ClassVar[str] = "period_start"
    FORMS = (
        th("<ทุก> ต้น {every}", working=False),
        en("<every> {every} start", working=False),
        th("<ทุก {every:mqy} _> วันทำการ แรก", working=True),
        en("<every {every:mqy} ,> first working day", working=True),
    )

    every: Every
    working: bool = False

    def __post_init__(self) -> None:
        require(not (self.working and self.every == "week"), "U217", "every")

    def due(self, anchor: Period, workdays: Workdays) -> date | None:
        return workdays.first(anchor.start, anchor.end) if self.working else anchor.start

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        key = "first_workday" if self.working else "period_start"
        return [Step(key, {"period": anchor}, self.due(anchor, workdays))]
