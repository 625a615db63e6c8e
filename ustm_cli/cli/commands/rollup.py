"""`ustm rollup`: the plans of many offices as one data set."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.faults import RunFault, UseFault
from ustm_cli.cli.session import Session
from ustm_cli.register.standing import STATUSES

if TYPE_CHECKING:
    from ustm_cli.cli.rollup.rollup import Summary

FORMATS = ("text", "json")


def rollup(
    context: typer.Context,
    folders: Annotated[list[str], typer.Argument(metavar="FOLDER...", help="โฟลเดอร์ที่มีแผน อยู่ลึกเท่าใดก็ได้")],
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="โฟลเดอร์ของชุดข้อมูล")],
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="ให้ Dask ที่อยู่นี้ช่วยทำ เช่น tcp://10.0.0.1:8786")
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text json")] = "text",
) -> None:
    """รวมแผนของหลายสำนักงานเป็นชุดข้อมูล Parquet ชุดเดียว"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    if session.plans:
        raise UseFault("rollup_plan_option")
    if find_spec("pyarrow") is None:
        raise RunFault("rollup_needs", what="pyarrow", extra="rollup")
    from ustm_cli.cli.rollup.rollup import roll_up

    found = roll_up(session, folders, out, dask)
    session.say(_as_json(session, found, out) if format_ == "json" else _as_text(session, found, out))


def _as_json(session: Session, found: Summary, out: str) -> str:
    statuses = {status: found.statuses.get(status, 0) for status in STATUSES}
    data = {
        "schema_version": 1,
        "today": session.today.isoformat(),
        "as_of": session.as_of.isoformat() if session.as_of else None,
        "out": out,
        **found._asdict(),
        "statuses": statuses,
    }
    return json.dumps(data, ensure_ascii=session.ascii_json, indent=2)


def _as_text(session: Session, found: Summary, out: str) -> str:
    voice = session.voice
    counts = [(status, found.statuses.get(status, 0)) for status in STATUSES]
    folders = voice.say("rollup_folders", expanded=found.expanded, unchanged=found.unchanged)
    beside = [(found.gone, "rollup_gone"), (found.faulty, "rollup_faulty")]
    return "\n".join(
        [
            voice.say(
                "rollup_counts",
                plans=found.plans,
                folders=found.folders,
                obligations=found.obligations,
                today=voice.weekday_and_day(session.today),
            ),
            " · ".join(
                voice.say("rollup_status", status=voice.status(status), count=count)
                for status, count in counts
                if count
            ),
            " · ".join([folders, *(voice.say(key, count=count) for count, key in beside if count)]),
            voice.say("rollup_wrote", out=out, partitions=found.partitions, written=found.written),
        ]
    )
