"""`ทุกเดือน` · `ทุกสัปดาห์` · `ทุกวันทำการ`: any time in the period, due on its last day; or on every working day.

A working day is its own period, named by its date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from ustm_cli.dates.era import format_be
from ustm_cli.dates.fiscal import DAY, Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Occurrence, Recurring, Scene, Step
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class InPeriod(Recurring):
    rule: ClassVar[str] = "period"
    FORMS = (
        th("ทุก วันทำการ", every="workday"),
        en("every working day", every="workday"),
        th("ทุก {every}"),
        en("every {every}"),
    )

    every: Literal["week", "month", "quarter", "year", "workday"]

    def due(self, anchor: Period, workdays: Workdays) -> date:
        return anchor.end

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        if self.every != "workday":
            return Recurring.occurrences(self, scene)
        return _workdays_of(scene)

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        if self.every == "workday":
            return [Step("workday", {}, anchor.end)]
        return [Step("period_end", {"period": anchor}, anchor.end)]


def _workdays_of(scene: Scene) -> Iterable[Occurrence]:
    day = scene.year.start
    while day <= scene.year.end:
        if day in scene.workdays:
            period = Period(format_be(day, "iso"), day, day)
            yield Occurrence(period.id, period, period, day, day)
        day += DAY
