"""The offices of a run: the folders of its plans, where settings may stand beside them."""

from __future__ import annotations

from pathlib import Path

from ustm_cli.cli.session import Session
from ustm_cli.cli.world import PLAN_FOLDER, plan_files
from ustm_cli.settings import FILE


def with_settings(session: Session) -> list[Path]:
    """The folders that hold settings: above `plans/`, or that of the plan. Raises RunFault."""
    found = dict.fromkeys(path.parent for path, _ in plan_files(session))
    offices = dict.fromkeys(folder.parent if folder.name == PLAN_FOLDER else folder for folder in found)
    return [folder for folder in offices if (folder / FILE).exists()]
