"""How patient a client is: time-outs, retries, size limits, progress."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geodata.errors import ArgumentError, OfflineError

__all__ = ["Progress", "Transport", "progress_reporter", "refuse_offline"]

Progress = Callable[[str, int, int | None], None]
"""Called with a label, what has arrived and what is expected (None where nobody knows)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """The limits within which a service may answer.

    Attributes
    ----------
    timeout
        Seconds without a byte before a connection counts as broken.
    deadline
        Seconds that a fetch may take in all: redirects, pages and further attempts included.
    attempts
        How often a call is made when its failure is of a kind that can pass.
    backoff
        Seconds before the second attempt; doubled before each further one.
    longest_wait
        A service that asks to wait longer than this many seconds is not waited for.
    max_bytes
        A fetch that is announced to be larger, or grows larger, is refused.
    max_pages
        A fetch that comes in more pages is refused.
    max_redirects
        How many redirects are followed.
    pause
        Seconds between two calls.
    """

    timeout: float = 30.0
    deadline: float = 600.0
    attempts: int = 5
    backoff: float = 1.0
    longest_wait: float = 120.0
    max_bytes: int = 400_000_000
    max_pages: int = 1000
    max_redirects: int = 5
    pause: float = 0.0

    def __post_init__(self) -> None:
        """Refuse limits within which nothing can be asked."""
        limits = (self.attempts, self.timeout, self.deadline, self.max_bytes, self.max_pages)
        if not all(limit > 0 for limit in limits):
            raise ArgumentError(
                f"{self}: attempts, timeout, deadline, max_bytes and max_pages have to be above "
                "zero"
            )


def refuse_offline(url: str) -> None:
    """Raise `OfflineError` where ``ZONES_OFFLINE`` is set, but for ``0``, ``false`` and ``no``."""
    setting = os.environ.get("ZONES_OFFLINE", "").strip()
    if setting.casefold() not in {"", "0", "false", "no"}:
        raise OfflineError(
            f"The network is forbidden (ZONES_OFFLINE={setting}), and {url} was to be asked; "
            "unset ZONES_OFFLINE, or use the bundled data or a file of your own"
        )


@contextlib.contextmanager
def progress_reporter(
    progress: Progress | bool | None,  # noqa: FBT001  True asks for a bar
) -> Iterator[Progress]:
    """Turn a callback, True for a bar on stderr, or None for silence into a callback."""
    if callable(progress):
        yield progress
    elif progress:
        with _progress_bar() as report:
            yield report
    else:
        yield lambda *_: None


@contextlib.contextmanager
def _progress_bar() -> Iterator[Progress]:
    from rich import progress as bars  # noqa: PLC0415  only needed to draw
    from rich.console import Console  # noqa: PLC0415 - start-up time

    # stdout belongs to the results: a bar there would end up in somebody's JSON.
    columns = (*bars.Progress.get_default_columns(), bars.DownloadColumn())
    tasks: dict[str, bars.TaskID] = {}
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def report(label: str, done: int, total: int | None) -> None:
            if label not in tasks:
                tasks[label] = bar.add_task(label, total=total)
            bar.update(tasks[label], completed=done, total=total)

        yield report
