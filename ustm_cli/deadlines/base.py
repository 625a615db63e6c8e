"""What every kind of rule is made of: errors, what deadlines hang on, occurrences, steps of an explanation.

A rule names nominal days and knows nothing of weekends (working-day rules apart); rolling, bounds and overrides are
applied once, in `obligations.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, Self

from ustm_cli.dates.era import parse_be
from ustm_cli.dates.fiscal import DAY, Every, Period, period_of
from ustm_cli.dates.workdays import Workdays

if TYPE_CHECKING:
    from ustm_cli.deadlines.grammar import Form

Unit = Literal["day", "workday", "month"]
Limits = Mapping[str, tuple[int, int, str]]


class _BuddhistDate:
    """Tells pydantic, where it is loaded at all, that a date is written in the Buddhist era."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, date) else parse_be(str(value))
        )


BeDate = Annotated[date, _BuddhistDate()]


class RuleError(ValueError):
    """A rule that cannot be. `code` is a finding code, `field` the field at fault, `detail` fills the sentence."""

    def __init__(self, code: str, field: str = "", **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.detail = detail


def require(ok: bool, code: str, field: str, **detail: object) -> None:
    if not ok:
        raise RuleError(code, field, **detail)


class Happening(NamedTuple):
    """One event or letter of a period: its day, or only its month, or that it will not be (with the reason).

    `key`: the only one of an activity's rules that a letter dates, None where it dates them all.
    """

    on: date | None = None
    month: Period | None = None
    cancelled: str | None = None
    letter: str | None = None
    key: str | None = None


class Event(NamedTuple):
    """An event of the plan. `expected`: a day, a month, a month of every year (1-12), or ("day", 25) of every month."""

    id: str
    name: str
    every: Literal["month", "quarter", "year", "once"]
    expected: date | Period | int | tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the plan: happenings by event and period id, letters and receipts by activity.

    `pauses`: by case id, the times at which its clock stood still, in order.
    """

    events: Mapping[str, Mapping[str, tuple[Happening, ...]]] = field(
        default_factory=dict[str, Mapping[str, tuple[Happening, ...]]]
    )
    letters: Mapping[str, tuple[Happening, ...]] = field(default_factory=dict[str, tuple[Happening, ...]])
    receipts: Mapping[str, tuple[tuple[str, datetime], ...]] = field(
        default_factory=dict[str, tuple[tuple[str, datetime], ...]]
    )
    pauses: Mapping[str, tuple[tuple[datetime, datetime], ...]] = field(
        default_factory=dict[str, tuple[tuple[datetime, datetime], ...]]
    )


NOTHING_KNOWN = Known()


class Occurrence(NamedTuple):
    """A rule in one period. `anchor` is what its days are counted from: a period, a happening, a receipt.

    `due_at`: the moment of clocks in minutes or hours. `resumed`: the day on which a clock that stood still went on.
    """

    id: str
    period: Period
    anchor: Any
    deadline: date | None
    opens: date | None
    due_at: datetime | None = None
    resumed: date | None = None


class Step(NamedTuple):
    """One step of an explanation: what is done (a key of the view's sentences), with which facts, to which day."""

    key: str
    facts: Mapping[str, Any]
    day: date | None = None


class Scene(NamedTuple):
    """All that a rule may look at when it is expanded. `key`: the rule's own among those of its activity."""

    activity: str
    year: Period
    workdays: Workdays
    known: Known = NOTHING_KNOWN
    events: Mapping[str, Event] = {}
    key: str | None = None


Family = Literal["recurring", "dated", "event", "receipt", "notified", "ongoing", "lead"]


class Rule:
    """What all kinds share. A kind is a frozen dataclass whose fields are its mapping spelling.

    `LIMITS` are the inclusive bounds of its numbers, with the finding code of a number outside them.
    """

    __slots__ = ()
    rule: ClassVar[str]
    family: ClassVar[Family]
    FORMS: ClassVar[tuple[Form, ...]]
    LIMITS: ClassVar[Limits] = {}

    @classmethod
    def from_phrase(cls, **fields: Any) -> Self:
        return cls(**fields)

    def check_limits(self) -> None:
        for name, (low, high, code) in self.LIMITS.items():
            value = getattr(self, name)
            require(value is None or low <= value <= high, code, name, value=value, low=low, high=high, day=value)

    @property
    def begins_after(self) -> bool:
        """Whether the duty cannot begin before what its days are counted from."""
        return False

    def of_event(self, event: str) -> Self:
        """The same of another event, for a kind that has one."""
        return replace(self, event=event)  # type: ignore[type-var]

    def due(self, anchor: Any, workdays: Workdays) -> date | None:
        """The nominal last day, None where the anchor gives none."""
        raise NotImplementedError

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        raise NotImplementedError

    def steps(self, anchor: Any, workdays: Workdays) -> list[Step]:
        """Why `due` is that day: what is counted from, and how."""
        return []


class Recurring(Rule):
    """Rules with a period. A subclass has `every`, `due(period, workdays)` and perhaps its own `opens`."""

    __slots__ = ()
    family: ClassVar[Family] = "recurring"

    def opens(self, period: Period) -> date:
        return period.start

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        """Those whose nominal deadline lies in the year, in order.

        Deadlines never go back from one period to the next, so we walk back from the year's last period until one
        falls before the year.
        """
        start, end = scene.year.start, scene.year.end
        found: list[Occurrence] = []
        # A field of some kinds, a fact of others: no one declaration fits both.
        every: Every = getattr(self, "every")  # noqa: B009
        period = period_of(every, end)
        while True:
            deadline = self.due(period, scene.workdays)
            if (deadline or period.end) < start:
                break
            if deadline is not None and deadline <= end:
                found.append(Occurrence(period.id, period, period, deadline, self.opens(period)))
            period = period_of(every, period.start - DAY)
        found.reverse()
        return found
