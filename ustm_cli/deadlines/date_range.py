"""`2-4 พ.ย. 2563` · `พ.ย.-ธ.ค. 2563` · `ภายในไตรมาส 1`: a window, due on its last day.

Either two days (a month alone is all its days), or a quarter of the plan's year. The period is the plan's year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from ustm_cli.dates.era import OFFSET
from ustm_cli.dates.fiscal import Period, quarter
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import BeDate, Family, Limits, Occurrence, Rule, Scene, Step, require
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class DateRange(Rule):
    rule: ClassVar[str] = "date_range"
    family: ClassVar[Family] = "dated"
    LIMITS: ClassVar[Limits] = {"quarter": (1, 4, "U211")}
    FORMS = (
        th("{span}", quarter=None),
        en("{span}", quarter=None),
        th("ภายใน [ช่วง] ไตรมาส [ที่] {quarter}", start=None, end=None),
        en("within quarter {quarter}", start=None, end=None),
    )

    start: BeDate | None = None
    end: BeDate | None = None
    quarter: int | None = None

    def __post_init__(self) -> None:
        self.check_limits()
        days = self.start is not None and self.end is not None
        require(days != (self.quarter is not None) and (days or self.start is self.end), "U215", "start")
        if self.start and self.end:
            require(self.start <= self.end, "U208", "start", start=self.start, end=self.end)

    @classmethod
    def from_phrase(cls, **fields: Any) -> Self:
        fields["start"], fields["end"] = fields.pop("span", (None, None))
        return cls(**fields)

    def window(self, year: Period) -> tuple[date, date]:
        if self.quarter is not None:
            period = quarter(year.end.year + OFFSET, self.quarter)
            return period.start, period.end
        assert self.start is not None
        assert self.end is not None
        return self.start, self.end

    def due(self, anchor: Period, workdays: Workdays) -> date:
        return self.window(anchor)[1]

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        opens, end = self.window(scene.year)
        yield Occurrence(scene.year.id, scene.year, scene.year, end, opens)

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        start, end = self.window(anchor)
        return [Step("window", {"start": start, "end": end}, end)]
