"""`ภายใน 5 วันนับจากรับเรื่อง` · `ภายในวันที่รับเรื่อง` · `เมื่อรับเรื่อง`: one clock a case.

Days, working days and months are counted like all others, the day of receipt not counted; 0 days is the day of
receipt. Minutes and hours run on the wall clock from the moment of receipt; with `office_hours` only from 08.30 to
16.30 of working days. Without a count there is no promise.

A pause stops the clock: what was left when it began is left when it ends. A deadline so moves by the paused days in
the rule's own unit (of months, by days), of working days to the first on which the work can go on at the earliest; a
pause that begins after the deadline moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Literal

from ustm_cli.dates.fiscal import DAY, Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.after_period_end import SINCE
from ustm_cli.deadlines.base import Family, Limits, Occurrence, Rule, Scene, Step, require
from ustm_cli.deadlines.counting import after
from ustm_cli.deadlines.grammar import en, th

OFFICE_OPENS = time(8, 30)
OFFICE_CLOSES = time(16, 30)
RECEIVED = "[วันที่|วัน] [ได้] รับเรื่อง [แล้ว]"
CLOCK = ("minute", "hour")


@dataclass(frozen=True, slots=True)
class OnReceipt(Rule):
    rule: ClassVar[str] = "on_receipt"
    family: ClassVar[Family] = "receipt"
    LIMITS: ClassVar[Limits] = {"count": (0, 99_999, "U211")}
    FORMS = (
        th("เมื่อ [ได้] รับเรื่อง", count=None, unit="day", office_hours=False),
        th("ภายใน วันที่ [ได้] รับเรื่อง", count=0, unit="day", office_hours=False),
        th(f"ภายใน {{count}} {{unit}} {SINCE} {RECEIVED}", office_hours=False),
        th(f"ภายใน {{count}} {{unit:clock}} {SINCE} {RECEIVED}", office_hours=False),
        th(f"ภายใน {{count}} {{unit:clock}} {SINCE} {RECEIVED} _ ใน เวลาราชการ", office_hours=True),
        th(f"ภายใน {{count}} {{unit:clock}} ใน เวลาราชการ {SINCE} {RECEIVED}", office_hours=True),
        en("on receipt", count=None, unit="day", office_hours=False),
        en("on the day of receipt", count=0, unit="day", office_hours=False),
        en("within {count} {unit} of|after|from receipt", office_hours=False),
        en("within {count} {unit:clock} of|after|from receipt", office_hours=False),
        en("within {count} {unit:clock} of|after|from receipt , in office hours", office_hours=True),
    )

    count: int | None = None
    unit: Literal["day", "workday", "month", "hour", "minute"] = "day"
    office_hours: bool = False

    def __post_init__(self) -> None:
        self.check_limits()
        require(
            self.count is None or self.count > 0 or self.unit == "day", "U211", "count", value=0, low=1, high=99_999
        )
        require(not self.office_hours or (self.unit in CLOCK and self.count is not None), "U219", "office_hours")
        require(self.count is not None or self.unit == "day", "U219", "unit")
        few = self.count is None or self.count <= 3660
        require(few or self.unit in CLOCK, "U211", "count", value=self.count, low=0, high=3660)

    @property
    def begins_after(self) -> bool:
        return True

    def due(self, anchor: datetime, workdays: Workdays) -> date | None:
        if self.count is None:
            return None
        if moment := self.due_at(anchor, workdays):
            return moment.date()
        assert self.unit not in CLOCK
        return after(anchor.date(), self.count, self.unit, workdays) if self.count else anchor.date()  # type: ignore[arg-type]

    def due_at(self, anchor: datetime, workdays: Workdays) -> datetime | None:
        """The moment by which it must be done, of clocks in minutes or hours."""
        if self.count is None or self.unit not in CLOCK:
            return None
        length = timedelta(minutes=self.count * (60 if self.unit == "hour" else 1))
        return office_time_after(anchor, length, workdays) if self.office_hours else anchor + length

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        for id, received in scene.known.receipts.get(scene.activity, ()):
            if received.date() in scene.year:
                case = Period(id, received.date(), received.date())
                pauses = scene.known.pauses.get(f"{scene.activity}@{id}", ())
                deadline, due_at = self.promised(received, pauses, scene.workdays)
                moving = [end.date() for _, end in pauses if deadline and end.date() <= deadline]
                resumed = max(moving, default=None)
                yield Occurrence(id, case, received, deadline, received.date(), due_at, resumed)

    def promised(
        self, received: datetime, pauses: Iterable[tuple[datetime, datetime]], workdays: Workdays
    ) -> tuple[date | None, datetime | None]:
        """`due` and `due_at` with the pauses left out."""
        due, due_at = self.due(received, workdays), self.due_at(received, workdays)
        for start, end in pauses:
            if due_at is not None:
                due_at = self._resumed(due_at, start, end, workdays)
                due = due_at.date()
            elif due is not None and start.date() <= due:
                due = self._later(due, start.date(), end.date(), workdays)
        return due, due_at

    def _later(self, due: date, start: date, end: date, workdays: Workdays) -> date:
        if self.unit == "workday":
            return max(workdays.after(due, workdays.count(start + DAY, end)), workdays.on_or_after(end))
        return due + (end - start)

    def _resumed(self, due_at: datetime, start: datetime, end: datetime, workdays: Workdays) -> datetime:
        if start > due_at:
            return due_at
        if not self.office_hours:
            return end + (due_at - start)
        return office_time_after(end, office_time_between(start, due_at, workdays), workdays)

    def steps(self, anchor: datetime, workdays: Workdays) -> list[Step]:
        steps = [Step("receipt", {"at": anchor}, anchor.date())]
        if self.count is None:
            return [*steps, Step("no_promise", {})]
        facts = {"count": self.count, "unit": self.unit, "start": anchor.date(), "office_hours": self.office_hours}
        key = "count_clock" if self.unit in CLOCK else "count_after" if self.count else "same_day"
        return [*steps, Step(key, facts | {"at": self.due_at(anchor, workdays)}, self.due(anchor, workdays))]


def office_time_between(start: datetime, end: datetime, workdays: Workdays) -> timedelta:
    """How much office time lies between two moments."""
    total, day = timedelta(), start.date()
    while day <= end.date():
        if day in workdays:
            opens = max(start, datetime.combine(day, OFFICE_OPENS, start.tzinfo))
            closes = min(end, datetime.combine(day, OFFICE_CLOSES, start.tzinfo))
            total += max(closes - opens, timedelta())
        day += DAY
    return total


def office_time_after(start: datetime, length: timedelta, workdays: Workdays) -> datetime:
    """The moment at which `length` of office time has passed since `start`."""
    moment, day = start, start.date()
    while True:
        if day in workdays:
            opens = datetime.combine(day, OFFICE_OPENS, start.tzinfo)
            closes = datetime.combine(day, OFFICE_CLOSES, start.tzinfo)
            moment = max(moment, opens)
            if moment <= closes:
                if moment + length <= closes:
                    return moment + length
                length -= closes - moment
        day = workdays.on_or_after(day + DAY)
