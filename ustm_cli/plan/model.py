"""The shape of a plan file: what may stand where. Meaning across places is checked later, in `checks.py`."""

# Annotations are no texts here: pydantic would have to read each of them once more.
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, cast

from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from ustm_cli.dates.era import DateError, full_be_year, parse_be, to_arabic
from ustm_cli.dates.fiscal import Period, parse_period, quarter
from ustm_cli.dates.holidays import province_like, provinces
from ustm_cli.dates.workdays import Roll
from ustm_cli.deadlines.base import Event, Rule, RuleError
from ustm_cli.deadlines.phrase import SAMPLE_YEAR, PhraseError, is_phrase, parse, parse_review
from ustm_cli.deadlines.slots import READERS
from ustm_cli.deadlines.text import compose, normalized
from ustm_cli.deadlines.vocabulary import INCOMPLETE, RESERVED_WORDS, Bad
from ustm_cli.plan.findings import ACCEPTABLE, Both


class Faults(ValueError):
    """Several faults of one value: (path below it, error) each."""

    def __init__(self, faults: list[tuple[tuple[str | int, ...], Exception]]) -> None:
        super().__init__("faults")
        self.faults = faults


def _text(value: Any) -> Any:
    """On one line: what a title says in two lines it says in one."""
    return " ".join(compose(value).split()) if isinstance(value, str) else value


def _lines(value: Any) -> Any:
    return compose(value).strip() if isinstance(value, str) else value


def _list(value: Any) -> Any:
    return cast("list[object]", value) if isinstance(value, list) else [value]


def _number(value: Any) -> Any:
    text = to_arabic(str(value).strip())
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,12}", text):
        raise Faults([((), TypeError("int"))])
    return int(text)


Note = Annotated[str, BeforeValidator(_lines)]
Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[list[Text], BeforeValidator(_list)]
Int = Annotated[int, BeforeValidator(_number)]


def _be_year(value: int) -> int:
    try:
        return full_be_year(value, len(str(value)))
    except DateError as error:
        raise RuleError(error.code, "", **error.detail) from None


def _day(value: Any, info: ValidationInfo) -> date:
    return day_written(_written(value), _context(info).get("fiscal_year"))


def _written(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Faults([((), TypeError("date"))])
    return value.strip()


def day_written(value: str, be_year: int | None, *, or_period: bool = False) -> date:
    """A day as any date phrase writes it; `be_year` is the year in which one that lacks its year is offered.

    With `or_period` a month or a quarter may be offered too.
    """
    text = normalized(value)
    found = _day_in(text.norm)
    if isinstance(found, date):
        return found
    if isinstance(found, Bad):
        offer = next(_mended(found, text.norm, be_year), None)
        start, end = text.column(found.start), text.column(found.end)
        raise PhraseError(found.error.code, start, end, offer, found.error.detail)
    if found is INCOMPLETE and be_year:
        # October to December are those of the calendar year before; of a day that no year has, its fault is told.
        early = _day_in(f"{text.norm} {be_year - 1}")
        year = be_year - 1 if isinstance(early, date) and early.month >= 10 else be_year
        offer = f"{value} {year}"
        day_written(offer, None)
    else:
        offer = _likely(text.norm, be_year, or_period=or_period)
    raise PhraseError("U201", 0, len(value), offer, {"word": value[:40], "forms": "docs/plan.md"})


def _mended(day: Bad, text: str, be_year: int | None) -> Iterator[str]:
    """The text with its day, which cannot be, put right."""
    from ustm_cli.deadlines.offers import mended

    offers = mended(day.error, text, day.start, day.end, be_year or SAMPLE_YEAR)
    return (offer for offer in offers if isinstance(_day_in(offer), date))


LONGEST_DAY = 60
"""So many characters of a text are looked at for a day."""


def _likely(text: str, be_year: int | None, *, or_period: bool) -> str | None:
    """What a text that is no day was most likely meant to be."""
    from ustm_cli.deadlines.respelling import respelled
    from ustm_cli.plan.periods import meant_by

    for slip in respelled(text) if len(text) <= LONGEST_DAY else ():
        found = _day_in(slip)
        if isinstance(found, Bad):
            return next(_mended(found, slip, be_year), None)
        if isinstance(found, date):
            return slip
    period = meant_by(text[:LONGEST_DAY], be_year) if or_period and be_year else None
    return period.id if period else None


def _day_in(norm: str) -> object:
    """The day that a text is; a `Bad` one, INCOMPLETE where it lacks its year, None where it is none at all."""
    return next((found for end, found in READERS["date"]("", norm, 0, None) if end == len(norm)), None)


def _id(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", value):
        raise RuleError("U305", "", value=value[:80])
    return value


def _province(value: str) -> str:
    name = value.removeprefix("จังหวัด").strip()
    if name not in provinces():
        near = province_like(name)
        raise RuleError("U309", "", value=name[:80], **({"offer": near} if near else {}))
    return provinces()[name].th


Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[Text, AfterValidator(_id)]
BeYear = Annotated[Int, AfterValidator(_be_year)]


class Model(BaseModel):
    # A model that stands in another is built with it, and never by itself.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Source(Model):
    """Where the activity stands in the office's own document, and how it was read."""

    at: Text
    printed: Text | None = None
    read: Text | None = None
    why: Text | None = None
    arrows: Text | None = None


def _sources(value: Any) -> Any:
    return [{"at": value}] if isinstance(value, str) else _list(value)


Sources = Annotated[list[Source], BeforeValidator(_sources)]


# ---- time


class Timing(NamedTuple):
    """One rule of an activity, with the key that names its obligations where there are several."""

    rule: Rule
    key: str | None = None


def _events(info: ValidationInfo) -> Mapping[str, Event]:
    return _context(info).get("events") or {}


def _context(info: ValidationInfo) -> Mapping[str, Any]:
    return info.context or {}


def _said(phrase: str, info: ValidationInfo) -> Rule:
    """The rule of a phrase: one for all activities of a plan that say it in the same words."""
    rules: dict[str, Rule] = _context(info).get("rules", {})
    if phrase not in rules:
        rules[phrase] = parse(phrase, _events(info), _context(info).get("fiscal_year") or SAMPLE_YEAR)
    return rules[phrase]


def _timing(value: Any, info: ValidationInfo) -> Timing:
    if isinstance(value, str) and value.strip():
        return Timing(_said(value, info))
    if not isinstance(value, dict):
        raise Faults([((), TypeError("phrase"))])
    if "when" in value:
        keyed = Keyed.model_validate(value, context=info.context)
        return Timing(keyed.when, keyed.key)
    given = cast("dict[str, object]", value)
    rest = {name: item for name, item in given.items() if name != "key"}
    key = given.get("key")
    if key is not None and not isinstance(key, str):
        raise Faults([(("key",), TypeError("string"))])
    return Timing(rule_of(rest, _events(info), beside=("key",)), _id(_text(key)) if key is not None else None)


def rule_of(value: Any, events: Mapping[str, Event], *, review: bool = False, beside: Sequence[str] = ()) -> Rule:
    """The rule of a mapping spelling; `beside` are keys that may stand there but are not its own. Raises Faults."""
    from ustm_cli.plan.rules import rule_from_mapping

    return rule_from_mapping(value, events, review=review, beside=beside)


def _phrase(value: Any, info: ValidationInfo) -> Any:
    return _said(value, info) if isinstance(value, str) and value.strip() else rule_of(value, _events(info))


AnyRule = Annotated[Any, BeforeValidator(_phrase)]


class Keyed(Model):
    when: AnyRule
    key: Id | None = None


def _rules(value: Any) -> Any:
    if value == []:
        raise Faults([((), RuleError("U214", ""))])
    return _list(value)


Timings = Annotated[list[Annotated[Any, BeforeValidator(_timing)]], BeforeValidator(_rules)]


class RawReview(NamedTuple):
    """A review as written: what it means depends on the period of the activity's rule."""

    value: Any


def review_rule(value: Any, timings: list[Timing], events: Mapping[str, Event], fiscal_year: int) -> Rule:
    """The rule of a `review:`. Raises PhraseError or Faults."""
    every = getattr(timings[0].rule, "every", None) if timings else None
    if every == "workday":
        every = None
    if isinstance(value, str) and value.strip():
        return parse_review(value, events, every, fiscal_year)
    return rule_of(value, events, review=True)


def _bound(value: Any, info: ValidationInfo, *, end: bool) -> date:
    """A day; or a month or quarter of a certain year, which means its first or last day."""
    text, be_year = _written(value), _context(info).get("fiscal_year")
    if found := _period(text, None):
        return found.end if end else found.start
    return day_written(text, be_year, or_period=True)


def _period(value: str, be_year: int | None) -> Period | None:
    """A month or quarter of a certain year, a week or a year; with `be_year` a quarter without its year too."""
    text = normalized(value.strip()).norm
    if found := parse_period(text):
        return found
    for end, id in READERS["about"]("", text, 0, None):
        if end == len(text):
            if isinstance(id, Bad):
                raise PhraseError(id.error.code, id.start, id.end, None, id.error.detail)
            return parse_period(id)
    if be_year and (match := re.fullmatch(r"(?:ไตรมาส(?:ที่)?|quarter|Q)\s*([1-4])", text, re.IGNORECASE)):
        return quarter(be_year, int(match[1]))
    return None


From = Annotated[date, BeforeValidator(lambda value, info: _bound(value, info, end=False))]
Until = Annotated[date, BeforeValidator(lambda value, info: _bound(value, info, end=True))]


class Override(Model):
    """What one period is instead: another last day (final), or nothing, with the reason and the letter that says so."""

    deadline: Day | None = None
    cancel: bool = False
    reason: Text | None = None
    letter: Text | None = None


class Target(Model):
    count: Int = Field(ge=1)
    unit: Text | None = None


def _target(value: Any) -> Any:
    return {"count": value} if isinstance(value, str | int) else value


class ContextItem(Model):
    text: Text
    items: Texts = []


def _context_item(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


Context = Annotated[list[Annotated[ContextItem, BeforeValidator(_context_item)]], BeforeValidator(_list)]


def _accepted(value: dict[str, str]) -> dict[str, str]:
    wrong = [code for code in value if code not in ACCEPTABLE]
    if wrong:
        raise Faults([((code,), RuleError("U308", "", value=code, known=", ".join(ACCEPTABLE))) for code in wrong])
    return value


# A warning is accepted for a reason. (The bound stands within: of a text, not of whatever is made one.)
Reason = Annotated[str, Field(min_length=1), BeforeValidator(_text)]
Accepts = Annotated[dict[str, Reason], AfterValidator(_accepted)]


class Described(Model):
    """What every level of a plan may say of itself."""

    number: Text | None = None
    context: Context = []
    topics: Texts = []
    systems: Texts = []
    strategy: Texts = []
    laws: Texts = []
    note: Note | None = None
    source: Sources = []


class Activity(Described):
    id: Id
    title: Text = Field(min_length=1)
    when: Timings = []
    # The words of a moved date before `ustm rollover` moved it; check asks for a look until the key is deleted.
    confirm: Text | None = None
    review: Any = None
    from_: From | None = Field(None, alias="from")
    until: Until | None = None
    roll: Roll | None = None
    duty: Literal["office", "person"] = "office"
    basis: Text | None = None
    overrides: dict[str, Override] = {}
    owner: Text | None = None
    follow_up: Text | None = None
    send_to: Texts = []
    target: Annotated[Target, BeforeValidator(_target)] | None = None
    steps: Texts = []
    accepts: Accepts = {}


class Section(Described):
    id: Id | None = None
    title: Text = Field(min_length=1, validation_alias=AliasChoices("title", "name"))
    activities: list[Activity] = []


class Mission(Section):
    pass


class WorkPlan(Section):
    missions: list[Mission] = []


class Group(Section):
    work_plans: list[WorkPlan] = []
    missions: list[Mission] = []


class PlanEvent(Model):
    id: Id
    name: Text = Field(min_length=1)
    every: Literal["month", "quarter", "year", "once"]
    expected: Annotated[str, BeforeValidator(_written)] | None = None
    confirm: Text | None = None
    note: Note | None = None
    source: Sources = []


class PlanHoliday(Model):
    """A day that the plan adds to the holidays, or cancels."""

    date: Day
    name: Text | None = None
    letter: Text | None = None
    announced: Day | None = None
    cancel: bool = False


def event_items(value: Any) -> Any:
    """Events as a list: `- {id: …}`, or a mapping from id."""
    if isinstance(value, dict):
        named = cast("dict[str, object]", value)
        return [{**item, "id": id} if isinstance(item, dict) else item for id, item in named.items()]
    return value


class Shared(Model):
    """What a file of shared events or holidays may hold."""

    events: Annotated[list[PlanEvent], BeforeValidator(event_items)] = []
    holidays: list[PlanHoliday] = []
    include: Texts = []


class PlanFile(Shared):
    fiscal_year: BeYear
    office: Text | None = None
    province: Annotated[Text, AfterValidator(_province)] | None = None
    note: Note | None = None
    source: Sources = []
    accepts: Accepts = {}
    groups: list[Group] = []


def event_of(item: PlanEvent, be_year: int | None) -> Event:
    """The event with its expectation understood. Raises PhraseError or RuleError."""
    for field, name in (("id", item.id), ("name", item.name)):
        if name.lower().startswith(RESERVED_WORDS) or re.fullmatch(r"\d+", name):
            raise RuleError("U307", field, value=name, problem=Both("เป็นคำของกำหนดเวลาเอง", "a word of deadlines"))
    if is_phrase(item.name):
        raise RuleError("U307", "name", value=item.name, problem=Both("เป็นวลีกำหนดเวลา", "a time by itself"))
    return Event(item.id, item.name, item.every, _expected(item.expected, item.every, be_year))


def _expected(value: str | None, every: str, be_year: int | None) -> date | Period | int | tuple[str, int] | None:
    """A day, a month of a year, a month of every year (its number), or a day of every month."""
    if value is None:
        return None
    text = normalized(value).norm
    if found := _period(text, be_year):
        return found
    months = [numbers for end, numbers in READERS["months"]("", text, 0, None) if end == len(text)]
    if months and len(months[0]) == 1:
        return int(months[0][0])
    if match := re.fullmatch(r"(?:วันที่\s*|day\s*)?(\d{1,2})", text):
        if every != "month":
            raise RuleError("U115", "expected", value=value, known=_NOT_MONTHLY)
        if not 1 <= int(match[1]) <= 31:
            raise RuleError("U204", "expected", day=int(match[1]))
        return ("day", int(match[1]))
    return day_written(value, be_year, or_period=True)


_NOT_MONTHLY = Both(
    "วัน เดือน หรือไตรมาส เช่น พ.ค. (วันที่ของทุกเดือนมีได้เมื่อ every: month)",
    "a day, a month or a quarter, like May (a day of every month has only what is `every: month`)",
)


__all__ = ["Activity", "Faults", "Group", "Mission", "PlanFile", "Shared", "Timing", "WorkPlan", "parse_be"]
