"""`ทุกสิ้นเดือน` · `ทุกเดือน วันทำการสุดท้าย`: the last day of the period, or its last working day.

A week's last working day is a `weekly` rule. A period without one working day gives nothing.
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
class PeriodEnd(Recurring):
    rule: ClassVar[str] = "period_end"
    FORMS = (
        th("<ทุก> [วัน] สิ้น {every}", working=False),
        en("<every> {every} end", working=False),
        th("<ทุก {every:mqy} _> วันทำการ สุดท้าย", working=True),
        en("<every {every:mqy} ,> last working day", working=True),
    )

    every: Every
    working: bool = False

    def __post_init__(self) -> None:
        require(not (self.working and self.every == "week"), "U217", "every")

    def due(self, anchor: Period, workdays: Workdays) -> date | None:
        return workdays.last(anchor.start, anchor.end) if self.working else anchor.end

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        return [Step("last_workday" if self.working else "period_end", {"period": anchor}, self.due(anchor, workdays))]
