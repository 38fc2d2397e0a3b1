"""Where the pieces of a large grid are counted: here, or by the workers of a Dask cluster."""

import logging
import os
import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from geodata.errors import ArgumentError, MissingPackageError, PieceError

__all__ = ["Engine", "connected", "each"]

Engine = Any
"""None for this process, a `dask.distributed.Client`, or the address of a scheduler."""

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)

_MOST_THREADS = 2
# What is sent to workers is gone with the last one that held it, and is sent anew so often.
_TRIES = 5
# So many tasks a worker are waiting, so that answers do not pile up on the workers.
_AHEAD = 3
_WAIT_S = 60


@contextmanager
def connected(engine: Engine) -> Iterator[Engine]:
    """
    Yield a client for the address of a scheduler, closed afterwards; else the engine as it is.

    Raises
    ------
    ArgumentError
        If it is something else, or nothing answers at the address.
    MissingPackageError
        If Dask is not installed.
    """
    if engine is None:
        yield None
        return
    try:
        from distributed import Client  # noqa: PLC0415  optional
    except ImportError as missing:
        raise MissingPackageError(
            "an engine needs Dask, which is not installed; "
            "install it with: python -m pip install 'development-zones[dask]'"
        ) from missing
    if isinstance(engine, Client):
        if engine.asynchronous:
            raise ArgumentError("engine= is an asynchronous client: give one that waits")
        yield engine
        return
    if not isinstance(engine, str):
        raise ArgumentError(
            f"engine= is a {type(engine).__name__}: give a dask.distributed.Client, or the address "
            "of a scheduler such as tcp://127.0.0.1:8786"
        )
    try:
        client = Client(engine, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as fault:
        raise ArgumentError(
            f"engine={engine!r}: no scheduler answers there ({type(fault).__name__}); give the "
            "address that it says at its start, such as tcp://127.0.0.1:8786"
        ) from fault
    with client:
        yield client


def each(
    count: Callable[[Task], Answer], tasks: Sequence[Task], engine: Engine
) -> Iterator[Answer]:
    """
    Yield what a function makes of each task; here in their order, of a cluster as they come.

    Parameters
    ----------
    count
        Called with a task; for a cluster, it and its answers can be pickled.
    tasks
        What there is to do.
    engine
        None, or a client.

    Raises
    ------
    PieceError
        If workers died again and again.
    """
    if engine is None:
        yield from _here(count, tasks)
    else:
        yield from _on_cluster(count, tasks, engine)


def _here(count: Callable[[Task], Answer], tasks: Sequence[Task]) -> Iterator[Answer]:
    threads = min(_MOST_THREADS, os.cpu_count() or 1, len(tasks))
    if threads < 2:
        yield from map(count, tasks)
        return
    pool = ThreadPoolExecutor(threads, thread_name_prefix="geodata-piece")
    waiting: deque[Future[Answer]] = deque()
    try:
        for task in tasks:
            waiting.append(pool.submit(count, task))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, eq=False)
class _Packed:
    """
    A function pickled once, whichever workers it goes to, and unpickled once by each.

    Attributes
    ----------
    content
        The pickle; an array goes over the wire, and from worker to worker, as it is.
    """

    content: NDArray[np.uint8]

    @classmethod
    def of(cls, function: Callable[..., object]) -> "_Packed":
        from distributed.protocol.pickle import dumps  # noqa: PLC0415  optional

        return cls(np.frombuffer(dumps(function), dtype=np.uint8))

    @cached_property
    def function(self) -> Callable[..., Any]:
        unpickled: Callable[..., Any] = pickle.loads(self.content.data)  # noqa: S301 - of `of`
        return unpickled

    def __reduce__(self) -> tuple[Any, ...]:
        return _Packed, (self.content,)


def _call(packed: _Packed, task: Task) -> Any:
    return packed.function(task)


def _on_cluster(
    count: Callable[[Task], Answer], tasks: Sequence[Task], client: Any
) -> Iterator[Answer]:
    todo = list(range(len(tasks)))
    for lost in range(_TRIES + 1):
        todo = yield from _sent(count, tasks, todo, client)
        if not todo:
            return
        _log.warning("%d pieces are counted anew: a worker died (%d)", len(todo), lost + 1)
    raise PieceError(
        f"workers died {_TRIES + 1} times while pieces were counted: give them more memory, or "
        "look at their logs"
    )


def _sent(
    count: Callable[[Task], Answer], tasks: Sequence[Task], todo: Sequence[int], client: Any
) -> Generator[Answer, None, list[int]]:
    """Yield the answers to some tasks, and return those that were lost with a worker."""
    from distributed import KilledWorker, as_completed  # noqa: PLC0415  optional
    from distributed.client import FutureCancelledError  # noqa: PLC0415  optional

    shared = _given_out(count, client)
    running: dict[Any, int] = {}
    done = as_completed(loop=client.loop)
    waiting, lost = deque(todo), set[int]()

    def start() -> None:
        at = waiting.popleft()
        future = client.submit(_call, shared, tasks[at], pure=False)
        running[future] = at
        done.add(future)

    try:
        ahead = _AHEAD * max(1, len(client.scheduler_info()["workers"]))
        for _ in range(min(ahead, len(waiting))):
            start()
        for future in done:
            at = running.pop(future)
            try:
                answer = future.result()
            except (KilledWorker, FutureCancelledError):
                lost.add(at)
            else:
                yield answer
            future.release()
            if waiting and not lost:
                start()
    finally:
        client.cancel([*running], force=True)
    return sorted(lost | set(waiting))


def _given_out(count: Callable[[Task], Answer], client: Any) -> Any:
    """Send a function once to each worker, rather than with every task."""
    try:
        client.wait_for_workers(1, timeout=_WAIT_S)
        return client.scatter(_Packed.of(count), broadcast=True, hash=False)
    except TimeoutError as fault:
        raise PieceError(
            f"no worker has come to {client.scheduler.address} in {_WAIT_S} s: start some, with "
            "dask worker and that address"
        ) from fault
