"""How many dates were compared with which engine: told at the end of `pytest tests/oracle` (`make oracles`)."""

from __future__ import annotations

import os
from collections import Counter

BRUTE, NUMPY, REMIND = "day by day", "NumPy", "Remind"
QUANTLIB, CATALA, ICU = "QuantLib", "Catala's dates", "ICU"
# How many times more examples than in the suite: `make oracles` says 20.
FACTOR = int(os.environ.get("USTM_ORACLES", "1"))

_now: Counter[str] = Counter()


def compared(engine: str, count: int) -> None:
    """So many dates are compared with the engine; what a test counted that then fails is not told."""
    _now[engine] += count


def taken() -> dict[str, int]:
    """What was compared since this was last asked."""
    told = dict(_now)
    _now.clear()
    return told
