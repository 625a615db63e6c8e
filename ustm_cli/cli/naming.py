"""Names that a user typed and that are not there."""

from __future__ import annotations

from collections.abc import Sequence

from ustm_cli.cli.faults import UseFault


def unknown(wanted: str, known: Sequence[str]) -> UseFault:
    from difflib import get_close_matches

    near = get_close_matches(wanted, known, 1, 0.5)
    return UseFault("unknown_near" if near else "unknown_id", id=wanted[:80], near=near[0] if near else "")
