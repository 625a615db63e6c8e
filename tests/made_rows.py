"""A row of an obligation made on the spot, for tests of what comes after the plan."""

from __future__ import annotations

from datetime import date

from ustm_cli.obligations import Obligation
from ustm_cli.register.standing import Row

DAY = date(2020, 11, 10)


def row(
    status: str = "open",
    *,
    left: int | None = None,
    done_on: date | None = None,
    reviewed_on: date | None = None,
    **more: object,
) -> Row:
    """`ktb@2563-10`, due on 10 Nov 2563, with other facts of the obligation where they are given."""
    facts: dict[str, object] = {
        "id": "ktb@2563-10", "activity": "ktb", "period": "2563-10", "fiscal_year": 2564,
        "office": "สำนักงานคลังจังหวัดอุบลราชธานี", "province": "อุบลราชธานี", "title": "งาน", "group": "กลุ่มงานวิชาการ",
        "owner": "กลุ่มงานวิชาการ", "send_to": (), "follow_up": "", "state": "dated", "opens": None, "deadline": DAY,
        "act_by": DAY, "review_by": None, "known_by": None, "due_at": None, "closes": None, "cancelled": None, "letter": None,
        "steps": (), "file": "plans/fy2564.yaml", "line": 1,
    }  # fmt: skip
    return Row(Obligation(**(facts | more)), status, left, done_on, reviewed_on)  # type: ignore[arg-type]
