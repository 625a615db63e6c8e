"""Names that a user typed: which is meant, and what is said of one that is not there or that several offices have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from ustm_cli.cli.faults import Fault, RunFault, UseFault
from ustm_cli.dates.era import to_arabic

if TYPE_CHECKING:
    from ustm_cli.cli.world import World
    from ustm_cli.views.agenda import Filters

ALIKE = 0.6
SOME = 3
"""So many names of those that there are stand in a sentence."""


def name_of(text: str) -> str:
    """A name as plans have it, of which each letter is one piece."""
    if text.isascii():
        return text
    from ustm_cli.deadlines.text import compose

    return compose(text)


def names_of(texts: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(map(name_of, texts or ()))


def typed(id: str) -> str:
    """An id as it stands in plans and registers, which have no Thai digits. Raises UseFault for an empty one."""
    if not id.strip():
        raise UseFault("empty_id")
    return name_of(to_arabic(id.strip()))


def typed_all(ids: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(map(typed, ids or ()))


def unknown(wanted: str, known: Collection[str]) -> UseFault:
    return _unknown(wanted, _nearest(wanted, known))


def _unknown(wanted: str, near: str) -> UseFault:
    return UseFault("unknown_near" if near else "unknown_id", id=wanted[:80], near=near)


def _nearest(wanted: str, known: Collection[str]) -> str:
    """The only name that begins so, else one spelt alike; "" where there is none."""
    from difflib import get_close_matches

    begun = [name for name in known if wanted and name.startswith(wanted)]
    return begun[0] if len(begun) == 1 else next(iter(get_close_matches(wanted, known, 1, ALIKE)), "")


def unknown_id(world: World, wanted: str) -> Fault:
    """Of `ACTIVITY[@PERIOD]`: a period that the activity has, else an activity with a name like that.

    Where a plan that was left out has the activity, its faults are what is wrong.
    """
    activity, at, period = wanted.partition("@")
    placed = world.placed(activity)
    if not placed and any(activity in plan.events for plan in world.plans):
        return UseFault("is_event", id=activity)
    if torn := world.torn_with(activity):
        return RunFault("id_torn", id=wanted[:80], files=some(torn))
    if not placed:
        near = _nearest(activity, world.ids)
        ids = {row.obligation.id for row in world.rows}
        return _unknown(wanted, near + at + period if near + at + period in ids else near)
    periods = [row.obligation.period for row in world.rows if row.obligation.activity == activity]
    if not periods:
        return UseFault("nothing_of", id=activity)
    near = _nearest(period, periods)
    known = some([f"{activity}@{one}" for one in periods])
    return UseFault("unknown_near" if near else "no_period", id=wanted[:80], near=f"{activity}@{near}", known=known)


def province_of(name: str) -> str:
    """The Thai name of the province that is meant. Raises UseFault."""
    from ustm_cli.dates.holidays import province_called, province_like

    plain = name_of(name).removeprefix("จังหวัด")
    found = province_called(plain)
    if found is None:
        raise _unknown(name, province_like(plain))
    return found.th


def some(names: Sequence[str]) -> str:
    return ", ".join(names[:SOME]) + " …" * (len(names) > SOME)


def of_one_office(id: str, files: Iterable[str]) -> None:
    """Raises UseFault for a name that stands in the plans of several folders."""
    found = list(dict.fromkeys(files))
    if len({file.rpartition("/")[0] for file in found}) > 1:
        raise UseFault("several_plans", id=id[:80], files=some(found))


def known_filters(filters: Filters, named: Iterable[tuple[str, str, str]]) -> None:
    """Raises UseFault for a filter that nothing can pass; `named`: (group, owner, activity) of all activities."""
    if not any((filters.groups, filters.owners, filters.activities)):
        return
    all_named = list(dict.fromkeys(named))
    groups, owners, activities = (list(dict.fromkeys(one[place] for one in all_named)) for place in range(3))
    for wanted in filters.activities:
        if wanted not in activities:
            raise unknown(wanted, activities)
    for option, words, names in (("--group", filters.groups, groups), ("--owner", filters.owners, owners)):
        for word in words:
            if not any(word.casefold() in name.casefold() for name in names):
                near = _nearest(word, names)
                key = "no_such_name_near" if near else "no_such_name"
                raise UseFault(key, option=option, value=word[:80], near=near, known=some(names))
