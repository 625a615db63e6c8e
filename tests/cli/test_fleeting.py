"""What changes by the minute says so, lest it be given again later as if it still were so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Ran, plan_text
from ustm_cli.cli import session as module
from ustm_cli.cli.session import BANGKOK, Session

PLAN = plan_text(
    """
- {id: answer, title: ตอบข้อหารือ, when: ภายใน 1 นาทีนับจากรับเรื่อง}
- {id: office, title: ตอบในเวลาราชการ, when: "within 3 hours of receipt, in office hours"}
- {id: request, title: ตรวจเงินอุดหนุน, when: ภายใน 5 วันนับจากรับเรื่อง}
- {id: slides, title: เอกสารประชุม, when: ก่อนการประชุม 2 วันทำการ}
- {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป}
""",
    top="events:\n  meeting: {name: การประชุม, every: month}\n",
)
AT_TWO = datetime(2020, 11, 16, 14, tzinfo=BANGKOK)
LINES = [
    "cases", "cases --open", "cases --format csv", "cases --open --format csv", "cases --format json", "event list",
    "event list --format json", "stats", "stats --format json", "stats --format csv", "due --all", "due --format json",
    "show answer", "show request", "calendar --month 2563-11", "explain report@2563-10",
]  # fmt: skip
# What stands in the register: of which activity a case runs, whether its clock stands still, whether it was closed.
CASES = {
    "none": [],
    "in minutes": [("receive", "answer", "--at", "13:50")],
    "in minutes, paused": [
        ("receive", "answer", "--at", "13:59"),
        ("pause", "answer", "--at", "13:59", "--reason", "ก"),
    ],
    "in minutes, closed": [("receive", "answer", "--at", "13:50"), ("close", "answer", "--at", "13:51")],
    "in office hours": [("receive", "office", "--at", "13:50")],
    "in days": [("receive", "request", "--at", "13:50")],
    "in days, paused": [
        ("receive", "request", "--at", "13:50"),
        ("pause", "request", "--at", "13:55", "--reason", "ก"),
    ],
    "in days, closed": [("receive", "request", "--at", "13:50"), ("close", "request", "--at", "13:51")],
}


@pytest.mark.parametrize("done", CASES.values(), ids=CASES)
def test_what_changes_by_the_minute_says_so(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: list[tuple[str, ...]]
) -> None:
    """An answer that is another some minutes later on the same day is marked as fleeting, whatever the command."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "fy2564.yaml").write_text(PLAN, "utf-8")
    moment = AT_TWO
    monkeypatch.setattr(module, "_now", lambda *_: moment)

    def said(*words: str) -> tuple[str, bool]:
        monkeypatch.setattr(Session, "fleeting", False)
        ran = run(*words, cwd=tmp_path, env={"USTM_BY": "สมชาย"})
        assert ran.code in (0, 1), ran.err
        return ran.out, Session.fleeting

    for command, activity, *rest in done:
        case = activity if command == "receive" else f"{activity}@"
        if command != "receive":
            case = next(line.split()[0] for line in said("cases")[0].splitlines() if line.startswith(case))
        said(command, case, *rest)
    for line in LINES:
        moment = AT_TWO
        before, fleeting = said(*line.split())
        for minutes in (1, 7, 200):
            moment = AT_TWO + timedelta(minutes=minutes)
            after, _ = said(*line.split())
            assert fleeting or after == before, line


def test_what_stays_the_same_is_not_fleeting(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without cases, no answer is fleeting but that which holds the moment itself."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "fy2564.yaml").write_text(PLAN, "utf-8")
    for line in LINES:
        monkeypatch.setattr(Session, "fleeting", False)
        run(*line.split(), cwd=tmp_path)
        assert Session.fleeting == (line == "cases --format json"), line
