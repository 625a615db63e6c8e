"""Work spread over a Dask cluster: its workers must see the plans and the data set under the paths they have here.

The scheduler and the workers need the same ustm as this process, as Dask asks of every program that uses it.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Generator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from ustm_cli.cli.country.pool import AHEAD, Crew
from ustm_cli.cli.faults import RunFault
from ustm_cli.cli.rollup.parts import OtherProgram, unseen

CONNECT_SECONDS = 5
LOOKS = 6
"""How often in turn the cluster may be seen without a worker until it is given up."""


@contextmanager
def dask_workers(address: str, folders: Sequence[str]) -> Generator[Crew]:
    """The workers of the cluster whose scheduler listens at `address`; all of them must see the folders.

    A worker that dies is replaced by the others. Raises RunFault, also for what goes wrong while they work.
    """
    with _silence():
        client = _client(address)
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
            _see(client, folders)
            threads = sum(client.nthreads().values())
            yield Crew(client.get_executor(pure=False), AHEAD * max(threads, 1), _Watch(client, address))
        except RunFault:
            raise
        except TimeoutError:
            raise RunFault("rollup_no_workers", address=address) from None
        except OtherProgram:
            raise RunFault("rollup_other_program") from None
        except Exception as error:
            if _is_dasks(error):
                raise RunFault("rollup_cluster_lost", address=address, problem=_said(error)) from None
            raise
        finally:
            client.close(timeout=CONNECT_SECONDS)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise RunFault("rollup_needs", what="distributed", extra="rollup-dask") from None

    class OurClient(Client):
        def __del__(self) -> None:
            """Nothing: it is closed when it is done with, and one that never began would tell of its end on stderr."""

    try:
        # Not the default one of this process, which may have its own.
        return OurClient(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except Exception as error:  # noqa: BLE001 (whatever it is that answers there)
        raise RunFault("rollup_no_cluster", address=address, problem=_said(error)) from None


def _see(client: Any, folders: Sequence[str]) -> None:
    """Raises RunFault where a worker cannot see a folder, or it or the scheduler has no ustm."""
    try:
        client.run_on_scheduler(unseen, ())
        found: dict[str, str | None] = client.run(unseen, folders)
        hidden = next(filter(None, found.values()), None)
    except Exception as error:
        if _is_dasks(error):
            raise
        raise RunFault("rollup_other_program") from None
    if hidden:
        raise RunFault("rollup_unseen", folder=hidden)


def _is_dasks(error: Exception) -> bool:
    return isinstance(error, CancelledError | OSError) or type(error).__module__.startswith("distributed")


class _Watch:
    """Looks whether any worker is left. Raises RunFault."""

    def __init__(self, client: Any, address: str) -> None:
        self.client = client
        self.address = address
        self.looks = 0

    def __call__(self) -> None:
        self.looks = 0 if self.client.nthreads() else self.looks + 1
        if self.looks >= LOOKS:
            raise RunFault("rollup_no_workers", address=self.address)


def _said(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__


@contextmanager
def _silence() -> Generator[None]:
    """What the library logs and warns of is not for the reader of stderr: what goes wrong is told as a fault."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
