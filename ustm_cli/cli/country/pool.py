"""Work spread over processes, here or on a cluster: few pieces under way at a time, so that memory stays bounded."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_all_start_methods, get_context, set_forkserver_preload
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 3
"""Pieces under way or waiting, for each process."""


def processes() -> int:
    """As many as there are processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def local_processes(preload: str) -> Iterator[Executor]:
    """Processes of this machine that begin with the module `preload` loaded. They never look for cycles."""
    forks = "forkserver" in get_all_start_methods()  # not on Windows
    context = get_context("forkserver" if forks else "spawn")
    if forks:
        set_forkserver_preload([preload])
    executor = ProcessPoolExecutor(processes(), context, gc.disable)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def results(
    executor: Executor, work: Callable[[Item], Result], items: Iterable[Item], under_way: int
) -> Iterator[tuple[Item, Result]]:
    """Each item with its result, as they come; no more than `under_way` are handed out at a time.

    Raises what the work raised.
    """
    waiting = iter(items)
    running: dict[Future[Result], Item] = {}
    try:
        while True:
            for item in islice(waiting, under_way - len(running)):
                running[executor.submit(work, item)] = item
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()
    finally:
        for future in running:
            future.cancel()


def batches(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
