"""Work spread over processes, here or on a cluster: few pieces under way at a time, so that memory stays bounded."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_all_start_methods, get_context, parent_process, set_forkserver_preload
from threading import Thread
from typing import Any, NamedTuple, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 3
"""Pieces under way or waiting, for each process."""

LOOK_SECONDS = 5.0
"""How long nothing may come back until somebody looks whether anything can."""


class Crew(NamedTuple):
    """Who does the work, how many pieces they are given at a time, and what looks whether they are still there."""

    executor: Executor
    under_way: int
    look: Callable[[], None] | None = None


class Here(Executor):
    """This very process, for little work: others take their time to begin."""

    def submit(self, work: Callable[..., Result], /, *args: Any, **named: Any) -> Future[Result]:
        future: Future[Result] = Future()
        try:
            future.set_result(work(*args, **named))
        except Exception as error:  # noqa: BLE001 (to be raised where the result is asked for)
            future.set_exception(error)
        return future


def processes() -> int:
    """As many as there are processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def local_processes(preload: str) -> Generator[Executor]:
    """Processes of this machine that begin with the module `preload` loaded. They never look for cycles."""
    forks = "forkserver" in get_all_start_methods()  # not on Windows
    context = get_context("forkserver" if forks else "spawn")
    if forks:
        set_forkserver_preload([preload])
    executor = ProcessPoolExecutor(processes(), context, _begin)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _begin() -> None:
    """A process of ours leaves ^C to the one that it works for, and ends with it, however that one ends."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def results(
    executor: Executor,
    work: Callable[[Item], Result],
    items: Iterable[Item],
    under_way: int,
    look: Callable[[], None] | None = None,
) -> Iterator[tuple[Item, Result]]:
    """Each item with its result, as they come; no more than `under_way` are handed out at a time.

    `look` is called whenever nothing came for `LOOK_SECONDS`. Raises what the work, or `look`, raised.
    """
    waiting = iter(items)
    running: dict[Future[Result], Item] = {}
    try:
        while True:
            for item in islice(waiting, under_way - len(running)):
                running[executor.submit(work, item)] = item
            if not running:
                return
            done, _ = wait(running, LOOK_SECONDS if look else None, FIRST_COMPLETED)
            if look and not done:
                look()
            for future in done:
                yield running.pop(future), future.result()
    finally:
        for future in running:
            future.cancel()


def batches(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
