"""The two sides of a diff: the plans as they stand, as they stood in a revision, or with another holiday."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ustm_cli.checks import errors
from ustm_cli.cli.faults import PARTLY, FaultyPlans, RunFault
from ustm_cli.cli.files import read
from ustm_cli.cli.git import Repository, content_of, files_at
from ustm_cli.cli.registers import Register
from ustm_cli.cli.session import Session
from ustm_cli.cli.world import PLAN_FOLDER, YAML, World, days_off_of, load_plan, may_be_plan, plan_files, told, world_of
from ustm_cli.dates.holidays import DaysOff, Holiday, days_off
from ustm_cli.deadlines.base import Known
from ustm_cli.obligations import Obligation, expand
from ustm_cli.plan.load import Loaded, Plan, load


class Side(NamedTuple):
    """What one side is called, and its obligations, an id that stands in two years being the earlier plan's."""

    label: str
    obligations: Sequence[Obligation]


def standing(session: Session, label: str) -> tuple[Side, World]:
    """The plans as they stand now. Raises RunFault and FaultyPlans."""
    world = world_of(session)
    return Side(label, world.obligations), world


def of_file(session: Session, file: str) -> Side:
    """One plan file, with the record beside it. Raises RunFault and FaultyPlans."""
    return standing(replace(session, plans=(file,)), file)[0]


def folder_of(session: Session) -> Path:
    """The folder of the plans of this run, which must be one; without plans the nearest `plans`. Raises RunFault."""
    try:
        folders = {path.parent for path, _ in plan_files(session)}
    except RunFault as fault:
        near = [here / PLAN_FOLDER for here in (session.cwd, *session.cwd.parents) if (here / PLAN_FOLDER).is_dir()]
        if fault.key != "no_plan" or not near:
            raise
        return near[0]
    if len(folders) != 1:
        raise RunFault("several_folders")
    return folders.pop()


def at_revision(
    session: Session, repository: Repository, commit: str, label: str, registers: Mapping[str, Register]
) -> Side:
    """The plans of the folder as they stood in a commit, dated by what is recorded now. Raises FaultyPlans.

    `registers`: those of the plans as they stand, by plan file.
    """
    wanted = {path.name for path, _ in plan_files(session)} if session.plans else None
    files = files_at(repository, commit)
    loaded: list[Loaded] = []
    with TemporaryDirectory(prefix="ustm-") as place:
        folder = Path(place).resolve()
        lacking = [name for name in sorted(files) if name.endswith(YAML)]
        plans = [name for name in lacking if "/" not in name and (wanted is None or name in wanted)]
        while lacking:
            for name in lacking:
                path = folder / PurePosixPath(name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content_of(repository, files[name]))
            loaded = [
                load_plan(folder / name, f"{label}:{(repository.folder / name).as_posix()}")
                for name in plans
                if may_be_plan(folder / name)
            ]
            # What they include may be called anything.
            included = {path.relative_to(folder).as_posix() for item in loaded for path, _ in item.included}
            lacking = [name for name in sorted(included & files.keys()) if not (folder / name).exists()]
    known = {PurePosixPath(file).name: register.state.known(session.now) for file, register in registers.items()}
    found: dict[str, Obligation] = {}
    for plan in sorted(faultless(session, loaded), key=lambda plan: plan.fiscal_year):
        for item in expand(
            plan, days_off_of(plan, session).workdays, known.get(PurePosixPath(plan.file).name, Known())
        ):
            found.setdefault(item.id, item)
    return Side(label, list(found.values()))


def faultless(session: Session, loaded: Sequence[Loaded]) -> list[Plan]:
    """The plans without faults, the others told on stderr. Raises FaultyPlans where none is whole."""
    findings = [fault for item in loaded for fault in item.faults if fault.severity == "error"]
    good: list[Plan] = []
    for item in loaded:
        found = errors(item.plan) if item.plan else []
        findings += found
        if item.plan and not found:
            good.append(item.plan)
    if findings:
        text = told(findings, loaded, session)
        if not good:
            raise FaultyPlans(text)
        session.tell(text)
        session.exit_code = PARTLY
    return good


def dated(session: Session, file: str) -> tuple[str, list[Obligation]]:
    """The text of a file that may stand anywhere (git gives a copy), and its obligations; none where it has faults.

    What it includes is looked for beside it, and else in the folder of the plans. Raises RunFault.
    """
    path = session.cwd / file
    data = read(path, file)
    text = data.decode("utf-8", "replace")
    for beside in (path, *_in_folder_of_plans(session, path.name)):
        plan = load(beside, file, data).plan
        if plan and not errors(plan):
            return text, list(expand(plan, days_off_of(plan, session).workdays))
    return text, []


def _in_folder_of_plans(session: Session, name: str) -> list[Path]:
    try:
        return [folder_of(session) / name]
    except RunFault:
        return []


# ---- another holiday


def with_holiday(world: World, days: Sequence[date]) -> tuple[list[Obligation], list[date]]:
    """The obligations if the days changed sides: a holiday became a working day, any other one a holiday.

    Also tells which of the days are holidays of some plan now.
    """
    found: dict[tuple[str, str], Obligation] = {}
    off_now: set[date] = set()
    for plan in sorted(world.plans, key=lambda plan: plan.fiscal_year):
        now = world.off(plan)
        off_now |= {day for day in days if now.why(day)}
        folder = plan.file.rpartition("/")[0]
        for item in expand(plan, _changed(plan, world.session, now, days).workdays, world.known(plan)):
            found.setdefault((folder, item.id), item)
    return list(found.values()), sorted(off_now)


def _changed(plan: Plan, session: Session, now: DaysOff, days: Sequence[date]) -> DaysOff:
    rows = [(Holiday(day, "", "", "plan", "nation", None, None, ""), bool(now.why(day))) for day in days]
    rows += [(row, cancel) for row, cancel in plan.holidays if row.date not in days]
    added = [row for row, cancel in rows if not cancel]
    cancelled = [row for row, cancel in rows if cancel]
    return days_off(plan.province, session.as_of, added, cancelled)
