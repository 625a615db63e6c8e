"""`อย่างน้อยไตรมาสละ 1 ครั้ง`: n times in every period, all due on its last day.

More than once name their obligations `2564-Q1.1`, `2564-Q1.2` and so on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ustm_cli.dates.fiscal import Every, Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Limits, Occurrence, Recurring, Scene, Step
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class AtLeast(Recurring):
    rule: ClassVar[str] = "at_least"
    LIMITS: ClassVar[Limits] = {"times": (1, 100, "U211")}
    FORMS = (
        th("อย่างน้อย {every} ละ {times:th} ครั้ง"),
        th("อย่างน้อย ปี ละ {times:th} ครั้ง", every="year"),
        en("at least {times} a {every}"),
    )

    every: Every
    times: int = 1

    def __post_init__(self) -> None:
        self.check_limits()

    def due(self, anchor: Period, workdays: Workdays) -> date:
        return anchor.end

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        for occurrence in Recurring.occurrences(self, scene):
            if self.times == 1:
                yield occurrence
                continue
            for time in range(1, self.times + 1):
                yield occurrence._replace(id=f"{occurrence.id}.{time}")

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        return [Step("period_end", {"period": anchor}, anchor.end)]
