"""`ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส` · `ภายใน 50 วันนับแต่สิ้นปีงบประมาณ`: counted from the end of the period.

The period's last day is not counted (Civil and Commercial Code s.193/3); months by s.193/5: 3 months after 30 Sep end
on 31 Dec. The duty cannot begin before the period has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ustm_cli.dates.fiscal import DAY, Every, Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Limits, Recurring, Step, Unit
from ustm_cli.deadlines.counting import after
from ustm_cli.deadlines.grammar import en, th

SINCE = "นับจาก|นับแต่|นับตั้งแต่|หลังจาก|หลัง"


@dataclass(frozen=True, slots=True)
class AfterPeriodEnd(Recurring):
    rule: ClassVar[str] = "after_period_end"
    LIMITS: ClassVar[Limits] = {"count": (1, 3660, "U211")}
    FORMS = (
        th(f"ภายใน {{count}} {{unit}} นับแต่|{SINCE} [วัน] สิ้น ปีงบประมาณ", every="year"),
        th(f"<ทุก {{every}} _> ภายใน {{count}} {{unit}} {SINCE} [วัน] สิ้น {{every}}"),
        en("within {count} {unit} after|of|from fiscal year end", every="year"),
        en("<every {every} ,> within {count} {unit} after|of|from {every} end"),
    )

    every: Every
    count: int
    unit: Unit = "day"

    def __post_init__(self) -> None:
        self.check_limits()

    @property
    def begins_after(self) -> bool:
        return True

    def due(self, anchor: Period, workdays: Workdays) -> date:
        return after(anchor.end, self.count, self.unit, workdays)

    def opens(self, period: Period) -> date:
        return period.end + DAY

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        facts = {"count": self.count, "unit": self.unit, "start": anchor.end}
        return [
            Step("period_end", {"period": anchor}, anchor.end),
            Step("count_after", facts, self.due(anchor, workdays)),
        ]
