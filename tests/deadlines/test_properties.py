"""What holds for every rule: phrases and mappings say the same, years join, holidays only ever bring days forward."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ustm_cli.dates.era import to_thai
from ustm_cli.dates.fiscal import DAY, fiscal_year, fiscal_year_of, month, parse_period, period_of
from ustm_cli.dates.workdays import Roll, Workdays
from ustm_cli.deadlines import REVIEW_RULES, RULES
from ustm_cli.deadlines.after_period_end import AfterPeriodEnd
from ustm_cli.deadlines.as_notified import AsNotified
from ustm_cli.deadlines.at_least import AtLeast
from ustm_cli.deadlines.base import Event, Happening, Known, Occurrence, Recurring, Rule, RuleError, Scene
from ustm_cli.deadlines.date_range import DateRange
from ustm_cli.deadlines.day_of_month import DayOfMonth
from ustm_cli.deadlines.grammar import Attempt, Form, Slot, match
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
from ustm_cli.deadlines.phrase import PhraseError, parse, parse_review, say, to_mapping
from ustm_cli.deadlines.relative_to_event import RelativeToEvent
from ustm_cli.deadlines.slots import write as write_slot
from ustm_cli.deadlines.text import normalized
from ustm_cli.deadlines.vocabulary import Bad
from ustm_cli.deadlines.week_of_month import WeekOfMonth
from ustm_cli.deadlines.weekly import Weekly
from ustm_cli.obligations import act_by_of
from ustm_cli.plan.rules import rule_from_mapping

EVENTS = {
    event.id: event
    for event in (
        Event("meeting", "การประชุมประจำเดือน", "month"),
        Event("board", "การประชุม", "month"),
        Event("gpp-announced", "สศช.ประกาศใช้GPP", "year"),
        Event("review-2", "รอบ 2", "quarter"),
        Event("opening", "opening of the tender", "once"),
    )
}
YEARS = range(2560, 2571)

common = settings(derandomize=True, deadline=None, database=None)

# ---- rules of every kind

counts = st.one_of(st.integers(1, 31), st.integers(1, 3660))
units = st.sampled_from(["day", "workday", "month"])
everies = st.sampled_from(["week", "month", "quarter", "year"])
longer = st.sampled_from(["month", "quarter", "year"])
named = st.sampled_from(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
events = st.sampled_from(list(EVENTS))
month_days = st.integers(1, 31)
days = st.dates(date(1941, 1, 1), date(2257, 12, 31))
whole_months = st.tuples(st.integers(1941, 2257), st.integers(1, 12)).map(lambda pair: month(*pair))
WHICH = {
    "month": ["same", "following"],
    "quarter": ["first", "second", "last", "following"],
    "year": ["first", "last", "following"],
}
month_in_period = st.sampled_from([(every, which) for every, names in WHICH.items() for which in names])


def a_range(ends: tuple[date, date]) -> DateRange:
    return DateRange(min(ends), max(ends))


def of_months(ends: tuple[Any, Any]) -> DateRange:
    first, last = sorted(ends, key=lambda period: period.start)
    return DateRange(first.start, last.end)


notifiers = st.one_of(
    st.sampled_from(
        [
            "กรมบัญชีกลาง",
            "CGD",
            "สตง.",
            "จังหวัด",
            "the Comptroller General",
            "กรม 1",
            "สพฐ. เขต 2",
            "กค 0402",
        ]
    ),
    st.text("กขคงดตนมรลสอาเี่้", min_size=1, max_size=8).filter(lambda text: text[0] in "กขคงดตนมรลสอ"),
)

DATED: dict[str, st.SearchStrategy[Rule]] = {
    "on_date": st.builds(OnDate, days, st.booleans()),
    "date_range": st.one_of(
        st.tuples(days, days).map(a_range),
        st.tuples(days, st.integers(0, 40)).map(lambda pair: DateRange(pair[0], pair[0] + timedelta(pair[1]))),
        st.tuples(whole_months, whole_months).map(of_months),
        whole_months.map(lambda period: DateRange(period.start, period.end)),
        st.integers(1, 4).map(lambda number: DateRange(quarter=number)),
    ),
}
CALENDAR: dict[str, st.SearchStrategy[Rule]] = {
    "day_of_month": st.builds(lambda pair, day: DayOfMonth(pair[0], day, pair[1]), month_in_period, month_days),
    "period_end": st.builds(PeriodEnd, everies),
    "period_start": st.builds(PeriodStart, everies),
    "after_period_end": st.builds(AfterPeriodEnd, everies, st.integers(1, 400), st.just("day")),
    "months_after_period_end": st.builds(AfterPeriodEnd, everies, st.integers(1, 24), st.just("month")),
    "month_of_period": month_in_period.filter(lambda pair: pair[1] != "same").map(lambda pair: MonthOfPeriod(*pair)),
    "weekly": st.builds(Weekly, named),
    "nth_weekday": st.builds(NthWeekday, st.sampled_from([1, 2, 3, 4, -1]), named),
    "week_of_month": st.lists(st.integers(1, 4), min_size=1, unique=True).map(lambda weeks: WeekOfMonth(tuple(weeks))),
    "at_least": st.builds(AtLeast, everies, st.integers(1, 12)),
    "in_months": st.lists(st.integers(1, 12), min_size=1, unique=True).map(lambda months: InMonths(tuple(months))),
    "period": st.builds(InPeriod, everies),
}
WORKING: dict[str, st.SearchStrategy[Rule]] = {
    "last_workday": st.builds(PeriodEnd, longer, st.just(value=True)),
    "first_workday": st.builds(PeriodStart, longer, st.just(value=True)),
    "workdays_after": st.builds(AfterPeriodEnd, everies, st.integers(1, 250), st.just("workday")),
    "weekly_workday": st.builds(Weekly, st.sampled_from(["first_workday", "last_workday"])),
    "every_workday": st.just(InPeriod("workday")),
}
ON_EVENTS: dict[str, st.SearchStrategy[Rule]] = {
    "before": st.builds(RelativeToEvent, events, counts, units, st.just("before"), st.booleans()),
    "after": st.builds(RelativeToEvent, events, counts, units, st.just("after")),
    "in_month_of_event": st.builds(InMonthOfEvent, events, month_days),
}
OTHERS: dict[str, st.SearchStrategy[Rule]] = {
    "on_receipt": st.one_of(
        st.just(OnReceipt()),
        st.just(OnReceipt(0)),
        st.builds(OnReceipt, counts, units),
        st.builds(OnReceipt, st.integers(1, 99_999), st.sampled_from(["minute", "hour"]), st.booleans()),
    ),
    "as_notified": st.builds(
        AsNotified, st.one_of(st.none(), notifiers), st.one_of(st.none(), whole_months.map(lambda period: period.id))
    ),
    "ongoing": st.just(Ongoing()),
}
RECURRING = CALENDAR | WORKING
EVERY_KIND = DATED | RECURRING | ON_EVENTS | OTHERS
any_rule = st.one_of(*EVERY_KIND.values())
recurring_rule = st.one_of(*RECURRING.values())
leads = st.builds(Lead, counts, units)

off_days = st.frozensets(st.dates(date(2016, 1, 1), date(2028, 12, 31)), max_size=60)
closures = st.tuples(st.dates(date(2016, 1, 1), date(2028, 1, 1)), st.integers(0, 40)).map(
    lambda pair: frozenset(pair[0] + number * DAY for number in range(pair[1]))
)
workdays = st.builds(lambda scattered, closure: Workdays(scattered | closure), off_days, closures)


def scene(be_year: int, workdays: Workdays, known: Known | None = None) -> Scene:
    return Scene("a", fiscal_year(be_year), workdays, known or Known(), EVENTS)


def expanded(rule: Rule, workdays: Workdays, years: range = YEARS) -> list[Occurrence]:
    return [one for year in years for one in rule.occurrences(scene(year, workdays))]


def test_every_kind_of_rule_is_put_to_the_test() -> None:
    """A new kind must come here too; an rrule has no phrase, a lead its own test."""
    generated = {
        OnDate, DateRange, DayOfMonth, PeriodEnd, PeriodStart, AfterPeriodEnd, MonthOfPeriod, Weekly, NthWeekday,
        WeekOfMonth, AtLeast, InMonths, InPeriod, RelativeToEvent, InMonthOfEvent, OnReceipt, AsNotified, Ongoing, Lead,
    }  # fmt: skip
    assert {kind.rule for kind in REVIEW_RULES} - {kind.rule for kind in generated} == {"rrule"}


# ---- two spellings that say exactly the same


@pytest.mark.parametrize("name", EVERY_KIND)
def test_a_phrase_says_its_rule_and_nothing_else(name: str) -> None:
    """parse(say(rule)) == rule, in Thai and English, in Thai digits, with and without the plan's events."""

    @settings(common, max_examples=60)
    @given(EVERY_KIND[name])
    def check(rule: Rule) -> None:
        for lang in ("th", "en"):
            phrase = say(rule, lang)
            assert phrase is not None
            assert parse(phrase, EVENTS) == rule
            assert parse(phrase) == rule
            assert say(parse(phrase, EVENTS), lang) == phrase
            if not hasattr(rule, "event") and not getattr(rule, "by", None):
                assert parse(to_thai(phrase)) == rule

    check()


@settings(common, max_examples=80)
@given(leads)
def test_a_lead_says_itself(rule: Rule) -> None:
    for lang in ("th", "en"):
        phrase = say(rule, lang)
        assert phrase is not None
        assert parse_review(phrase, EVENTS) == rule


@pytest.mark.parametrize("name", EVERY_KIND)
def test_a_mapping_says_its_rule(name: str) -> None:
    """As a program writes it, and as text, which is how a plan file gives it."""

    @settings(common, max_examples=40)
    @given(EVERY_KIND[name])
    def check(rule: Rule) -> None:
        spelled = to_mapping(rule)
        assert rule_from_mapping(spelled, EVENTS, review=False) == rule
        assert rule_from_mapping(as_text(spelled), EVENTS, review=False) == rule

    check()


def as_text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def meanings(phrase: str) -> set[Rule]:
    """Every rule that any form finds in a phrase."""
    attempt = Attempt(normalized(phrase), EVENTS, 2564)
    rules: set[Rule] = set()
    for kind in RULES:
        for form in kind.FORMS:
            for found in match(form, attempt, {}, headless=False):
                if not any(isinstance(value, Bad) for value in found.fields.values()):
                    try:
                        rules.add(kind.from_phrase(**found.fields))
                    except RuleError:
                        continue
    return rules


@settings(common, max_examples=300)
@given(any_rule)
def test_no_phrase_has_two_meanings(rule: Rule) -> None:
    """Whatever form reads it, and in whatever way, one rule comes out."""
    for lang in ("th", "en"):
        assert meanings(say(rule, lang) or "") == {rule}


def fits(form: Form, rule: Rule) -> bool:
    """Whether the form can say the rule."""
    if any(getattr(rule, name) != value for name, value in form.fixed.items()):
        return False
    for name, argument in form.arguments:
        if name == "span":
            continue
        value = getattr(rule, name)
        if value is None or (name, value) in {("nth", -1), ("every", "workday")}:
            return False
        if name == "every" and argument and value[0] not in argument:
            return False
        if name == "unit" and (value in {"hour", "minute"}) != (argument == "clock"):
            return False
        if name == "month" and value not in {"first", "second", "last"}:
            return False
        if name == "on" and str(value).endswith("workday"):
            return False
    return True


def spelled_freely(form: Form, rule: Rule, chance: Any) -> str:
    """The form with any of its words, with or without those that may be left out, spaced in any way."""
    phrase = ""
    for element in form.elements:
        if isinstance(element, Slot):
            text = write_slot(element.name, element.argument, rule, form.lang)
        elif element.optional and chance.random() < 1 / 2:
            continue
        else:
            text = chance.choice(element.choices)
        apart = form.lang == "en" or (phrase[-1:].isascii() and text[:1].isascii())
        spaces = [" ", "  ", "\u00a0"] if apart else ["", "", " ", "\u00a0", "\u200b"]
        phrase += (chance.choice(spaces) if phrase and text != "," else "") + text
    return phrase


@pytest.mark.parametrize("name", EVERY_KIND)
def test_every_wording_of_a_form_says_the_same_rule(name: str) -> None:
    """Every word that a form takes for another, every word it may lack, and any space between them."""

    @settings(common, max_examples=60)
    @given(EVERY_KIND[name], st.randoms(use_true_random=False))
    def check(rule: Rule, chance: Any) -> None:
        for form in (form for form in type(rule).FORMS if fits(form, rule)):
            phrase = spelled_freely(form, rule, chance)
            assert parse(phrase, EVENTS) == rule, phrase

    check()


@settings(common, max_examples=150)
@given(st.text("ทุกเดือน ภายในวันที่10ของถัดไปสิ้นไตรมาสหลังก่อน2563ต.ค-,ประชุม", max_size=60))
@example("ภายใน 1 วันหลัง")
def test_any_text_is_a_rule_or_a_refusal(text: str) -> None:
    """Never another error; a refusal lies inside the text, and what it offers is understood."""
    understood, refused = None, None
    try:
        understood = parse(text, EVENTS)
    except PhraseError as error:
        refused = error
    if refused is None:
        assert understood is not None
        assert parse(say(understood) or "", EVENTS) == understood
        return
    assert 0 <= refused.start <= refused.end <= len(text)
    if refused.offer is not None:
        parse(refused.offer, EVENTS)


# ---- years


def place_of(period_id: str) -> str:
    """The period of an id, without the number of its week or time."""
    return period_id.partition(".")[0]


@pytest.mark.parametrize("name", CALENDAR)
def test_adjoining_years_have_no_gap_and_no_overlap(name: str) -> None:
    """Each period between the first and the last has its obligations once, in one year; and in order."""

    @settings(common, max_examples=25)
    @given(CALENDAR[name], workdays)
    def check(rule: Rule, workdays: Workdays) -> None:
        found = expanded(rule, workdays)
        ids = [one.id for one in found]
        assert len(ids) == len(set(ids))
        assert [one.deadline for one in found] == sorted(one.deadline for one in found if one.deadline)
        if not isinstance(rule, InMonths):
            assert isinstance(rule, Recurring)
            places = list(dict.fromkeys(place_of(id) for id in ids))
            assert places == names_between(rule.every, places[0], places[-1])

    check()


def names_between(every: Any, first: str, last: str) -> list[str]:
    period = parse_period(first)
    assert period is not None
    names = [period.id]
    while names[-1] != last:
        period = period_of(every, period.end + DAY)
        names.append(period.id)
        assert len(names) < len(range(700))
    return names


@pytest.mark.parametrize("name", RECURRING)
def test_an_obligation_stands_in_the_year_of_its_deadline(name: str) -> None:
    """The nominal one. The September report due in October is the next year's."""

    @settings(common, max_examples=20)
    @given(RECURRING[name], workdays, st.sampled_from(YEARS))
    def check(rule: Rule, workdays: Workdays, year: int) -> None:
        for one in rule.occurrences(scene(year, workdays)):
            assert one.deadline
            assert fiscal_year_of(one.deadline) == year

    check()


@settings(common, max_examples=60)
@given(recurring_rule, workdays)
def test_expansion_is_deterministic(rule: Rule, workdays: Workdays) -> None:
    """The same again, and the same for an equal rule read from its phrase."""
    once = list(rule.occurrences(scene(2564, workdays)))
    assert once == list(rule.occurrences(scene(2564, Workdays(workdays.off))))
    assert once == list(parse(say(rule) or "").occurrences(scene(2564, workdays)))


@pytest.mark.parametrize("name", CALENDAR)
def test_no_occurrence_depends_on_the_one_before_it(name: str) -> None:
    """Each deadline is what its own period gives, asked alone: nothing drifts."""

    @settings(common, max_examples=25)
    @given(CALENDAR[name])
    def check(rule: Rule) -> None:
        if isinstance(rule, WeekOfMonth):
            return
        for one in expanded(rule, Workdays()):
            assert one.deadline == rule.due(one.period, Workdays())

    check()


@pytest.mark.parametrize(
    ("rule", "last_days"),
    [
        (DayOfMonth("month", 31), [31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30]),
        (DayOfMonth("month", 30), [30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30]),
        (DayOfMonth("month", 29), [29, 29, 29, 29, 28, 29, 29, 29, 29, 29, 29, 29]),
        (AfterPeriodEnd("month", 1, "month"), [31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30]),
    ],
)
def test_the_31st_comes_back_after_february(rule: Rule, last_days: list[int]) -> None:
    """Adding months to the last date would stay on the 28th for good."""
    found = [one.deadline.day for one in rule.occurrences(scene(2564, Workdays())) if one.deadline]
    assert found == last_days


# ---- working days off


def dates_of(rule: Rule, workdays: Workdays, year: int = 2564) -> dict[str, tuple[date | None, date, date]]:
    return {
        one.id: (one.opens, one.deadline, act_by_of(rule, one.opens, one.deadline, workdays))
        for one in rule.occurrences(scene(year, workdays))
        if one.deadline
    }


@settings(common, max_examples=200)
@given(st.one_of(*CALENDAR.values()), workdays, st.dates(date(2020, 9, 1), date(2021, 10, 31)))
def test_a_new_holiday_never_moves_a_deadline_and_never_gives_more_time(
    rule: Rule, workdays: Workdays, holiday: date
) -> None:
    """Of a calendar-day rule. Only where it takes the last day on which a duty could be done is act_by the deadline."""
    more = Workdays(workdays.off | {holiday})
    before, after = dates_of(rule, workdays), dates_of(rule, more)
    assert before.keys() == after.keys()
    for id, (opens, deadline, act_by) in before.items():
        assert after[id][:2] == (opens, deadline)
        taken = rule.begins_after and opens is not None and more.first(opens, deadline) is None
        assert after[id][2] == deadline if taken else after[id][2] <= act_by


@settings(common, max_examples=200)
@given(any_rule, workdays, st.lists(st.dates(date(2020, 10, 1), date(2021, 9, 30)), min_size=12, max_size=12))
def test_act_by_is_a_day_to_act_on(rule: Rule, workdays: Workdays, happened: list[date]) -> None:
    """Never after the deadline; a working day, or else the deadline of a duty that no working day was left for."""
    names = [period_of("month", day).id for day in happened]
    known = Known(
        events={
            event: {name: (Happening(on=day),) for name, day in zip(names, happened, strict=True)} for event in EVENTS
        }
    )
    for one in rule.occurrences(scene(2564, workdays, known)):
        if one.deadline is None or not date(2016, 6, 1) < one.deadline < date(2028, 6, 1):
            continue
        act_by = act_by_of(rule, one.opens, one.deadline, workdays)
        assert act_by <= one.deadline
        if act_by not in workdays:
            assert rule.begins_after
            assert act_by == one.deadline
            assert one.opens
            assert workdays.count(one.opens, one.deadline) == 0
        else:
            assert not workdays.count(act_by + DAY, one.deadline)


@settings(common, max_examples=300)
@given(workdays, st.dates(date(2017, 1, 1), date(2027, 12, 31)))
def test_roll_conventions(workdays: Workdays, day: date) -> None:
    """Each gives a working day (unadjusted: the day itself), the nearest one on its side, and a working day stays."""
    rolled: dict[Roll, date] = {
        convention: workdays.roll(day, convention)
        for convention in ("unadjusted", "preceding", "following", "modified_following")
    }
    assert rolled["unadjusted"] == day
    assert rolled["preceding"] <= day <= rolled["following"]
    assert rolled["preceding"] in workdays
    assert rolled["following"] in workdays
    assert workdays.count(rolled["preceding"] + DAY, day) == workdays.count(day, rolled["following"] - DAY) == 0 or (
        day in workdays
    )
    same_month = rolled["following"].month == day.month
    assert rolled["modified_following"] == rolled["following" if same_month else "preceding"]
    if day in workdays:
        assert set(rolled.values()) == {day}


@settings(common, max_examples=100)
@given(workdays, st.dates(date(2018, 1, 1), date(2026, 12, 31)), st.integers(1, 60))
def test_counting_working_days_forth_and_back(workdays: Workdays, day: date, count: int) -> None:
    """So many working days lie between, the day itself not counted."""
    after, before = workdays.after(day, count), workdays.before(day, count)
    assert workdays.count(day + DAY, after) == count
    assert workdays.count(before, day - DAY) == count
    if day in workdays:
        assert workdays.before(after, count) == workdays.after(before, count) == day


@settings(common, max_examples=200)
@given(st.dates(date(2018, 1, 1), date(2026, 12, 31)), st.integers(1, 60), units, workdays)
def test_clear_days_are_one_more(happened: date, count: int, unit: Any, workdays: Workdays) -> None:
    """`not less than n` before an event is one day (or working day) earlier than n before it, and never later."""
    assume(unit != "month")
    event = Happening(on=happened)
    plain = RelativeToEvent("meeting", count, unit).due(event, workdays)
    clear = RelativeToEvent("meeting", count, unit, clear=True).due(event, workdays)
    more = RelativeToEvent("meeting", count + 1, unit).due(event, workdays)
    assert plain
    assert clear == more
    assert clear is not None
    assert clear < plain < happened
