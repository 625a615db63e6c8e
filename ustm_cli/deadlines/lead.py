"""`ล่วงหน้า 3 วัน`: a review so long before the deadline, after roll and override. Only a `review:` may be a lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Family, Limits, Occurrence, Rule, Scene, Step, Unit
from ustm_cli.deadlines.counting import before
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class Lead(Rule):
    rule: ClassVar[str] = "lead"
    family: ClassVar[Family] = "lead"
    LIMITS: ClassVar[Limits] = {"count": (1, 3660, "U211")}
    FORMS = (th("ล่วงหน้า {count} {unit}"), en("{count} {unit} ahead|earlier"))

    count: int
    unit: Unit = "day"

    def __post_init__(self) -> None:
        self.check_limits()

    def due(self, anchor: date, workdays: Workdays) -> date:
        """`anchor` is the deadline."""
        return before(anchor, self.count, self.unit, workdays)

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        return ()

    def steps(self, anchor: date, workdays: Workdays) -> list[Step]:
        return [
            Step("count_before", {"count": self.count, "unit": self.unit, "start": anchor}, self.due(anchor, workdays))
        ]
