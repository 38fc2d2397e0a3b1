"""Time a library and its rival in turn, after both gave the same answer, and print the ratios."""

import ctypes
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

__all__ = ["Result", "compare", "markdown", "peak_mb", "versions"]

_PACKAGES = (
    "geopandas",
    "shapely",
    "pandas",
    "numpy",
    "scipy",
    "pyogrio",
    "pyarrow",
    "libpysal",
    "networkx",
    "folium",
)


@dataclass(frozen=True)
class Result:
    """
    One comparison: seconds are medians; megabytes are peaks above what was loaded before.

    Attributes
    ----------
    case, rival
        What was done, and by what else.
    ours_s, rival_s
        Seconds.
    checked
        What was found equal before anything was timed.
    target
        How many times as fast the library is meant to be, at least.
    ours_mb, rival_mb
        Peaks of memory, where they were taken.
    """

    case: str
    rival: str
    ours_s: float
    rival_s: float
    checked: str
    target: float
    ours_mb: float | None = None
    rival_mb: float | None = None

    @property
    def ratio(self) -> float:
        """How many times as fast the library is."""
        return self.rival_s / self.ours_s

    @property
    def memory_ratio(self) -> float | None:
        """How much of the rival's memory the library takes."""
        if self.ours_mb is None or not self.rival_mb:
            return None
        return self.ours_mb / self.rival_mb


def compare(
    case: str,
    rival: str,
    ours: Callable[[], Any],
    theirs: Callable[[], Any],
    *,
    check: Callable[[Any, Any], str],
    target: float,
    rounds: int = 5,
    memory: bool = False,
) -> Result:
    """
    Check that both give the same, then time them in turn.

    Parameters
    ----------
    case, rival
        Names for the table.
    ours, theirs
        What is timed; called without arguments.
    check
        Given both answers, asserts that they are equal and says what was compared. Its call is
        the warm-up, too.
    target
        How many times as fast the library is meant to be.
    rounds
        How often each is timed.
    memory
        Whether to take the peak of memory of each in a process of its own.
    """
    checked = check(ours(), theirs())
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for which, run in enumerate((ours, theirs)):
            start = time.perf_counter()
            run()
            times[which].append(time.perf_counter() - start)
    peaks = (peak_mb(ours), peak_mb(theirs)) if memory else (None, None)
    medians = (statistics.median(times[0]), statistics.median(times[1]))
    return Result(case, rival, *medians, checked, target, *peaks)


def peak_mb(run: Callable[[], Any]) -> float:
    """Return how many megabytes a fork of this process takes beyond what it began with."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        # Memory that was freed before but is still held would hide what the run takes, and so
        # would the peak so far.
        ctypes.CDLL(None).malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before = _kilobytes("VmRSS")
        try:
            run()
            grown = _kilobytes("VmHWM") - before
            os.write(writer, str(grown).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        grown = answer.read()
    os.waitpid(child, 0)
    return int(grown) / 1024


def _kilobytes(field: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{field}:")[2].split()[0])


def versions() -> str:
    """Say what was compared, and on what."""
    found = []
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    cores = len(os.sched_getaffinity(0))
    where = f"Python {platform.python_version()}, {platform.machine()}, {cores} cores"
    return f"{', '.join(found)}; {where}"


def markdown(results: Sequence[Result]) -> str:
    """Return the results as a Markdown table."""
    rows = [
        "| case | rival | times as fast | target | memory | library | rival's | found equal |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for result in results:
        memory = "" if result.memory_ratio is None else f"{result.memory_ratio:.2f}x"
        rows.append(
            f"| {result.case} | {result.rival} | **{result.ratio:.1f}** | {result.target:g} "
            f"| {memory} | {_seconds(result.ours_s)} | {_seconds(result.rival_s)} "
            f"| {result.checked} |"
        )
    return "\n".join([*rows, "", f"Medians of runs in turn. {versions()}."])


def _seconds(value: float) -> str:
    return (
        f"{value:.2f} s"
        if value >= 1
        else f"{value * 1000:.2g} ms"
        if value < 0.01
        else f"{value * 1000:.0f} ms"
    )
