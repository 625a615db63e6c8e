"""The ledger: what it knows after crashes, torn lines and two runs at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ustm_cli.post.ledger import FILE, FOLDER, LOCK, LOCK_TRIES, Busy, Ledger
from ustm_cli.post.parcel import Parcel, Problem

NOW = datetime(2020, 11, 16, 7, 30, tzinfo=timezone(timedelta(hours=7)))
PARCEL = Parcel(date(2020, 11, 16), "mail", "somchai", "สมชาย", ("a@x", "b@x"), "หัวเรื่อง", "ข้อความ")


def no_sleep(_: float) -> None:
    raise AssertionError("waited")


def test_what_was_recorded_is_known_again(tmp_path: Path) -> None:
    """Each address has its own state; once sent it stays sent."""
    ledger = Ledger(tmp_path)
    with ledger.held(no_sleep):
        ledger.record(PARCEL, ["a@x", "b@x"], "trying", NOW)
        ledger.record(PARCEL, ["a@x"], "sent", NOW)
        ledger.record(PARCEL, ["b@x"], "failed", NOW, Problem("post_refused", "552 เต็ม"))
        ledger.record(PARCEL, ["a@x"], "trying", NOW)
    again = Ledger(tmp_path)
    again.read()
    assert [again.state(PARCEL, one) for one in ("a@x", "b@x", "c@x")] == ["sent", "failed", None]
    assert again.state(PARCEL._replace(day=date(2020, 11, 17)), "a@x") is None
    lines = [json.loads(line) for line in (tmp_path / FOLDER / FILE).read_text("utf-8").splitlines()]
    assert lines[0]["content"] == PARCEL.content
    assert lines[3]["reply"] == "552 เต็ม"
    assert "552 เต็ม" in (tmp_path / FOLDER / FILE).read_text("utf-8")


def test_torn_lines_cost_nobody_else(tmp_path: Path) -> None:
    """A line torn by a crash is counted and passed over; what is written next begins on its own line."""
    ledger = Ledger(tmp_path)
    with ledger.held(no_sleep):
        ledger.record(PARCEL, ["a@x"], "sent", NOW)
    path = tmp_path / FOLDER / FILE
    path.write_bytes(path.read_bytes() + b'{"day": "2020-11-1')
    with ledger.held(no_sleep):
        assert ledger.torn == 1
        ledger.record(PARCEL, ["b@x"], "sent", NOW)
    again = Ledger(tmp_path)
    again.read()
    assert [again.state(PARCEL, one) for one in PARCEL.addresses] == ["sent", "sent"]


def test_last_day(tmp_path: Path) -> None:
    """The last day of a person's letter on a channel; a day with nothing to say counts, today and failures do not."""
    ledger = Ledger(tmp_path)
    with ledger.held(no_sleep):
        for day, state in ((10, "sent"), (11, "failed"), (12, "nothing"), (13, "trying"), (16, "sent")):
            ledger.record(PARCEL._replace(day=date(2020, 11, day)), ["a@x"], state, NOW)
    assert ledger.last_day("mail", "somchai", PARCEL.day) == date(2020, 11, 12)
    assert ledger.last_day("mail", "ying", PARCEL.day) is None
    assert ledger.newest == date(2020, 11, 16)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_it_is_private_and_out_of_git(tmp_path: Path) -> None:
    """It holds addresses: only its owner reads it, and git passes over its folder."""
    ledger = Ledger(tmp_path)
    with ledger.held(no_sleep):
        ledger.record(PARCEL, ["a@x"], "sent", NOW)
    assert (tmp_path / FOLDER / FILE).stat().st_mode & 0o077 == 0
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    status = subprocess.run(
        ["git", "-C", str(tmp_path), "status", "--porcelain"], check=True, capture_output=True, text=True
    )
    assert status.stdout == ""


def test_two_runs_at_once(tmp_path: Path) -> None:
    """Who finds the ledger held waits, and gives up in the end rather than send twice."""
    waits: list[float] = []
    with Ledger(tmp_path).held(no_sleep), pytest.raises(Busy), Ledger(tmp_path).held(waits.append):
        raise AssertionError("held twice")
    assert len(waits) == LOCK_TRIES
    with Ledger(tmp_path).held(no_sleep):
        pass


def test_a_dead_run_blocks_nobody(tmp_path: Path) -> None:
    """The lock of a process that was killed is gone with it."""
    code = (
        "import sys, os, signal, pathlib\n"
        "from ustm_cli.post.ledger import Ledger\n"
        "with Ledger(pathlib.Path(sys.argv[1])).held(lambda s: None):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=False, env=os.environ | {"PYTHONPATH": root}
    )
    assert done.returncode != 0
    assert (tmp_path / FOLDER / LOCK).exists()
    with Ledger(tmp_path).held(no_sleep):
        pass
