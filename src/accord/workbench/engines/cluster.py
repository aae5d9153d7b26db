"""The workers of an engine: processes of this machine, or those of a Dask cluster. Nothing else knows Dask."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from multiprocessing import get_all_start_methods
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any

from accord.errors import AccordError, ReadingError

_DEATHS = 2
"""Workers that a batch may cost before it is given back and read report by report. Once may be the system, for want of
memory. A report is given up when it has cost as many again alone."""

_PATIENCE = 30  # seconds to wait for a scheduler's answer, and for its first worker
_LOST = 300  # seconds without a worker after which no more is hoped for: a cluster may need minutes to get machines
_LOOK = 10  # seconds between looks at whether there are workers
_AHEAD = 2  # batches a worker has: the one it reads and the next


class Cluster:
    """Workers that are given tasks. Use it in a `with` block, which ends with them and with what they still do."""

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        self._address = address
        self._workers = workers
        self._held = ExitStack()
        self._client: Any = None
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._names: dict[str, object] = {}

    def __enter__(self) -> Cluster:
        _start_quickly()
        from dask import distributed

        try:
            if self._address is None:
                local = _on_this_machine(self._workers, self._held)
                self._client = self._held.enter_context(distributed.Client(local, set_as_default=False))
            else:
                self._client = self._held.enter_context(_reached(self._address, self._workers or 1))
        except BaseException:
            self._held.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    @property
    def address(self) -> str:
        """Where its scheduler listens."""
        return str(self._client.scheduler.address)

    def room(self) -> bool:
        """Whether the workers could do with another task."""
        threads = sum(self._client.nthreads().values())
        return bool(len(self._names) < _AHEAD * max(threads, 1))

    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._names

    def submit(self, name: object, work: Callable[..., bytes], *arguments: object) -> None:
        """Have a worker do this; the answer will come under this name."""
        future = self._client.submit(work, *arguments, pure=False)
        self._names[future.key] = name
        future.add_done_callback(self._done.put)

    def answers(self, *, wait: bool) -> Iterator[tuple[Any, bytes | None]]:
        """What has come meanwhile, at least one answer where `wait`: by its name, and None where it costs its workers.

        Raises ReadingError where the cluster is lost, or cannot do its work, and what the work raises on purpose.
        """
        while not self.idle():
            try:
                future = self._next() if wait else self._done.get_nowait()
            except Empty:
                return
            wait = False
            yield self._names.pop(future.key), self._answer(future)
            future.release()

    def _next(self) -> Any:
        """The next future that is done. Raises ReadingError where there have been no workers for long."""
        without = 0
        while True:
            try:
                return self._done.get(timeout=_LOOK)
            except Empty:
                without = 0 if self._client.nthreads() else without + _LOOK
            if without >= _LOST:
                raise _lost(f"there has been no worker for {without} seconds")

    def _answer(self, future: Any) -> bytes | None:
        from distributed.scheduler import KilledWorker

        if future.status == "finished":
            try:
                answer: bytes = future.result()
            except Exception as problem:
                raise _lost(problem) from problem
            return answer
        if future.status != "error":
            raise _lost(f"work was {future.status}")
        said = future.exception()
        if isinstance(said, KilledWorker):
            return None
        if isinstance(said, AccordError):
            raise said
        raise ReadingError(
            f"engine: the workers must be able to read; one says {type(said).__name__}: {said}. "
            "Is the same Accord installed there, with all that your reader needs?"
        ) from said


def _start_quickly() -> None:
    """Have workers begin as copies of one process that has imported Dask, where the system can and nobody chose.

    One that is killed is there again in a third of a second of work, where Dask's own way takes two.
    """
    from dask import config

    way = "distributed.worker.multiprocessing-method"
    if "distributed" not in sys.modules and "forkserver" in get_all_start_methods() and not config.get(way, None):
        config.set({way: "forkserver"})


def _on_this_machine(workers: int | None, held: ExitStack) -> Any:
    from dask import config, distributed
    from dask.system import CPU_COUNT

    # Left alone, Dask gives a worker up for good that is not there at some moment after it was killed; as it is killed
    # a second time, say. It is started again each time.
    held.enter_context(config.set({"distributed.deploy.lost-worker-timeout": "365 days"}))
    local = distributed.LocalCluster(
        n_workers=workers or CPU_COUNT,
        threads_per_worker=1,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,  # who was killed is told with the report that killed it, if one did
        scheduler_kwargs={"allowed_failures": _DEATHS - 1},
    )
    return held.enter_context(local)


def _reached(address: str, workers: int) -> Any:
    from dask import distributed

    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise ReadingError(
            f"engine: a Dask scheduler must answer at {address}; {problem or type(problem).__name__}. Start one with "
            "`dask scheduler`, correct the address, or leave it out to use the cores of this machine"
        ) from problem
    try:
        client.wait_for_workers(workers, timeout=_PATIENCE)
    except TimeoutError as problem:
        client.close()
        raise ReadingError(
            f"engine: the scheduler at {address} must have {workers} or more workers; after {_PATIENCE} seconds it has "
            f"{len(client.nthreads())}. Start some with `dask worker {address}`"
        ) from problem
    return client


def _lost(problem: object) -> ReadingError:
    return ReadingError(
        f"engine: the scheduler must answer to the end; contact with it was lost ({problem}). "
        "The same command goes on from there"
    )
