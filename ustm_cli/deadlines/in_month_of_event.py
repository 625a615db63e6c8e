"""`ภายในวันที่ 10 ของเดือนที่<event>`: day N of the month in which an event falls; its month alone is enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ustm_cli.dates.fiscal import Period, period_of
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Family, Happening, Limits, Occurrence, Rule, Scene, Step
from ustm_cli.deadlines.counting import day_of
from ustm_cli.deadlines.events import happenings
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class InMonthOfEvent(Rule):
    rule: ClassVar[str] = "in_month_of_event"
    family: ClassVar[Family] = "event"
    LIMITS: ClassVar[Limits] = {"day": (1, 31, "U204")}
    FORMS = (
        th("ภายใน วันที่ {day} ของ เดือน ที่ {event}"),
        en("by day {day} of the month of {event}"),
    )

    event: str
    day: int

    def __post_init__(self) -> None:
        self.check_limits()

    def due(self, anchor: Happening, workdays: Workdays) -> date | None:
        month = _month(anchor)
        return day_of(month.start.year, month.start.month, self.day) if month else None

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        for id, period, happening in happenings(self.event, scene):
            month = _month(happening)
            yield Occurrence(id, period, happening, self.due(happening, scene.workdays), month and month.start)

    def steps(self, anchor: Happening, workdays: Workdays) -> list[Step]:
        month = _month(anchor)
        if month is None:
            return [Step("event_unknown", {"event": self.event})]
        day = self.due(anchor, workdays)
        key = "day_of_month" if day and day.day == self.day else "last_day_instead"
        return [
            Step("event_month", {"event": self.event, "month": month, "letter": anchor.letter}, anchor.on),
            Step(key, {"day": self.day}, day),
        ]


def _month(anchor: Happening) -> Period | None:
    return period_of("month", anchor.on) if anchor.on else anchor.month
