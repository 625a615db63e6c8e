"""`ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย.`: named months of every fiscal year, due on the last day of each.

October to December are those of the earlier calendar year. The period is the month named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from ustm_cli.dates.fiscal import Every, Period, month_after
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Occurrence, Recurring, Scene, Step, require
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class InMonths(Recurring):
    rule: ClassVar[str] = "in_months"
    every: ClassVar[Every] = "month"
    FORMS = (
        th("ปี|ปีงบประมาณ ละ {times:th} ครั้ง _ ใน เดือน _ {months}"),
        th("ใน เดือน _ {months}"),
        en("{times} a [fiscal] year , in {months}"),
        en("in {months}"),
    )

    months: tuple[int, ...]

    def __post_init__(self) -> None:
        require(bool(self.months), "U214", "months")
        for month in self.months:
            require(1 <= month <= 12, "U207", "months", month=month)
        require(len(set(self.months)) == len(self.months), "U218", "months")
        object.__setattr__(self, "months", tuple(sorted(self.months, key=lambda month: (month + 2) % 12)))

    @property
    def times(self) -> int:
        return len(self.months)

    @classmethod
    def from_phrase(cls, **fields: Any) -> Self:
        months, times = fields["months"], fields.get("times")
        require(times is None or times == len(months), "U210", "times", value=times, listed=len(months))
        return cls(months)

    def due(self, anchor: Period, workdays: Workdays) -> date | None:
        return anchor.end if anchor.end.month in self.months else None

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        for number in self.months:
            month = month_after(scene.year.start, (number + 2) % 12)
            yield Occurrence(month.id, month, month, month.end, month.start)

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        return [Step("period_end", {"period": anchor}, anchor.end)]
