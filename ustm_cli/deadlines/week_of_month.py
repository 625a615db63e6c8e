"""`เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4`: numbered weeks of every month.

Week n is the days 7(n-1)+1 to 7n, due on the last; week 5 is refused. Several weeks name their obligations
`2563-10.w2`, one alone `2563-10`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from ustm_cli.dates.fiscal import DAY, Every, Period, month_after
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Occurrence, Recurring, Scene, Step, require
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class WeekOfMonth(Recurring):
    rule: ClassVar[str] = "week_of_month"
    every: ClassVar[Every] = "month"
    FORMS = (
        th("<เดือน ละ {times:th} ครั้ง _> [ใน] {weeks}"),
        th("<ทุก เดือน _> [ใน] {weeks}"),
        en("<{times} a month ,> [in] {weeks}"),
        en("<every month ,> [in] {weeks}"),
    )

    weeks: tuple[int, ...]

    def __post_init__(self) -> None:
        require(bool(self.weeks), "U214", "weeks")
        for week in self.weeks:
            require(1 <= week <= 4, "U209", "weeks", value=week)
        require(len(set(self.weeks)) == len(self.weeks), "U218", "weeks")
        object.__setattr__(self, "weeks", tuple(sorted(self.weeks)))

    @property
    def times(self) -> int:
        return len(self.weeks)

    @classmethod
    def from_phrase(cls, **fields: Any) -> Self:
        weeks, times = fields["weeks"], fields.get("times")
        require(times is None or times == len(weeks), "U210", "times", value=times, listed=len(weeks))
        return cls(weeks)

    def due(self, anchor: Period, workdays: Workdays) -> date:
        """Of a month, its last named week's."""
        return anchor.start + (7 * self.weeks[-1] - 1) * DAY

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        month = month_after(scene.year.start, 0)
        while month.start <= scene.year.end:
            for week in self.weeks:
                id = f"{month.id}.w{week}" if len(self.weeks) > 1 else month.id
                opens = month.start + 7 * (week - 1) * DAY
                yield Occurrence(id, month, month, opens + 6 * DAY, opens)
            month = month_after(month.end, 1)

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        return [Step("week_of_month", {"period": anchor, "weeks": self.weeks})]
