"""What is whole of a plan with faults, so that one fault does not hide the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ustm_cli.plan.findings import Finding
from ustm_cli.plan.source import Map, Seq


def activity_nodes(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Map]]:
    """(path, mapping) of every activity, wherever it stands."""
    if isinstance(tree, Map):
        for key, value in tree.items():
            if key == "activities" and isinstance(value, Seq):
                yield from (((*path, key, n), item) for n, item in enumerate(value) if isinstance(item, Map))
            elif key in ("groups", "work_plans", "missions"):
                yield from activity_nodes(value, (*path, key))
    elif isinstance(tree, Seq):
        for number, item in enumerate(tree):
            yield from activity_nodes(item, (*path, number))


def without_faulty(tree: Map, faults: Sequence[Finding]) -> Map:
    """A copy without the activities, overrides, events and days off with a fault, and without what else is at fault."""
    bad = {fault.path for fault in faults}
    copied: Map = _copy(tree, "", bad, {part for path in bad for part in _above(path)})
    return copied


def _above(path: str) -> Iterator[str]:
    """The path and those that it leads through, out of an override none: without it the activity is whole."""
    while path and not path.endswith(".overrides"):
        yield path
        path = path.rpartition(".")[0]


_ITEMS = ("activities", "events", "holidays", "overrides")


def _copy(node: Any, path: str, bad: Collection[str], touched: Collection[str]) -> Any:
    """`touched`: the paths of what has a fault, be it anywhere within."""
    gone = touched if path.rpartition(".")[2] in _ITEMS else bad
    if isinstance(node, Map):
        copied = Map(node.mark)
        copied.at, copied.keys_at, copied.path = node.at, node.keys_at, node.path
        for key, value in node.items():
            below = f"{path}.{key}" if path else key
            if below not in gone:
                copied[key] = _copy(value, below, bad, touched)
        return copied
    if isinstance(node, Seq):
        listed = Seq(node.mark)
        for number, (item, mark) in enumerate(zip(node, node.at, strict=True)):
            below = f"{path}.{number}"
            if below not in gone:
                listed.append(_copy(item, below, bad, touched))
                listed.at.append(mark)
        return listed
    return node
