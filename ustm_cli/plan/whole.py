"""What is whole of a plan with faults, so that one fault does not hide the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ustm_cli.plan.findings import Finding
from ustm_cli.plan.source import Map, Seq

_ACTIVITY = re.compile(r"(?:.*\.)?activities\.\d+")


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
    """A copy without the activities that have a fault, and without what else is at fault outside of them."""
    bad = {_part(fault.path) for fault in faults}
    copied: Map = _copy(tree, "", bad)
    return copied


def _part(path: str) -> str:
    """The activity that a path leads into, or the path itself."""
    match = _ACTIVITY.match(path)
    return match[0] if match else path


def _copy(node: Any, path: str, bad: set[str]) -> Any:
    if isinstance(node, Map):
        copied = Map(node.mark)
        copied.at, copied.keys_at, copied.path = node.at, node.keys_at, node.path
        for key, value in node.items():
            below = f"{path}.{key}" if path else key
            if below not in bad:
                copied[key] = _copy(value, below, bad)
        return copied
    if isinstance(node, Seq):
        listed = Seq(node.mark)
        listed.at = node.at
        listed += [_copy(item, f"{path}.{n}", bad) for n, item in enumerate(node) if f"{path}.{n}" not in bad]
        return listed
    return node
