"""How the program begins and ends: what it spares itself, and that nobody misses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BEGUN = "import atexit, sys; from ustm_cli import cli; cli.begin(); from ustm_cli.plan.model import PlanFile;"
VALID = "assert PlanFile.model_validate({'fiscal_year': '2564'}).fiscal_year == 2564;"


def output(code: str) -> str:
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_plugins_are_looked_for() -> None:
    """Plans are validated without packages' metadata and the library of mail."""
    assert output(f"{BEGUN} {VALID} print('importlib.metadata' in sys.modules)") == "False\n"


def test_the_stand_in_gives_way() -> None:
    """Whatever else is asked of the module of plugins, the real one answers, and it finds none either."""
    real = "from pydantic.plugin._loader import PYDANTIC_ENTRY_POINT_GROUP as group;"
    again = "from pydantic.plugin._loader import get_plugins;"
    assert output(f"{BEGUN} {real} {again} {VALID} print(group, list(get_plugins()))") == "pydantic []\n"


def test_the_end_is_that_of_other_programs() -> None:
    """What was registered for the end is run, and what was printed is written."""
    late = "atexit.register(print, 'at the end');"
    assert output(f"{BEGUN} {late} print('answer'); cli.leave(0)") == "answer\nat the end\n"
