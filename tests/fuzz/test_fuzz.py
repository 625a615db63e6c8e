"""Whatever is put in, an answer or a refusal comes out: a quick part of what `make fuzz` does at length."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import CORPUS, TARGETS, Target

KEPT = [(target, path) for target in TARGETS for path in sorted((CORPUS / target.name).glob("*"))]
EXAMPLES = {"phrase": 200, "plan": 200, "register": 200, "settings": 60, "argv": 50}


@pytest.mark.parametrize(("target", "path"), KEPT, ids=[f"{target.name}-{path.name}" for target, path in KEPT])
def test_what_once_failed(target: Target, path: Path) -> None:
    """Every input that ever broke a claim keeps it now."""
    target.claim(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
def test_any_input(target: Target) -> None:
    """Real inputs with some things done to them: accepted, or refused with a place and a code; nothing raises."""

    @settings(
        max_examples=EXAMPLES[target.name],
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        target.claim(target.make(Random(seed)))

    check()


def test_inputs_are_neither_all_good_nor_all_bad() -> None:
    """A fuzzer whose inputs are all refused at the door tries nothing."""
    for target in TARGETS:
        if target.name != "argv":
            accepted = sum(target.claim(target.make(Random(seed))) for seed in range(60))
            assert 2 <= accepted <= 59, (target.name, accepted)
