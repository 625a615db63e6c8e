"""Ids that the shell completes: those that a command would take. A plan with faults simply completes nothing."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from ustm_cli.cli.world import World


def unfinished(ctx: typer.Context, incomplete: str) -> list[str]:
    """Obligations that are neither done nor waived."""
    from ustm_cli.register.standing import FINISHED

    return _those(ctx, incomplete, lambda world: (
        row.obligation.id for row in world.rows if row.status not in FINISHED and row.obligation.state != "case"
    ))  # fmt: skip


def finished(ctx: typer.Context, incomplete: str) -> list[str]:
    from ustm_cli.register.standing import FINISHED

    return _those(ctx, incomplete, lambda world: (row.obligation.id for row in world.rows if row.status in FINISHED))


def activities(ctx: typer.Context, incomplete: str) -> list[str]:
    return _those(ctx, incomplete, lambda world: world.ids)


def things(ctx: typer.Context, incomplete: str) -> list[str]:
    """Activities, and obligations."""
    return _those(ctx, incomplete, lambda world: [*world.ids, *(item.id for item in world.obligations)])


def receivable(ctx: typer.Context, incomplete: str) -> list[str]:
    """Activities that start at a receipt."""
    return _those(ctx, incomplete, lambda world: _of_family(world, "receipt"))


def notifiable(ctx: typer.Context, incomplete: str) -> list[str]:
    """Activities that wait for a letter."""
    return _those(ctx, incomplete, lambda world: _of_family(world, "notified"))


def running(ctx: typer.Context, incomplete: str) -> list[str]:
    """Cases that are not closed."""
    from ustm_cli.cli.recording import cases_of

    return _those(
        ctx, incomplete, lambda world: (id for one in cases_of(world) if one.case.closed is None for id in one.ids)
    )


def events(ctx: typer.Context, incomplete: str) -> list[str]:
    return _those(ctx, incomplete, lambda world: sorted({id for plan in world.plans for id in plan.events}))


def event_periods(ctx: typer.Context, incomplete: str) -> list[str]:
    """The periods of the event that was typed before."""
    from ustm_cli.cli.registers import event_periods as periods

    wanted = str(ctx.params.get("event"))
    return _those(
        ctx, incomplete, lambda world: (period for plan in world.plans for period in periods(plan).get(wanted, ()))
    )


def _of_family(world: World, family: str) -> Iterable[str]:
    found = (placed for plan in world.plans for placed in plan.activities)
    return sorted({placed.id for placed in found if any(t.rule.family == family for t in placed.timings)})


def _those(ctx: typer.Context, incomplete: str, ids: Callable[[World], Iterable[str]]) -> list[str]:
    from ustm_cli.cli.faults import Fault
    from ustm_cli.cli.world import world_of

    session = ctx.find_root().obj
    session.stderr = io.StringIO()
    with contextlib.suppress(Fault):
        return [id for id in dict.fromkeys(ids(world_of(session))) if id.startswith(incomplete)]
    return []
