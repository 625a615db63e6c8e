"""`6 ตุลาคม 2563` · `ภายใน 30 ม.ค. 2564`: one day of one year.

The day itself; with `by`, any time of its fiscal year up to it. The period is the plan's year. Because a date is a
date, it stands in the plan that states it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 (the rule has a field `date`)
from typing import ClassVar

from ustm_cli.dates.fiscal import Period, fiscal_year, fiscal_year_of
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import BeDate, Family, Occurrence, Rule, Scene, Step
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class OnDate(Rule):
    rule: ClassVar[str] = "on_date"
    family: ClassVar[Family] = "dated"
    FORMS = (
        th("{date}", by=False),
        en("{date}", by=False),
        th("ภายใน {date}", by=True),
        en("by {date}", by=True),
    )

    date: BeDate
    by: bool = False

    def due(self, anchor: Period, workdays: Workdays) -> Date:
        return self.date

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        opens = fiscal_year(fiscal_year_of(self.date)).start if self.by else self.date
        yield Occurrence(scene.year.id, scene.year, scene.year, self.date, opens)

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        return [Step("date", {}, self.date)]
