"""The questions that the README asks of the data set: they run as they stand, and have the answers of ustm."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("polars", reason="polars is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

import duckdb
from offices import country

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(sql|python)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
Run = Callable[..., Any]
Late = list[tuple[str, str, int, str]]


@pytest.fixture
def data(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the data set as the README calls it; the tests stand in it."""
    top = country(tmp_path, run)
    assert run("rollup", top.name, "--out", "dataset", cwd=tmp_path).code == 0
    monkeypatch.chdir(tmp_path)
    return tmp_path


def late(folder: Path, run: Run) -> Late:
    """What ustm itself says: (province, office, how many are late, since when), the most first."""
    plans = ("--plan", "country/**/fy*.yaml", "--plan", "country/**/*.yml")
    ran = run("due", "--overdue", "--format", "json", *plans, cwd=folder)
    rows = json.loads(ran.out)["obligations"]
    places = Counter((row["province"] or "ไม่ระบุ", row["office"]) for row in rows)
    since = {place: min(row["act_by"] for row in rows if (row["province"] or "ไม่ระบุ", row["office"]) == place)
             for place in places}  # fmt: skip
    return sorted(((*place, count, since[place]) for place, count in places.items()), key=str)


def plain(rows: list[Any]) -> Late:
    return sorted(((province, office, count, day.isoformat()) for province, office, count, day in rows), key=str)


def test_duckdb(data: Path, run: Run) -> None:
    """The question in DuckDB's SQL."""
    (query,) = [text for kind, text in BLOCKS if kind == "sql" and "read_parquet" in text]
    assert plain(duckdb.sql(query).fetchall()) == late(data, run) != []


def test_polars(data: Path, run: Run) -> None:
    """The question to polars."""
    (code,) = [text for kind, text in BLOCKS if kind == "python" and "polars" in text]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 (the README's own lines)
    assert plain(names["late"].rows()) == late(data, run) != []


def test_spark_sql_by_its_twin(data: Path, run: Run) -> None:
    """Spark itself takes too long to start for a test: its question is DuckDB's, but for where the rows lie."""
    create, _, spark = next(text for kind, text in BLOCKS if kind == "sql" and "TEMPORARY" in text).partition("\n")
    assert create == "CREATE TEMPORARY VIEW obligations USING parquet OPTIONS (path 'dataset');"
    query = spark.replace("obligations", "read_parquet('dataset/**/*.parquet', hive_partitioning = true)")
    assert plain(duckdb.sql(query).fetchall()) == late(data, run) != []
