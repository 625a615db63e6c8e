"""`ก่อน<event> 2 วันทำการ` · `ก่อน<event> ไม่น้อยกว่า 7 วัน` · `ภายใน 5 วันหลัง<event>`: counted from an event's day.

The event's day is not counted. `clear` ("not less than") leaves that many whole days between. Months before an event
go to the day of the same number, or the last day of a month that has none. Before the event's day is known the
obligation is awaiting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from ustm_cli.dates.fiscal import DAY
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.after_period_end import SINCE
from ustm_cli.deadlines.base import Family, Happening, Limits, Occurrence, Rule, Scene, Step, Unit, require
from ustm_cli.deadlines.counting import after, before
from ustm_cli.deadlines.events import happenings
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class RelativeToEvent(Rule):
    rule: ClassVar[str] = "relative_to_event"
    family: ClassVar[Family] = "event"
    LIMITS: ClassVar[Limits] = {"count": (1, 3660, "U211")}
    FORMS = (
        th("ก่อน {event} {count} {unit}", side="before", clear=False),
        th("ก่อน {event} _ ไม่น้อยกว่า {count} {unit}", side="before", clear=True),
        th(f"ภายใน {{count}} {{unit}} หลัง|หลังจาก|{SINCE} {{event}}", side="after", clear=False),
        en("{count} {unit} before {event}", side="before", clear=False),
        en("not less than {count} {unit} before {event}", side="before", clear=True),
        en("within {count} {unit} after|of|from {event}", side="after", clear=False),
    )

    event: str
    count: int
    unit: Unit = "day"
    side: Literal["before", "after"] = "before"
    clear: bool = False

    def __post_init__(self) -> None:
        self.check_limits()
        require(not (self.clear and self.side == "after"), "U219", "clear")

    @property
    def begins_after(self) -> bool:
        return self.side == "after"

    def due(self, anchor: Happening, workdays: Workdays) -> date | None:
        if anchor.on is None:
            return None
        if self.side == "after":
            return after(anchor.on, self.count, self.unit, workdays)
        return before(anchor.on, self.count, self.unit, workdays, clear=self.clear)

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        for id, period, happening in happenings(self.event, scene):
            deadline = self.due(happening, scene.workdays)
            if self.side == "after":
                opens = happening.on + DAY if happening.on else None
            else:
                opens = min(period.start, deadline or period.start)
            yield Occurrence(id, period, happening, deadline, opens)

    def steps(self, anchor: Happening, workdays: Workdays) -> list[Step]:
        if anchor.on is None:
            return [Step("event_unknown", {"event": self.event})]
        facts = {"count": self.count, "unit": self.unit, "start": anchor.on}
        key = "count_after" if self.side == "after" else "count_clear" if self.clear else "count_before"
        return [
            Step("event", {"event": self.event, "letter": anchor.letter}, anchor.on),
            Step(key, facts, self.due(anchor, workdays)),
        ]
