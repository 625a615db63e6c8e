"""`ทุกวันจันทร์` · `ทุกสัปดาห์ วันทำการแรก`: one day of every ISO week.

The first working day of the week is Monday or the next working day of that week; a week with none gives nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from ustm_cli.dates.fiscal import DAY, Every, Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Recurring, Step
from ustm_cli.deadlines.grammar import en, th
from ustm_cli.deadlines.vocabulary import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Weekly(Recurring):
    rule: ClassVar[str] = "weekly"
    every: ClassVar[Every] = "week"
    FORMS = (
        th("<ทุก สัปดาห์ _> วันทำการ แรก", on="first_workday"),
        en("<every week ,> first working day", on="first_workday"),
        th("<ทุก สัปดาห์ _> วันทำการ สุดท้าย", on="last_workday"),
        en("<every week ,> last working day", on="last_workday"),
        th("<ทุก> วัน {on}"),
        th("<ทุก สัปดาห์ _> วัน {on}"),
        en("<every> {on}"),
    )

    on: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "first_workday", "last_workday"
    ]

    def due(self, anchor: Period, workdays: Workdays) -> date | None:
        if self.on == "first_workday":
            return workdays.first(anchor.start, anchor.end)
        if self.on == "last_workday":
            return workdays.last(anchor.start, anchor.end)
        return anchor.start + WEEKDAYS.index(self.on) * DAY

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        key = self.on if self.on.endswith("workday") else "weekday"
        return [Step(key, {"period": anchor}, self.due(anchor, workdays))]
