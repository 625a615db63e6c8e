"""`ustm explain`: why a date, of an obligation of the plan or of a phrase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ustm_cli.cli.completion import things
from ustm_cli.cli.faults import FINE, Fault, FaultyPlans, UseFault
from ustm_cli.cli.session import Session, year_of
from ustm_cli.dates.era import to_arabic

if TYPE_CHECKING:
    from ustm_cli.cli.world import World
    from ustm_cli.deadlines.base import Event, Rule, Scene
    from ustm_cli.deadlines.phrase import PhraseError
    from ustm_cli.plan.load import Placed, Plan
    from ustm_cli.views.explanation import Explanation

FORMATS = ("table", "json")
DEFAULT_PROVINCE = "อุบลราชธานี"


def explain(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ACTIVITY@PERIOD|PHRASE", help="กิจกรรม@งวด หรือวลีกำหนดเวลา", autocompletion=things),
    ],
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR", help="ปีงบประมาณ (สำหรับวลี)")] = None,
    province: Annotated[str | None, typer.Option("--province", metavar="NAME", help="จังหวัด (สำหรับวลี)")] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table json")] = "table",
) -> None:
    """ทำไมจึงเป็นวันนี้: กฎ งวด การนับ วันหยุดที่ข้าม และกฎหมาย"""
    session: Session = context.obj
    what = _one(words)
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    given = [name for name, value in (("--year", year), ("--province", province)) if value is not None]
    if "@" in what:
        if given:
            raise UseFault("explain_phrase_only", options=" ".join(given))
        from ustm_cli.cli.world import world_of

        _obligation(session, world_of(session), what, format_)
        return
    looked, activity = _looked(session), to_arabic(what.strip())
    world, faulty = looked.world, looked.faulty
    if world and not given and (id := _in_plan(world, activity)):
        for text in looked.told:
            session.tell(text)
        session.exit_code = looked.exit_code
        (_obligation if "@" in id else _activity)(session, world, id, format_)
        return
    try:
        _phrase(session, world, what, year, province, format_)
    except UseFault:
        if world and world.placed(activity):
            raise UseFault("explain_phrase_only", options=" ".join(given)) from None
        if faulty:  # it may be an activity of a plan that could not be read
            session.tell(faulty.text)
        raise


def _one(words: Sequence[str]) -> str:
    """What is to be explained. Raises UseFault for words that may be a phrase without its quotes, or several ids."""
    if len(words) == 1:
        return words[0]
    if any("@" in word for word in words):
        raise UseFault("too_much", words=" ".join(words[1:]), command="ustm explain")
    raise UseFault("explain_quotes", phrase=" ".join(words))


class Looked(NamedTuple):
    """The plans, or what is wrong with them; what is told of them, and the exit code, if one of them is explained."""

    world: World | None = None
    faulty: FaultyPlans | None = None
    told: Sequence[str] = ()
    exit_code: int = FINE


def _looked(session: Session) -> Looked:
    """The plans, where there are any: a phrase can be explained without, and nothing is told of them then."""
    from ustm_cli.cli.world import world_of

    if session.plans:
        return Looked(world_of(session), exit_code=session.exit_code)
    told: list[str] = []
    tell, session.tell = session.tell, told.append  # type: ignore[assignment]
    try:
        return Looked(world_of(session), None, told, session.exit_code)
    except FaultyPlans as fault:
        return Looked(faulty=fault)
    except Fault:
        return Looked()
    finally:
        session.tell = tell  # type: ignore[method-assign]
        session.exit_code = FINE


# ---- of the plan


def _in_plan(world: World, wanted: str) -> str | None:
    """The activity of that name, or the obligation of the case whose code begins so."""
    from ustm_cli.cli.recording import case_named

    if world.placed(wanted):
        return wanted
    case = case_named(world, wanted)
    return case.row.obligation.id if case else None


def _obligation(session: Session, world: World, what: str, format_: str) -> None:
    from ustm_cli.cli.naming import of_one_office, typed, unknown_id
    from ustm_cli.render.explain import lines, result, steps_json
    from ustm_cli.render.findings import dump
    from ustm_cli.render.rows import as_json
    from ustm_cli.views.explanation import of_obligation

    id = typed(what)
    rows = [row for row in world.rows if row.obligation.id == id]
    if not rows:
        raise unknown_id(world, id)
    of_one_office(id, [row.obligation.file for row in rows])
    row = rows[0]
    plan, placed = _stands(world.placed(row.obligation.activity), row.obligation.file)
    explanation = of_obligation(row.obligation, plan, placed, _scene(world, plan, placed), world.off(plan))
    assert explanation is not None
    voice = session.voice
    if format_ == "json":
        body = {"schema_version": 1, "obligation": as_json(row), "steps": steps_json([explanation], voice)}
        session.say(dump(body, ascii_only=session.ascii_json))
        return
    _say(session, f"{row.obligation.title}  {id}")
    _say(session, result(explanation, voice))
    session.say("\n".join(lines(explanation, voice, session.width)))


def _stands(placed: list[tuple[Plan, Placed]], file: str) -> tuple[Plan, Placed]:
    return next(pair for pair in placed if pair[0].file == file)


def _scene(world: World, plan: Plan, placed: Placed) -> Scene:
    from ustm_cli.dates.fiscal import fiscal_year
    from ustm_cli.deadlines.base import Scene

    return Scene(placed.id, fiscal_year(plan.fiscal_year), world.off(plan).workdays, world.known(plan), plan.events)


def _activity(session: Session, world: World, activity: str, format_: str) -> None:
    """An activity without a period: all of its year."""
    from ustm_cli.cli.naming import of_one_office
    from ustm_cli.render.explain import phrase_json
    from ustm_cli.render.findings import dump
    from ustm_cli.views.explanation import of_obligation

    of_one_office(activity, [plan.file for plan, _ in world.placed(activity)])
    plan, placed = world.current(activity)
    if not placed.timings:
        session.say(session.voice.say("show_no_when"))
        return
    scene = _scene(world, plan, placed)
    own = [item for item in world.obligations if item.activity == activity and item.file == plan.file]
    found = [of_obligation(item, plan, placed, scene, world.off(plan)) for item in own]
    explanations = [item for item in found if item]
    if format_ == "json":
        body = phrase_json(placed.timings[0].rule, explanations, session.voice) | {"activity": activity}
        session.say(dump(body, ascii_only=session.ascii_json))
        return
    for timing in placed.timings:
        _say_rule(session, timing.rule, plan.events)
    rules = [timing.rule for timing in placed.timings]
    _say_year(session, explanations, plan.fiscal_year, plan.province, rules)


# ---- of a phrase


def _phrase(
    session: Session, world: World | None, text: str, year: str | None, province: str | None, format_: str
) -> None:
    from ustm_cli.cli.naming import province_of
    from ustm_cli.dates.fiscal import fiscal_year, fiscal_year_of
    from ustm_cli.dates.holidays import days_off
    from ustm_cli.deadlines.base import Scene
    from ustm_cli.render.explain import phrase_json
    from ustm_cli.render.findings import dump
    from ustm_cli.views.explanation import of_phrase

    be_year = year_of(year if year is not None else str(fiscal_year_of(session.today)))
    plan = _plan_for(world, be_year)
    rule, events = _rule(session, text, plan, be_year)
    place = province_of(province) if province else (plan.province if plan and plan.province else DEFAULT_PROVINCE)
    off = (
        world.off(plan)
        if world and plan and not province and plan.fiscal_year == be_year
        else days_off(place, session.as_of)
    )
    scene = Scene("", fiscal_year(be_year), off.workdays, events=events)
    explanations = of_phrase(rule, scene, off)
    _warn_unreviewed(session, be_year, explanations)
    if format_ == "json":
        session.say(dump(phrase_json(rule, explanations, session.voice), ascii_only=session.ascii_json))
        return
    _say_rule(session, rule, events)
    _say_year(session, explanations, be_year, place, [rule])


def _plan_for(world: World | None, be_year: int) -> Plan | None:
    if world is None:
        return None
    return next((plan for plan in world.plans if plan.fiscal_year == be_year), world.plans[0])


def _warn_unreviewed(session: Session, be_year: int, explanations: Sequence[Explanation]) -> None:
    from ustm_cli.cli.world import warn_of_holidays
    from ustm_cli.dates.fiscal import fiscal_year_of
    from ustm_cli.dates.holidays import table

    days = [day for item in explanations for day in (item.days.deadline, item.days.act_by) if day]
    warn_of_holidays(session, {be_year, *map(fiscal_year_of, days)} - table().reviewed)


def _rule(session: Session, text: str, plan: Plan | None, be_year: int) -> tuple[Rule, Mapping[str, Event]]:
    from ustm_cli.deadlines.phrase import PhraseError, parse

    events = plan.events if plan else None
    try:
        return parse(text, events, be_year), events or {}
    except PhraseError as error:
        refusal = error
    if refusal.code == "U202":
        # A phrase on an event that no plan has yet can still be explained: the event is simply undated.
        session.tell(session.voice.say("phrase_refused", text=_refused(session, refusal)))
        return parse(text, None), events or {}
    raise UseFault("phrase_refused", text=_refused(session, refusal))


def _refused(session: Session, error: PhraseError) -> str:
    from ustm_cli.plan.findings import START, Finding, Mark

    mark = Mark(1, error.start + 1, max(error.end, error.start + 1) + 1)
    finding = Finding(error.code, "", mark or START, detail=error.detail, offer=error.offer)
    lang, number = session.voice.lang, session.voice.number
    help = finding.help(lang, number)
    return f"{mark.column}: {error.code} {finding.message(lang, number)}" + (f"\n  help: {help}" if help else "")


def _say_rule(session: Session, rule: Rule, events: Mapping[str, Event]) -> None:
    import json

    from ustm_cli.deadlines.phrase import to_mapping
    from ustm_cli.render.explain import phrase_of

    voice = session.voice
    _say(session, f"{voice.say('explain_phrase')}: {phrase_of(rule, voice, events)}", 2)
    # As YAML has it, to be put into a plan.
    mapping = {
        name: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
        for name, one in to_mapping(rule).items()
    }
    spelled = ", ".join(f"{name}: {value}" for name, value in mapping.items())
    _say(session, f"{voice.say('explain_rule')}: {{{spelled}}}", 2)


def _say_year(
    session: Session, explanations: Sequence[Explanation], be_year: int, province: str, rules: Sequence[Rule]
) -> None:
    from ustm_cli.dates.holidays import provinces
    from ustm_cli.render.explain import lines, result

    voice, known = session.voice, provinces().get(province)
    place = known.en if known and voice.lang == "en" else province
    _say(session, voice.say("explain_year", year=be_year, province=place))
    if not explanations and any(rule.family == "receipt" for rule in rules):
        _say(session, voice.say("explain_on_receipt"))
    for item in explanations:
        session.say("\n")
        _say(session, f"{item.period}: {result(item, voice)}", 2)
        session.say("\n".join("  " + line for line in lines(item, voice, session.width - 2)))


def _say(session: Session, text: str, by: int = 0) -> None:
    """A line within the width, what goes on below it indented by `by` cells."""
    from ustm_cli.render.wrap import hang

    session.say("\n".join(hang(text, session.width, by)))
