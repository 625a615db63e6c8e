"""A rollup on a Dask cluster: the data set is that of one process, also when a worker is killed half-way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="distributed is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from cluster import TOP, Cluster, cluster
from offices import DUTIES, EVENTS, office, write

Run = Callable[..., Any]
OFFICES = 60


@pytest.fixture(scope="module")
def workers() -> Iterator[Cluster]:
    with cluster() as found:
        _wait_for(found)
        yield found


@pytest.fixture
def offices(tmp_path: Path) -> Path:
    for number in range(OFFICES):
        province = ("อุบลราชธานี", "เลย", "เชียงใหม่")[number % 3]
        write(tmp_path / "country" / f"{number:02}" / "plans" / "fy2564.yaml", office(province, DUTIES) + EVENTS)
    return tmp_path


def files(data: Path) -> dict[str, bytes]:
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in sorted(data.rglob("*.parquet"))}


def begun(folder: Path, address: str) -> subprocess.Popen[str]:
    env = os.environ | {"PYTHONPATH": str(TOP), "USTM_TODAY": "2563-11-16"}
    words = ["rollup", "country", "--out", "dask", "--dask", address, "--format", "json"]
    return subprocess.Popen(
        [sys.executable, "-m", "ustm_cli", *words],
        cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_worker_killed_half_way(workers: Cluster, offices: Path, run: Run) -> None:
    """Two workers over TCP, one killed (-9) in the middle of its work: the data set is whole, and stderr silent."""
    with begun(offices, workers.address) as rollup:
        while not list(offices.glob("dask/.ustm-rollup/*/*.part")):
            assert rollup.poll() is None, rollup.stderr and rollup.stderr.read()
            time.sleep(0.005)
        workers.workers[0].kill()
        assert rollup.poll() is None
        out, err = rollup.communicate(timeout=300)
    assert (err, rollup.returncode) == ("", 0)
    assert json.loads(out)["expanded"] == OFFICES
    assert run("rollup", "country", "--out", "here", cwd=offices).code == 0
    assert files(offices / "dask") == files(offices / "here")
    assert {path.name for path in (offices / "dask").glob(".*")} == {".ustm-rollup.json", ".ustm-rollup.lock"}


def test_what_the_cluster_cannot_do(workers: Cluster, offices: Path, run: Run) -> None:
    """A worker without ustm, no worker at all, no cluster, no address: a sentence, exit code 3, and no data set."""
    # Nothing by this name but a module that cannot be had, wherever else ustm is installed.
    without = workers.folder / "without"
    without.mkdir()
    (without / "ustm_cli.py").write_text("raise ModuleNotFoundError('No module named ustm_cli')\n", encoding="ascii")
    workers.add_worker(path=str(without))
    _wait_for(workers)
    words = ("rollup", "country", "--out", "dask", "--lang", "en", "--dask")
    said = [run(*words, workers.address, cwd=offices)]
    for worker in workers.workers:
        worker.kill()
        worker.wait()
    _wait_for(workers)
    said += [run(*words, address, cwd=offices) for address in (workers.address, "127.0.0.1:9", "nonsense")]
    assert [(one.out, one.code) for one in said] == [("", 3)] * 4
    wanted = ("not the same ustm", "has no worker", "cannot reach Dask at 127.0.0.1:9", "missing port")
    assert [text for text, one in zip(wanted, said, strict=True) if text not in one.err] == []
    assert all(one.err.count("\n") == 1 for one in said)
    assert files(offices / "dask") == {}


def _wait_for(workers: Cluster) -> None:
    """Until the scheduler knows of just the workers that live."""
    from distributed import Client

    living = sum(worker.poll() is None for worker in workers.workers)
    with Client(workers.address, set_as_default=False) as client:
        for _ in range(3000):
            if len(client.nthreads()) == living:
                return
            time.sleep(0.01)
    pytest.fail(f"the cluster has not {living} workers")
