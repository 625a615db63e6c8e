"""How often the obligations of a run were moved: the plans expanded as they were known at each point in the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ustm_cli.cli.session import Session
from ustm_cli.cli.world import World
from ustm_cli.plan.load import Plan
from ustm_cli.register import records as kinds
from ustm_cli.register.records import Record, order
from ustm_cli.register.state import state_of
from ustm_cli.views.diary import Key, Moved, Point, moves, overridden, points_of_knowledge

_MOVING = (
    kinds.EventSet, kinds.EventCancelled, kinds.Letter, kinds.Paused, kinds.Resumed, kinds.Waived, kinds.Reopened,
)  # fmt: skip


def moves_of(world: World) -> Mapping[Key, Moved]:
    """How often each obligation was moved; folders tell each other nothing, so each is gone through by itself."""
    folders: dict[str, list[Plan]] = {}
    for plan in world.plans:
        folders.setdefault(plan.file.rpartition("/")[0], []).append(plan)
    found: dict[Key, Moved] = {}
    for plans in folders.values():
        registers = {plan.file: world.registers[plan.file] for plan in plans}
        found |= _moves_within(replace(world, plans=plans, registers=registers))
    return found


def _moves_within(world: World) -> Mapping[Key, Moved]:
    """The plans of a folder expanded as they were known at each point that told something."""
    told = [(row.announced, row.cancelled) for plan in world.plans for row in world.off(plan).rows]
    told += [(row.announced, None) for plan in world.plans for row, _ in plan.holidays]
    start, *later = points_of_knowledge(world.plans, told, _moving(world))
    points = [start, *(point for point in later if _known(world.session, point))]
    states = [*(_as_of(world, point).rows for point in points), world.rows]
    return moves(states, overridden(world.plans, world.obligations))


def _known(session: Session, point: Point) -> bool:
    return session.as_of is None or point[0].date() <= session.as_of


def _as_of(world: World, point: Point) -> World:
    """The same plans and registers as they were known at a point, of days off what was known at the end of its day."""
    known = {
        file: one._replace(state=state_of(record for record in one.records if order(record) <= point))
        for file, one in world.registers.items()
    }
    return replace(world, session=replace(world.session, as_of=point[0].date()), registers=known)


def _moving(world: World) -> list[Record]:
    """What the registers were told that moves or cancels a date."""
    return [one for register in world.registers.values() for one in register.records if isinstance(one, _MOVING)]


__all__ = ["moves_of"]
