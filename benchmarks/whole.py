"""Whole processes at the size of Europe, with their memory: files in, people by unit out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.europe import cells_file, units_file
from benchmarks.harness import versions
from benchmarks.processes import Run, missing, run

__all__ = ["SCALE", "Compared", "compared", "europe", "markdown_whole"]

SCALE = (2_500_000, 25_000_000, 100_000_000)
"""How many cells."""

# Of polygons that overlap, a rival counts a cell in each, the library in the first; so it is with
# cells on a border.
_MOST_APART = 1_000


@dataclass(frozen=True)
class Compared:
    """
    A process of the library beside a rival's.

    Attributes
    ----------
    case, rival
        What was done, and by what else.
    ours, theirs
        What both took; of a rival that is not installed, nothing.
    checked
        What was found equal, or why the rival was skipped.
    goal
        How many times as fast the library is meant to be; None where nothing is.
    """

    case: str
    rival: str
    ours: Run
    theirs: Run | None
    checked: str
    goal: float | None


def compared(
    case: str,
    rival: str,
    ours: Run,
    theirs: Callable[[], Run],
    *,
    what: str,
    goal: float | None,
    people: bool = True,
) -> Compared:
    """
    Run a rival, and hold its people by unit to the library's.

    Parameters
    ----------
    case, rival, goal
        As in `Compared`.
    ours
        What the library took.
    theirs
        Runs the rival.
    what
        The rival's process, which may not be installed.
    people
        Whether it answers with people by unit.
    """
    lacking = missing(what)
    if lacking is not None:
        return Compared(case, rival, ours, None, f"skipped: {lacking} is not installed", goal)
    run_of_theirs = theirs()
    checked = _equal(ours.answer, run_of_theirs.answer) if people else ""
    return Compared(case, rival, ours, run_of_theirs, checked, goal)


def _equal(mine: "pd.Series[float]", other: "pd.Series[float]") -> str:
    mine, other = (found[found.index >= 0] for found in (mine, other))
    full = other.reindex(mine.index, fill_value=0)
    different = int((mine != full).sum())
    if different > len(mine) // _MOST_APART or not (mine <= full).all():
        raise AssertionError(f"{different:,} of {len(mine):,} units differ")
    twice = f"; {different} with cells that the rival counts twice" if different else ""
    return f"people of {len(mine):,} units{twice}"


def europe(folder: Path, sizes: Sequence[int] = SCALE) -> Iterator[Compared]:
    """
    Yield the cases, each run once.

    Parameters
    ----------
    folder
        Where the data are, or are made: 110,000 polygons and a grid of each size.
    sizes
        How many cells.
    """
    units = units_file(folder)
    for count in sizes:
        cells = cells_file(folder, count)
        case = f"people by polygon, {count / 1e6:g} M cells in 110k polygons"
        ours = run("library", units, cells)

        def of(what: str, cells: Path = cells) -> Callable[[], Run]:
            return lambda: run(what, units, cells)

        small, large = count <= SCALE[0], count >= SCALE[-1]
        rivals: list[tuple[str, str, float | None]] = [
            ("sedonadb", "sedonadb", 5.0 if large else None if small else 3.5)
        ]
        if small:
            rivals.insert(0, ("geopandas.sjoin", "sjoin", None))
        if not large:
            rivals.append(("duckdb spatial", "duckdb", None))
        for rival, what, goal in rivals:
            yield compared(case, rival, ours, of(what), what=what, goal=goal)
        # At most five times what everybody takes to read the files.
        floor = of("decoding")
        yield compared(
            case, "decoding the files", ours, floor, what="decoding", goal=0.2, people=False
        )
    yield from _dask(units, folder, sizes)
    report = run("report")
    yield Compared("zones report of three zones", "(goal: 5 s of CPU)", report, None, "", None)


def _dask(units: Path, folder: Path, sizes: Sequence[int]) -> Iterator[Compared]:
    """Yield what two workers take, from when they have started and loaded their modules."""
    lacking = missing("dask_two")
    case = "people by polygon by two Dask workers"
    if lacking is not None:
        nothing = Run(float("nan"), float("nan"), float("nan"), pd.Series(dtype=float))
        skipped = f"skipped: {lacking} is not installed"
        yield Compared(case, "dask-geopandas sjoin", nothing, None, skipped, 5.0)
        return
    cells = cells_file(folder, sizes[0])
    two = _clocked(run("dask_two", units, cells))
    named = f"{case}, {sizes[0] / 1e6:g} M cells"
    rival = "dask_geopandas"
    yield compared(
        named,
        "dask-geopandas sjoin",
        two,
        lambda: _clocked(run(rival, units, cells)),
        what=rival,
        goal=5.0,
    )
    middle = sizes[min(1, len(sizes) - 1)]
    cells = cells_file(folder, middle)
    two = _clocked(run("dask_two", units, cells))
    yield compared(
        f"{case}, {middle / 1e6:g} M cells",
        "one Dask worker",
        two,
        lambda: _clocked(run("dask_one", units, cells)),
        what="dask_one",
        goal=1.6,
    )


def _clocked(found: Run) -> Run:
    """Return a run by the clock that it took itself, of the work alone."""
    return Run(found.answer[-1] / 1000, found.cpu_s, found.peak_mb, found.answer)


def markdown_whole(rows: Sequence[Compared]) -> str:
    """Return the cases as a Markdown table."""
    columns = ("case", "rival", "times as fast", "by processor time", "goal", "memory")
    columns = (*columns, "library", "rival's", "found equal")
    lines = [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]
    for row in rows:
        goal = "" if row.goal is None else f"{row.goal:g}"
        ratios = ("", "", "")
        if row.theirs is not None:
            mine, other = row.ours, row.theirs
            missed = row.goal is not None and other.wall_s / mine.wall_s < row.goal
            ratios = (
                f"**{other.wall_s / mine.wall_s:.2g}**{' (missed)' if missed else ''}",
                f"{other.cpu_s / mine.cpu_s:.2g}",
                f"{mine.peak_mb / other.peak_mb:.2f}x",
            )
        clock, processor, memory = ratios
        lines.append(
            f"| {row.case} | {row.rival} | {clock} | {processor} | {goal} | {memory} "
            f"| {_said(row.ours)} | {_said(row.theirs)} | {row.checked} |"
        )
    note = (
        "Whole processes, each run once: seconds by the clock, of processors, and the most memory "
        f"of the first process. {versions()}."
    )
    return "\n".join([*lines, "", note])


def _said(found: Run | None) -> str:
    if found is None or np.isnan(found.wall_s):
        return ""
    return f"{found.wall_s:.1f} s, {found.cpu_s:.1f} s, {found.peak_mb:.0f} MB"
