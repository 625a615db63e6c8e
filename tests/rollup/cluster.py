"""A real Dask cluster on loopback: a scheduler and workers, each a process of its own, spoken to over TCP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

TOP = Path(__file__).parents[2]


class Cluster:
    """Its address, and its workers' processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"tcp://127.0.0.1:{_free_port()}"
        self.workers: list[subprocess.Popen[bytes]] = []
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")

    def add_worker(self, path: str = str(TOP)) -> None:
        """A worker of one thread, without a nanny that would start it again; `path` is where it finds ustm."""
        words = [self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        self.workers.append(self._start("dask_worker", *words, "--local-directory", str(self.folder), path=path))

    def _start(self, module: str, *words: str, path: str = str(TOP)) -> subprocess.Popen[bytes]:
        env = os.environ | {"PYTHONPATH": path, "DASK_CONFIG": str(self.folder), "USTM_KILLED": str(self.folder)}
        quiet = subprocess.DEVNULL
        command = [sys.executable, "-m", f"distributed.cli.{module}", *words]
        return subprocess.Popen(command, env=env, cwd=self.folder, stdout=quiet, stderr=quiet)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def cluster(paths: Sequence[str] = (str(TOP), str(TOP))) -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="ustm-dask-") as name:
        found = Cluster(Path(name))
        try:
            for path in paths:
                found.add_worker(path)
            yield found
        finally:
            found.close()


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port
