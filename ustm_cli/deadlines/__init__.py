"""The deadline language: kinds of rules, and the phrases that say them (see docs/deadlines.md)."""

from __future__ import annotations

from ustm_cli.deadlines.after_period_end import AfterPeriodEnd
from ustm_cli.deadlines.as_notified import AsNotified
from ustm_cli.deadlines.at_least import AtLeast
from ustm_cli.deadlines.base import Rule
from ustm_cli.deadlines.date_range import DateRange
from ustm_cli.deadlines.day_of_month import DayOfMonth
from ustm_cli.deadlines.in_month_of_event import InMonthOfEvent
from ustm_cli.deadlines.in_months import InMonths
from ustm_cli.deadlines.lead import Lead
from ustm_cli.deadlines.month_of_period import MonthOfPeriod
from ustm_cli.deadlines.nth_weekday import NthWeekday
from ustm_cli.deadlines.on_date import OnDate
from ustm_cli.deadlines.on_receipt import OnReceipt
from ustm_cli.deadlines.ongoing import Ongoing
from ustm_cli.deadlines.period import InPeriod
from ustm_cli.deadlines.period_end import PeriodEnd
from ustm_cli.deadlines.period_start import PeriodStart
from ustm_cli.deadlines.relative_to_event import RelativeToEvent
from ustm_cli.deadlines.rrule import RRule
from ustm_cli.deadlines.week_of_month import WeekOfMonth
from ustm_cli.deadlines.weekly import Weekly

# The order of reading: where two kinds share a phrase's first words, the narrower one stands first.
RULES: tuple[type[Rule], ...] = (
    OnDate,
    DateRange,
    DayOfMonth,
    PeriodEnd,
    PeriodStart,
    AfterPeriodEnd,
    MonthOfPeriod,
    Weekly,
    NthWeekday,
    WeekOfMonth,
    AtLeast,
    InMonths,
    InPeriod,
    OnReceipt,
    RelativeToEvent,
    InMonthOfEvent,
    AsNotified,
    Ongoing,
    RRule,
)
REVIEW_RULES: tuple[type[Rule], ...] = (*RULES, Lead)
